// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators

/// Which rows trade places in a test: with nothing given those of y, else those of x, so that y and what is
/// given stay together.
struct Rearrangement: Sendable {
  private enum Way: Sendable {
    case exchange(GroupExchange)
    case series(Surrogates, groups: [Int]?, memory: Double)
    case near(LocalPermutation)
  }

  private let way: Way
  private let seed: UInt64
  private let count: Int

  /// Prepares rearrangements of a request's rows.
  ///
  /// `trials` has the series of each row, which rearranged rows do not leave; nil where the request's own
  /// groups say it.
  ///
  /// - Throws: `tooFewSamples` where rows come in groups that are too few of one size to be shuffled, or
  ///   no two rows are near enough in what is given.
  init(
    _ surrogates: Surrogates, of request: EstimationRequest, trials: [Int]? = nil
  ) throws(EstimatorError) {
    seed = request.seed
    count = request.count
    if surrogates == .local, let given = request.given {
      way = .near(
        try LocalPermutation(given: given, seed: request.seed, threads: request.threads))
      return
    }
    if surrogates == .shuffle, trials == nil, let groups = request.groups {
      guard let exchange = GroupExchange(groups) else {
        throw EstimatorError(
          .tooFewSamples,
          "A test shuffles whole groups of equal size, and too few of the \(Set(groups).count) groups "
            + "have the same number of rows.")
      }
      way = .exchange(exchange)
      return
    }
    let memory = surrogates == .block ? RowMemory(request.x, request.y).length : 1
    way = .series(surrogates, groups: trials ?? request.groups, memory: memory)
  }

  /// The row that comes into each place, in one rearrangement.
  func rows(_ index: Int) -> [Int] {
    var random = RandomSource(seed: seed, fnv1a("permutation"), UInt64(index))
    return switch way {
    case .exchange(let exchange): exchange.rows(using: &random)
    case .series(let surrogates, let groups, let memory):
      surrogates.rows(count, groups: groups, memory: memory, random: &random)
    case .near(let local): local.rows(using: &random)
    }
  }
}

extension EstimationRequest {
  /// The request with the rows of one side rearranged, for one thread.
  ///
  /// - Throws: `rowsDiffer`, which cannot be here.
  func rearranged(_ rows: [Int]) throws(EstimatorError) -> EstimationRequest {
    var changed =
      try given == nil
      ? with(x: x, y: y.selecting(rows: rows))
      : with(x: x.selecting(rows: rows), y: y, given: given)
    changed.threads = 1
    return changed
  }
}
