// SPDX-License-Identifier: MIT

package import EstimatorAPI

/// `mi score`: what the command, the C interface and Python share.
package struct ScoreOperation: Sendable, Decodable {
  /// The estimators with their parameters; none: those of ``ScoreStudy/defaultEstimators(_:)``.
  package let estimators: [EstimatorChoice]
  /// Rows in each sample.
  package let n: Int
  /// Columns of x.
  package let dx: Int
  /// Columns of y, where it is not labels.
  package let dy: Int
  /// Classes of the labels.
  package let classes: Int
  /// Rising levels of information in nats.
  package let levels: [Double]
  /// Independent samples at each level.
  package let replicates: Int
  /// Whether measured seconds are kept.
  package let timing: Bool

  package init(
    estimators: [EstimatorChoice], n: Int, dx: Int, dy: Int, classes: Int, levels: [Double],
    replicates: Int, timing: Bool
  ) {
    self.estimators = estimators
    self.n = n
    self.dx = dx
    self.dy = dy
    self.classes = classes
    self.levels = levels
    self.replicates = replicates
    self.timing = timing
  }

  /// Refuses options out of their bounds.
  ///
  /// - Throws: `invalidOption`.
  package func check() throws(EstimatorError) {
    try within("n", n, 2...100_000_000)
    try within("dx", dx, 1...2000)
    try within("dy", dy, 1...2000)
    try within("classes", classes, 2...100_000)
    try within("replicates", replicates, 2...1_000_000)
    guard n <= 1_000_000_000 / (dx + dy) else {
      throw .option("n", found: "\(n)", needed: "at most 1000000000 numbers in n x (dx + dy)")
    }
    guard !levels.isEmpty, levels.allSatisfy({ $0 >= 0 && $0.isFinite }),
      zip(levels, levels.dropFirst()).allSatisfy({ $0 < $1 })
    else {
      throw .option("mi", found: "\(levels)", needed: "rising numbers of nats, at least 0")
    }
  }

  /// What came of it.
  package struct Outcome: Sendable {
    package fileprivate(set) var scorecards: [Scorecard] = []
    package fileprivate(set) var failures: [ScoreFailure] = []
    /// What must be known of the scores, such as levels left out.
    package fileprivate(set) var warnings: [EstimateWarning] = []
  }

  /// Scores the estimators; one that fails is a failure of the outcome.
  ///
  /// - Throws: `invalidOption`, an unknown estimator or parameter, or `interrupted`.
  package func run(
    _ registry: EstimatorRegistry, seed: UInt64, threads: Int,
    progress: @escaping @Sendable (String) -> Void, isCancelled: @escaping @Sendable () -> Bool
  ) throws -> Outcome {
    try check()
    let choices =
      estimators.isEmpty
      ? ScoreStudy.defaultEstimators(registry).map { EstimatorChoice($0) } : estimators
    var work: [(entry: EstimatorRegistry.Entry, parameters: ParameterValues, study: ScoreStudy)] =
      []
    for choice in choices {
      let entry = try registry.entry(choice.id)
      _ = try registry.make(choice.id, choice.parameters)
      work.append(
        (
          entry, try entry.descriptor.resolve(choice.parameters),
          ScoreStudy(entry, n: n, dx: dx, dy: dy, classes: classes, levels: levels)
        ))
    }
    let count = WorkCount(
      "trials", of: work.reduce(0) { $0 + $1.study.levelCount } * replicates,
      kept: "a score of a part has no meaning, so none is given")
    var scorer = Scorer(
      replicates: replicates, seed: seed, threads: threads, progress: progress,
      isCancelled: isCancelled)
    scorer.count = count
    return try count.interruptible(isCancelled) {
      var outcome = Outcome()
      for (entry, parameters, study) in work {
        outcome.warnings += study.leftOut.map {
          EstimateWarning(
            code: "levelLeftOut",
            message: "\(entry.descriptor.id): \(study.reason(leavingOut: $0))")
        }
        do throws(EstimatorError) {
          let card = try study.scorecard(entry, parameters, scorer)
          outcome.scorecards.append(timing ? card : card.withoutTiming())
        } catch {
          guard error.code != .cancelled else { throw error }
          outcome.failures.append(
            ScoreFailure(estimator: entry.descriptor.id, error: error.description))
        }
      }
      return outcome
    }
  }
}
