// SPDX-License-Identifier: MIT

package import EstimatorAPI
import Estimators

/// A permutation test of independence with any estimator.
///
/// The rows of y are rearranged, by default shuffled (``Surrogates``), which breaks every dependence and keeps both marginals; the p-value is
/// (1 + number of permutations whose estimate reaches the real one) / (1 + permutations), which is
/// valid at any number of permutations (Phipson and Smyth 2010, doi:10.2202/1544-6115.1585).
///
/// It stops early once `enough` permutations have reached the estimate, and then the p-value is
/// enough / permutations made (Besag and Clifford 1991, doi:10.1093/biomet/78.2.301): independence does
/// not cost the full number. Where rows come in groups, a shuffle exchanges whole groups of equal size
/// (``GroupExchange``), as the rows of a group are not exchangeable. A variable with one value throughout is independent of everything: its
/// p-value is 1, and no estimate is made.
public struct PermutationTest: Sendable, Hashable, Codable {
  /// The p-value of independence.
  public let pValue: Double
  /// The permutations made.
  public let permutations: Int
  /// How many of them reached the estimate.
  public let reached: Int
  /// True where it stopped early.
  public let stoppedEarly: Bool
  /// How rows were rearranged.
  package let surrogates: Surrogates

  /// True where one variable has the same value in every row: no permutation changes anything, the
  /// p-value is 1 and the information 0.
  package static func isCertain(_ request: EstimationRequest) -> Bool {
    request.x.isConstant || request.y.isConstant
  }

  /// Runs the test.
  ///
  /// - Throws: what the estimator throws, on the data or on a permutation of it; `tooFewSamples` where
  ///   rows come in groups that are too few of one size to be shuffled.
  package init(
    _ estimator: any MutualInformationEstimator, _ request: EstimationRequest, permutations: Int,
    enough: Int = 20, surrogates: Surrogates = .shuffle
  ) throws(EstimatorError) {
    precondition(permutations >= 1 && enough >= 1)
    self.surrogates = surrogates
    let memory = surrogates == .shuffle ? 1 : RowMemory(request.x, request.y).length
    if Self.isCertain(request) {
      (pValue, self.permutations, reached, stoppedEarly) = (1, 0, 0, false)
      return
    }
    let exchange = try request.groups.flatMap { groups throws(EstimatorError) -> GroupExchange? in
      guard surrogates == .shuffle else { return nil }
      guard let exchange = GroupExchange(groups) else {
        throw EstimatorError(
          .tooFewSamples,
          "A test shuffles whole groups of equal size, and too few of the \(Set(groups).count) groups "
            + "have the same number of rows.")
      }
      return exchange
    }
    var whole = request
    whole.progress = { _ in }  // progress is that of the permutations
    let real = try estimator.finiteEstimate(whole).information.nats
    var (made, reached) = (0, 0)
    // Batches of a fixed size, so that where it stops does not depend on the number of threads.
    let batch = 20
    while made < permutations, reached < enough {
      // An estimator of less than a second does not ask by itself.
      try request.checkCancellation()
      let first = made
      let count = min(batch, permutations - made)
      let outcomes = parallelMap(count, threads: request.threads) {
        index -> Result<Double, EstimatorError> in
        do throws(EstimatorError) {
          try request.checkCancellation()
          var random = RandomSource(
            seed: request.seed, fnv1a("permutation"), UInt64(first + index))
          let rows =
            exchange?.rows(using: &random)
            ?? surrogates.rows(
              request.count, groups: request.groups, memory: memory, random: &random)
          var permuted = try request.with(x: request.x, y: request.y.selecting(rows: rows))
          permuted.threads = 1
          return .success(try estimator.finiteEstimate(permuted).information.nats)
        } catch {
          return .failure(error)
        }
      }
      for outcome in outcomes {
        made += 1
        if try outcome.get() >= real { reached += 1 }
        if reached == enough { break }
      }
      request.progress(Double(made) / Double(permutations))
    }
    self.permutations = made
    self.reached = reached
    stoppedEarly = reached == enough && made < permutations
    pValue =
      stoppedEarly ? Double(reached) / Double(made) : Double(1 + reached) / Double(1 + made)
  }
}

extension Variable {
  /// True where every row is the same.
  fileprivate var isConstant: Bool {
    switch self {
    case .samples(let samples):
      (0..<samples.count).allSatisfy { row in
        (0..<samples.dimension).allSatisfy { column in
          samples.values[row * samples.dimension + column] == samples.values[column]
        }
      }
    case .labels(let labels): labels.codes.allSatisfy { $0 == labels.codes[0] }
    }
  }
}
