// SPDX-License-Identifier: MIT

import EstimatorAPI

/// Runs estimators on the pairs of a check: scorecards at the data's regime, admission, calibration,
/// subsamples.
struct SideEstimator {
  let registry: EstimatorRegistry
  let options: CheckOptions
  let subsampling: Subsampling
  let groups: [Int]?
  let hooks: CheckHooks
  /// Scorecards made so far, by estimator and regime: teachers of equal shape share them.
  private(set) var scorecards: [Scorecard] = []
  /// Ladders of twins made so far, by pair.
  private var ladders: [String: TwinLadder] = [:]

  init(
    registry: EstimatorRegistry, options: CheckOptions, subsampling: Subsampling, groups: [Int]?,
    hooks: CheckHooks
  ) {
    self.registry = registry
    self.options = options
    self.subsampling = subsampling
    self.groups = groups
    self.hooks = hooks
  }

  /// A pair on which no estimator was run yet.
  ///
  /// - Throws: `unknownEstimator`, a parameter's error, or what the family of truths refuses.
  func work(
    _ x: Variable, _ y: Variable, given: Variable? = nil, pair: String,
    twin: (any GroundTruth)?, labels: Labels?, isLabelSide: Bool
  ) throws(EstimatorError) -> PairWork {
    let regime = Regime(x, y)
    let standard = TruthFamily.standard(for: regime.kind)
    let family =
      given == nil
      ? standard : TruthFamily(name: "\(standard.name) given labels", make: standard.make)
    let data = hooks.cache.map { _ in
      DataKey(
        [x, y] + (given.map { [$0] } ?? []) + (labels.map { [.labels($0)] } ?? []), groups: groups,
        seed: options.seed)
    }
    return PairWork(
      pair: pair, x: x, y: y, given: given, regime: regime, family: family,
      truths: try family.truths(for: regime, ladder: TruthFamily.ladder(for: regime)),
      twin: twin, sharedLabels: isLabelSide ? nil : labels, data: data,
      pending: try panel(for: regime.kind, given: given))
  }

  /// The user's estimators that take this kind of pair, or the default panel.
  private func panel(
    for kind: PairKind, given: Variable?
  ) throws(EstimatorError) -> [EstimatorChoice] {
    if let given {
      return try SharedPanel.choices(options.estimators, given: given, registry: registry)
    }
    var fitting: [EstimatorChoice] = []
    for choice in options.estimators
    where try registry.entry(choice.id).descriptor.traits.kinds.contains(kind) {
      fitting.append(choice)
    }
    return fitting.isEmpty ? Panel.standard(for: kind) : fitting
  }

  /// Runs the first of the pending estimators.
  ///
  /// - Throws: an estimator's or parameter's name that is not known, or `cancelled`; an estimator that
  ///   fails on the data is a refused admission, not an error.
  mutating func runNext(
    _ work: inout PairWork, isCancelled: @escaping @Sendable () -> Bool
  ) throws(EstimatorError) {
    let choice = work.pending[0]
    let entry = try registry.entry(choice.id)
    let parameters = try entry.descriptor.resolve(choice.parameters)
    let estimator = try entry.make(parameters)
    // The author of a plugin may change it under the same version: its numbers are made anew.
    let cache = entry.origin == "built-in" ? hooks.cache : nil
    let runner = DataRunner(
      entry.descriptor, parameters, regime: work.regime, data: work.data, cache: cache,
      count: hooks.count)
    let member: SideMember
    do {
      member = try judged(
        estimator, parameters, runner, work, cache: cache, isCancelled: isCancelled)
    } catch  where error.code == .cancelled {
      throw error
    } catch {
      member = SideMember(
        estimator: estimator, runner: runner,
        admission: options.rule.refuse(choice.id, pair: work.pair, error: error), deviations: [],
        samplingError: 0)
    }
    work.members.append(member)
    work.pending.removeFirst()
  }

