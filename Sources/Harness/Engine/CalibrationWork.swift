// SPDX-License-Identifier: MIT

public import EstimatorAPI

/// A replicate of one level of a scorecard as a unit of work: it needs no data.
public struct CalibrationUnit: Sendable, Hashable, Codable {
  let regime: Regime
  /// The information of the level, in nats.
  let level: Double
  /// The seed of the check.
  let seed: UInt64
  /// What the cache calls it; its seed is the number of the replicate.
  let key: TrialKey
}

/// The trials that the scorecards of a check still need, as far as that can be told now.
///
/// A ladder ends where it passes the estimate on the data, which the trials of a level tell. So the
/// plan has each ladder up to the second level above the estimate, and is made again when those
/// trials are in the cache, until it is empty. The estimates on the data that this needs are made
/// here, with `options.threads`, and kept. Plugins have no trials in a cache and none here.
///
/// - Throws: as ``check(teachers:student:labels:groups:registry:options:hooks:)``, and `DataError`
///   where the cache cannot be read.
public func calibrationWork(
  teachers: [NamedVariable], student: NamedVariable, labels: NamedVariable, groups: Labels?,
  registry: EstimatorRegistry, options: CheckOptions, cache: TrialCache,
  isCancelled: @escaping @Sendable () -> Bool
) throws -> (head: PlanHead, lines: [WorkLine<CalibrationUnit>]) {
  let run = try CheckRun(
    checking: teachers, student: student, labels: labels, groups: groups, registry: registry,
    options: options, hooks: CheckHooks(isCancelled: isCancelled, cache: cache))
  let panel = try run.panel(Views(run, run.firstRepresentation))
  let costs = try cache.costs()
  var seen: Set<TrialKey> = []
  var lines: [WorkLine<CalibrationUnit>] = []
  for work in panel.works {
    for choice in work.pending {
      for level in try panel.estimator.openLevels(choice, work, cache: cache) {
        for (key, outcome) in level.trials where seen.insert(key).inserted && outcome == nil {
          lines.append(
            WorkLine(
              id: seen.count - 1, kind: "\(key.estimator) \(key.parameters) \(work.regime)",
              seconds: costs?.seconds(key) ?? 0.01,
              unit: CalibrationUnit(
                regime: work.regime, level: level.truth.information.nats, seed: options.seed,
                key: key)))
        }
      }
    }
  }
  return (PlanHead(planned: seen.count, lines: lines, store: cache.path), lines)
}

extension SideEstimator {
  /// A level of a ladder with what is known of its trials.
  fileprivate typealias Level = (
    truth: any GroundTruth, trials: [(key: TrialKey, outcome: Trial.Outcome?)]
  )

  /// The levels that an estimator's scorecard needs, up to the second one above the estimate on the
  /// data; no more once one has passed it.
  fileprivate func openLevels(
    _ choice: EstimatorChoice, _ work: PairWork, cache: TrialCache
  ) throws(EstimatorError) -> [Level] {
    let entry = try registry.entry(choice.id)
    guard entry.origin == "built-in" else { return [] }
    let parameters = try entry.descriptor.resolve(choice.parameters)
    let runner = DataRunner(
      entry.descriptor, parameters, regime: work.regime, data: work.data, cache: cache)
    let raw: Information
    do throws(EstimatorError) {
      raw = try pilot(
        entry.make(parameters), runner, work, isCancelled: hooks.isCancelled)
    } catch {
      // It will be refused with its reason, and has no scorecard.
      if error.code == .cancelled { throw error }
      return []
    }
    let scorer = Scorer(replicates: options.replicates, seed: options.seed, threads: 1)
    var levels: [Level] = []
    var above = 0
    for truth in work.truths {
      let trials = cache.known(
        options.replicates,
        of: scorer.cached(entry.descriptor, parameters, on: truth, n: work.regime.n))
      levels.append((truth, trials))
      if let score = score(truth, trials, n: work.regime.n) {
        if score.passes(raw) { break }
      } else {
        above += truth.information > raw ? 1 : 0
        if above == 2 { break }
      }
    }
    return levels
  }

  /// The score of a level all of whose trials are known.
  private func score(
    _ truth: any GroundTruth, _ trials: [(key: TrialKey, outcome: Trial.Outcome?)], n: Int
  ) -> LevelScore? {
    let known = trials.compactMap { key, outcome in
      outcome.map {
        Trial(
          truth: truth.id, information: truth.information, n: n, seed: UInt64(key.seed),
          outcome: $0, seconds: 0)
      }
    }
    guard known.count == trials.count else { return nil }
    return LevelScore(truth: truth.information, trials: known)
  }
}

/// Runs the replicates that come as lines, in this process.
///
/// - Throws: an unknown estimator, or `DataError` for a line that is none.
public func serveCalibration(
  registry: EstimatorRegistry, isCancelled: @escaping @Sendable () -> Bool, lines: WorkLines
) throws {
  try lines.serve { (id, unit: CalibrationUnit, clock) in
    let entry = try registry.entry(unit.key.estimator)
    guard let parameters = ParameterValues(canonicalJSON: unit.key.parameters),
      entry.descriptor.version == unit.key.version
    else {
      throw DataError(
        .malformed,
        "a unit of work was planned for \(unit.key.estimator) \(unit.key.version): the worker is "
          + "not the program that made the plan.")
    }
    let truth = try TruthFamily.standard(for: unit.regime.kind)
      .make(unit.regime, Information(nats: unit.level))
    let trial = Trial(
      of: try entry.make(parameters), on: truth, n: unit.regime.n,
      seed: Scorer.seed(of: unit.key.seed, on: truth, from: unit.seed), isCancelled: isCancelled)
    if isCancelled() { return nil }
    let record = TrialRecord(
      key: unit.key, outcome: trial.outcome.withoutDetails, seconds: trial.seconds,
      peakMemory: nil, host: "cache")
    return ResultLine(id: id, wall: clock(), trial: TrialRow(record))
  }
}
