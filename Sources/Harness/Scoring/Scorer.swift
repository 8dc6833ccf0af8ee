// SPDX-License-Identifier: MIT

public import EstimatorAPI
import Estimators

/// Runs estimators on samples of known mutual information.
public struct Scorer: Sendable {
  /// Trials at each level.
  public var replicates: Int
  /// The seed that every trial's seed derives from.
  public var seed: UInt64
  /// Trials run at once; each estimate itself has one thread.
  public var threads: Int
  /// Called after each level with a line for people.
  public var progress: @Sendable (String) -> Void
  /// Asked before each trial.
  public var isCancelled: @Sendable () -> Bool
  /// Counts the trials that were made.
  package var count: WorkCount?
  /// Where trials are kept and looked up; nil: all are run.
  public var cache: TrialCache?

  /// Creates a scorer.
  public init(
    replicates: Int, seed: UInt64, threads: Int,
    progress: @escaping @Sendable (String) -> Void = { _ in },
    isCancelled: @escaping @Sendable () -> Bool = { false }, cache: TrialCache? = nil
  ) {
    precondition(replicates >= 2, "\(replicates) replicates; at least 2 give a spread")
    self.replicates = replicates
    self.seed = seed
    self.threads = threads
    self.progress = progress
    self.isCancelled = isCancelled
    self.cache = cache
  }

  /// The trials at one level.
  ///
  /// Replicate r draws the same rows for every estimator, so that estimators are compared on equal
  /// data and differences between them are sharper than either score.
  ///
  /// With a cache, `parameters` are those the estimator was made with, and `data` is what the truth was
  /// fitted to, where it was fitted to anything.
  public func trials(
    of estimator: any MutualInformationEstimator, on truth: any GroundTruth, n: Int,
    parameters: ParameterValues? = nil, data: DataKey? = nil
  ) throws(EstimatorError) -> [Trial] {
    let seeds = (0..<replicates).map { Self.seed(of: $0, on: truth, from: seed) }
    let work = parameters.map {
      cached(estimator.descriptor, $0, on: truth, n: n, data: data)
    }
    let outcomes = cache.outcomes(
      replicates, of: work, threads: threads, isCancelled: isCancelled
    ) { replicate in
      let trial = Trial(
        of: estimator, on: truth, n: n, seed: seeds[replicate], isCancelled: isCancelled)
      if !isCancelled() { count?.add() }
      return (trial.outcome, trial.seconds)
    }
    let trials = zip(outcomes, seeds).map { made, seed in
      Trial(
        truth: truth.id, information: truth.information, n: n, seed: seed, outcome: made.outcome,
        seconds: made.seconds)
    }
    if isCancelled() { throw .cancelled }
    progress("\(estimator.descriptor.id) on \(truth.id)")
    return trials
  }

  /// The seed of a replicate.
  static func seed(of replicate: Int, on truth: any GroundTruth, from seed: UInt64) -> UInt64 {
    var source = RandomSource(seed: seed, fnv1a(truth.id), UInt64(replicate))
    return source.next()
  }

  /// What the cache calls the trials at one level.
  func cached(
    _ estimator: EstimatorDescriptor, _ parameters: ParameterValues, on truth: any GroundTruth,
    n: Int, data: DataKey? = nil
  ) -> TrialCache.Work {
    let record = TaskRecord(truth, suite: "ladder")
    return TrialCache.Work(
      estimator: estimator, parameters: parameters,
      source: .truth(id: truth.id, fittedTo: data, seed: seed), n: n,
      pair: (record.kind, record.dx, record.dy, record.nats, record.natsError))
  }

  /// Scores one estimator over a ladder of truths.
  ///
  /// - Parameters:
  ///   - estimator: the estimator.
  ///   - parameters: the parameters it was made with, for the record.
  ///   - truths: the ground truths, by rising mutual information.
  ///   - family: their name.
  ///   - regime: rows, dimensions and classes.
  ///   - data: what the truths were fitted to, where they were fitted to anything.
  ///   - stop: asked after each level; true ends the ladder there.
  /// - Returns: the scorecard.
  /// - Throws: `cancelled`, or the error of the trials at a level where fewer than two succeeded:
  ///   such a level has no score.
  public func score(
    _ estimator: any MutualInformationEstimator, parameters: ParameterValues,
    on truths: [any GroundTruth], family: String, regime: Regime, data: DataKey? = nil,
    until stop: (LevelScore) -> Bool = { _ in false }
  ) throws(EstimatorError) -> Scorecard {
    var levels: [LevelScore] = []
    for truth in truths {
      let trials = try trials(
        of: estimator, on: truth, n: regime.n, parameters: parameters, data: data)
      guard let level = LevelScore(truth: truth.information, trials: trials) else {
        let reason = trials.compactMap(\.failure).first
        throw reason ?? EstimatorError(.failed, "No trial on \(truth.id) succeeded.")
      }
      levels.append(level)
      if stop(level) { break }
    }
    return Scorecard(
      estimator: estimator.descriptor.id, version: estimator.descriptor.version,
      parameters: parameters, regime: regime, truth: family, seed: seed, levels: levels)
  }
}