  private mutating func judged(
    _ estimator: any MutualInformationEstimator, _ parameters: ParameterValues,
    _ runner: DataRunner, _ work: PairWork, cache: TrialCache?,
    isCancelled: @escaping @Sendable () -> Bool
  ) throws(EstimatorError) -> SideMember {
    let raw = try pilot(estimator, runner, work, isCancelled: isCancelled)
    var scorer = Scorer(
      replicates: options.replicates, seed: options.seed, threads: options.threads,
      progress: hooks.progress, isCancelled: isCancelled, cache: cache)
    scorer.count = hooks.count
    let scored: any MutualInformationEstimator =
      work.given.map { GivenLabels(estimator, x: work.x, y: work.y, labels: $0) } ?? estimator
    let scorecard = try scorecard(scored, parameters, scorer, work, beyond: raw)
    let curve = Calibration(scorecard)
    let twinScore = try work.twin.map { twin throws(EstimatorError) in
      TwinScore(
        try scorer.trials(
          of: estimator, on: twin, n: work.regime.n, parameters: parameters, data: work.data),
        on: twin, through: curve)
    }
    var (admission, readCurve) = (
      options.rule.judge(raw, pair: work.pair, scorecard: scorecard, twin: twinScore), curve
    )
    if admission.deservesSecondHearing, let twin = work.twin as? ClassTwin,
      TwinLadder.isDetermined(twin, rows: work.regime.n)
    {
      (admission, readCurve) = try secondHearing(
        admission, raw, estimator, parameters, scorer, work, twin: twin)
    }
    guard admission.admitted, let reading = try? readCurve.read(raw) else {
      return SideMember(
        estimator: estimator, runner: runner, admission: admission, deviations: [],
        samplingError: 0)
    }
    let draws = try subsampling.estimates(
      estimator, runner, x: work.x, y: work.y, given: work.given, threads: options.threads,
      isCancelled: isCancelled)
    let mean = draws.reduce(0, +) / Double(draws.count)
    return SideMember(
      estimator: estimator, runner: runner, admission: admission,
      deviations: draws.map { ($0 - mean) / reading.slope }, samplingError: reading.sd)
  }

  /// Judges an estimator that the regime's truths refused by twins of the data.
  private mutating func secondHearing(
    _ first: Admission, _ raw: Information, _ estimator: any MutualInformationEstimator,
    _ parameters: ParameterValues, _ scorer: Scorer, _ work: PairWork, twin: ClassTwin
  ) throws(EstimatorError) -> (Admission, Calibration) {
    let ladder = ladders[work.pair] ?? TwinLadder(around: twin)
    ladders[work.pair] = ladder
    let card: Scorecard
    do throws(EstimatorError) {
      card = try scorer.score(
        estimator, parameters: parameters, on: ladder.truths,
        family: TwinLadder.family, regime: work.regime, data: work.data,
        until: { $0.passes(raw) })
    } catch {
      // A twin on which it fails is no reason to fail: the first refusal stands.
      if error.code == .cancelled { throw error }
      return (first, Calibration.none)
    }
    scorecards.append(card)
    let curve = Calibration(card)
    let score = TwinScore(
      try scorer.trials(
        of: estimator, on: twin, n: work.regime.n, parameters: parameters, data: work.data),
      on: twin, through: curve)
    return (options.rule.judge(raw, onTwins: card, after: first, twin: score), curve)
  }

  /// The estimator's number on all rows, before it is known what that is worth.
  func pilot(
    _ estimator: any MutualInformationEstimator, _ runner: DataRunner, _ work: PairWork,
    isCancelled: @escaping @Sendable () -> Bool
  ) throws(EstimatorError) -> Information {
    let outcomes = runner.outcomes(1, .allRows, threads: 1, isCancelled: isCancelled) {
      _ throws(EstimatorError) in
      let request = try EstimationRequest(
        x: work.x, y: work.y, given: work.given, groups: groups, seed: options.seed,
        threads: options.threads,
        isCancelled: isCancelled)
      return try estimator.finiteEstimate(request)
    }
    switch outcomes[0] {
    case .estimate(let estimate): return estimate.information
    case .failure(let error): throw error
    }
  }

