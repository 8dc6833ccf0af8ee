// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators

/// Whether two views share anything beyond their labels.
///
/// Data sets are often made by pairing any image of a class with any sound of that class. Then teacher
/// and student are independent given the label, and I(T; S) <= I(S; Y) exactly, by data processing: the
/// hypothesis can only say no, whatever an estimator reads.
///
/// The test is exact: under that independence, shuffling the teacher's rows within each class changes
/// nothing in distribution, so the rank of the real estimate among those on shuffled rows is uniform.
/// Where rows come in groups, only groups are exchangeable: then whole groups of the same labels trade
/// places (``GroupExchange``), and the test is exact for groups that are independent of one another.
/// p = (1 + number of shuffles that reach the estimate) / (1 + number of shuffles).
public struct LabelPairing: Sendable, Hashable, Codable {
  /// The estimator whose number was compared.
  public let estimator: String
  /// The number of shuffles.
  public let shuffles: Int
  /// The p-value of independence given the label.
  public let pValue: Double

  /// True where nothing beyond the labels was found, at level 0.1.
  ///
  /// A high p-value does not prove independence; a low one rules it out.
  public var nothingBeyondLabels: Bool { pValue > 0.1 }

  /// Runs the test.
  ///
  /// - Throws: what the estimator throws on shuffled rows; `tooFewSamples` where fewer than 100
  ///   rearrangements keep the groups.
  init(
    _ estimator: any MutualInformationEstimator, _ runner: DataRunner, teacher: Variable,
    student: Variable, labels: Labels, groups: [Int]?, shuffles: Int, seed: UInt64, threads: Int,
    isCancelled: @escaping @Sendable () -> Bool
  ) throws(EstimatorError) {
    let exchange = try groups.map { groups throws(EstimatorError) in
      guard let exchange = GroupExchange(groups, classes: labels.codes) else {
        throw EstimatorError(
          .tooFewSamples,
          "too few of the \(Set(groups).count) groups have the same labels to trade places.")
      }
      return exchange
    }
    // The first is the real order; all run alike.
    let outcomes = runner.outcomes(
      shuffles + 1, .withinClasses, threads: threads, isCancelled: isCancelled
    ) { index throws(EstimatorError) in
      var random = RandomSource(seed: seed, fnv1a("label-pairing"), UInt64(index))
      let rows =
        index == 0
        ? Array(0..<labels.count)
        : exchange?.rows(using: &random) ?? Self.shuffledWithinClasses(labels, using: &random)
      let request = try EstimationRequest(
        x: teacher.selecting(rows: rows), y: student, groups: groups, seed: seed,
        isCancelled: isCancelled)
      return try estimator.finiteEstimate(request)
    }
    var values: [Double] = []
    for outcome in outcomes {
      switch outcome {
      case .estimate(let estimate): values.append(estimate.information.nats)
      case .failure(let error): throw error
      }
    }
    let reached = values.dropFirst().filter { $0 >= values[0] }.count
    self.estimator = estimator.descriptor.id
    self.shuffles = shuffles
    pValue = Double(1 + reached) / Double(1 + shuffles)
  }

  /// A row order that moves rows only within their class.
  private static func shuffledWithinClasses(
    _ labels: Labels, using random: inout RandomSource
  ) -> [Int] {
    var rows = Array(0..<labels.count)
    for (_, members) in Dictionary(grouping: rows, by: { labels.codes[$0] })
      .sorted(by: { $0.key < $1.key })
    {
      for (place, pick) in random.permutation(members.count).enumerated() {
        rows[members[place]] = members[pick]
      }
    }
    return rows
  }
}
