// SPDX-License-Identifier: MIT

package import EstimatorAPI
package import Estimators

/// The pairs of columns of a table, or its columns with a target: what C and Python share.
package struct PairwiseOperation: Sendable {
  /// The id of the estimator; nil for the default by the kinds and the recording of the columns.
  package let estimator: String?
  /// Its parameters as texts.
  package let parameters: [String: String]

  /// Checks the names before any data are read.
  ///
  /// - Throws: `unknownEstimator`, `unknownParameter` or `invalidParameter`.
  package init(
    _ estimator: String?, _ parameters: [String: String], _ registry: EstimatorRegistry
  ) throws(EstimatorError) {
    if let estimator { _ = try registry.make(estimator, parameters) }
    self.estimator = estimator
    self.parameters = parameters
  }

  /// What came of it.
  package struct Outcome: Sendable {
    /// The id of the estimator, that of most pairs where it is the default.
    package let estimator: String
    package let pairs: [ColumnPairs.Outcome]
    /// Nats: columns x columns with NaN on the diagonal, or a number for each column where there is a
    /// target; NaN where a pair failed.
    package let numbers: [Double]
  }

  /// Estimates every pair; one that fails is an outcome of its own.
  ///
  /// - Throws: `unsupportedKinds` where the table holds labels, `rowsDiffer`, or `interrupted`.
  package func run(
    _ table: Variable, target: Variable?, registry: EstimatorRegistry, seed: UInt64, threads: Int,
    progress: @escaping @Sendable (Double, String) -> Void,
    isCancelled: @escaping @Sendable () -> Bool
  ) throws -> Outcome {
    guard let samples = table.samples else {
      throw EstimatorError(
        .unsupportedKinds, "X holds labels; pairs are of continuous columns.")
    }
    let id = estimator ?? (target?.labels == nil ? "ksg-1" : "ross")
    let pairs = try ColumnPairs(samples, target: target)
    let columns = samples.dimension
    let count = WorkCount(
      "pairs", of: target == nil ? columns * (columns - 1) / 2 : columns,
      kept: "none of them is kept")
    let told = { @Sendable (share: Double) in
      count.reach(share)
      progress(share, id)
    }
    let outcomes = try count.interruptible(isCancelled) {
      estimator == nil && pairs.needPlans
        ? try pairs.plannedEstimates(
          registry, parameters, seed: seed, threads: threads, progress: told,
          isCancelled: isCancelled)
        : try pairs.estimates(
          by: try registry.make(id, estimator == nil ? standardizing : parameters), seed: seed,
          threads: threads, progress: told, isCancelled: isCancelled)
    }
    var numbers = [Double](repeating: .nan, count: target == nil ? columns * columns : columns)
    for outcome in outcomes {
      guard let nats = try? outcome.result.get().information.nats else { continue }
      if let other = outcome.y {
        numbers[outcome.x * columns + other] = nats
        numbers[other * columns + outcome.x] = nats
      } else {
        numbers[outcome.x] = nats
      }
    }
    return Outcome(estimator: id, pairs: outcomes, numbers: numbers)
  }

  /// Columns of a table have units of their own, so the default standardizes them.
  private var standardizing: [String: String] {
    parameters.merging(["scale": "standardize"]) { own, _ in own }
  }
}