  /// Puts the pending estimators of a pair in order of the time that they take on its rows.
  func sortByCost(
    _ work: inout PairWork, isCancelled: @escaping @Sendable () -> Bool
  ) throws(EstimatorError) {
    var timed: [(seconds: Duration, choice: EstimatorChoice)] = []
    let clock = ContinuousClock()
    for choice in work.pending {
      let entry = try registry.entry(choice.id)
      let estimator = try entry.make(entry.descriptor.resolve(choice.parameters))
      let start = clock.now
      let small = Array(0..<min(work.regime.n, 200))
      // Where it fails here it will fail there, and be refused with its reason.
      _ = try? estimator.finiteEstimate(
        EstimationRequest(
          x: work.x, y: work.y, given: work.given, groups: groups, seed: options.seed,
          isCancelled: isCancelled
        ).selecting(rows: small))
      timed.append((clock.now - start, choice))
    }
    work.pending = timed.sorted { $0.seconds < $1.seconds }.map(\.choice)
  }

  /// The test for views paired by label alone, with the admitted estimator of the least error.
  ///
  /// The test compares an estimator with itself on shuffled rows and is valid whatever its bias: where
  /// none was admitted, the last that gave a number at all is used.
  func testPairing(
    _ work: inout PairWork, isCancelled: @escaping @Sendable () -> Bool
  ) throws(EstimatorError) {
    let admitted = work.members.filter(\.admission.admitted)
    // Given the classes a critic that may differ between them sees what one Gaussian for all does not.
    let critic = work.members.first {
      work.given != nil && $0.admission.estimator == "gaussian-nce" && $0.admission.raw != nil
    }
    guard work.pairing == nil, let labels = work.sharedLabels,
      let best = critic ?? admitted.min(by: { $0.error < $1.error })
        ?? work.members.last(where: { $0.admission.raw != nil })
    else { return }
    hooks.progress("are the views paired by label alone? \(best.admission.estimator)")
    do throws(EstimatorError) {
      work.pairing = try LabelPairing(
        best.estimator, best.runner, teacher: work.x, student: work.y, labels: labels,
        isConditional: work.given != nil, groups: groups, shuffles: options.shuffles,
        seed: options.seed, threads: options.threads,
        isCancelled: isCancelled)
    } catch {
      if error.code == .cancelled { throw error }
      // The question is left open, and the report says so.
      work.untestedPairing = EstimateWarning(
        code: "pairingUntested",
        message: "Whether \(work.pair) is of views paired by label alone was not tested: "
          + error.description)
    }
  }

  /// The scorecard at the regime, on a ladder that ends once it passes the estimate on the data.
  private mutating func scorecard(
    _ estimator: any MutualInformationEstimator, _ parameters: ParameterValues, _ scorer: Scorer,
    _ work: PairWork, beyond raw: Information
  ) throws(EstimatorError) -> Scorecard {
    let known = scorecards.first {
      $0.estimator == estimator.descriptor.id && $0.parameters == parameters
        && $0.regime == work.regime && $0.truth == work.family.name
    }
    if let known,
      known.levels.count == work.truths.count || (known.levels.last?.passes(raw) ?? false)
    {
      return known
    }
    let scorecard = try scorer.score(
      estimator, parameters: parameters, on: work.truths, family: work.family.name,
      regime: work.regime, data: work.given.map { DataKey([$0], groups: nil, seed: 0) },
      until: { $0.passes(raw) })
    scorecards.append(scorecard)
    return scorecard
  }
}

extension LevelScore {
  /// True where estimates at this level lie clearly above `raw`, so that the curve holds it.
  func passes(_ raw: Information) -> Bool { mean - 2 * sd > raw.nats }
}
