// SPDX-License-Identifier: MIT

import EstimatorAPI

/// Makes a ``Side``: pilot, scorecards at the data's regime, admission, calibration, subsamples.
struct SideEstimator {
  let registry: EstimatorRegistry
  let options: CheckOptions
  let subsampling: Subsampling
  let hooks: CheckHooks
  /// Scorecards made so far, by estimator and regime: teachers of equal shape share them.
  private(set) var scorecards: [Scorecard] = []

  init(
    registry: EstimatorRegistry, options: CheckOptions, subsampling: Subsampling, hooks: CheckHooks
  ) {
    self.registry = registry
    self.options = options
    self.subsampling = subsampling
    self.hooks = hooks
  }

  /// What the panel says of I(x; y).
  ///
  /// - Throws: `unknownEstimator`, a parameter's error, or `cancelled`; an estimator that fails on
  ///   the data is a refused admission, not an error.
  mutating func side(
    _ x: Variable, _ y: Variable, pair: String, twin: ClassTwin?, sharedLabels: Labels? = nil
  ) throws(EstimatorError) -> Side {
    let regime = Regime(x, y)
    let family = TruthFamily.standard(for: regime.kind)
    let truths = try family.truths(for: regime, ladder: TruthFamily.ladder(for: regime))
    var members: [SideMember] = []
    for choice in try panel(for: regime.kind) {
      members.append(
        try member(
          choice, x, y, pair: pair, regime: regime, truths: truths, family: family.name,
          twin: twin))
    }
    let pairing = try sharedLabels.map { labels throws(EstimatorError) in
      try labelPairing(x, y, labels: labels, members: members)
    }
    return Side(
      pair: pair, n: regime.n, members: members,
      labelEntropy: regime.kind == .continuous ? nil : regime.ceiling, pairing: pairing ?? nil)
  }

  /// The test for views paired by label alone, with the admitted estimator of the least error.
  private func labelPairing(
    _ x: Variable, _ y: Variable, labels: Labels, members: [SideMember]
  ) throws(EstimatorError) -> LabelPairing? {
    let admitted = members.filter(\.admission.admitted)
    guard let best = admitted.min(by: { $0.error < $1.error }) else { return nil }
    hooks.progress("are the views paired by label alone? \(best.admission.estimator)")
    do throws(EstimatorError) {
      return try LabelPairing(
        best.estimator, teacher: x, student: y, labels: labels, shuffles: options.shuffles,
        seed: options.seed, threads: options.threads, isCancelled: hooks.isCancelled)
    } catch {
      // A test that cannot be made on shuffled rows leaves the question open; it is not an answer.
      if error.code == .cancelled { throw error }
      return nil
    }
  }

  /// The user's estimators that take this kind of pair, or the default panel.
  private func panel(for kind: PairKind) throws(EstimatorError) -> [EstimatorChoice] {
    var fitting: [EstimatorChoice] = []
    for choice in options.estimators
    where try registry.entry(choice.id).descriptor.traits.kinds.contains(kind) {
      fitting.append(choice)
    }
    return fitting.isEmpty ? Panel.standard(for: kind) : fitting
  }

  private mutating func member(
    _ choice: EstimatorChoice, _ x: Variable, _ y: Variable, pair: String, regime: Regime,
    truths: [any GroundTruth], family: String, twin: ClassTwin?
  ) throws(EstimatorError) -> SideMember {
    let entry = try registry.entry(choice.id)
    let parameters = try entry.descriptor.resolve(choice.parameters)
    let estimator = try entry.make(parameters)
    do {
      let request = try EstimationRequest(
        x: x, y: y, seed: options.seed, threads: options.threads, isCancelled: hooks.isCancelled)
      let raw = try estimator.checkedEstimate(request).information
      let scorecard = try scorecard(
        estimator, parameters, regime: regime, truths: truths, family: family, beyond: raw)
      let curve = Calibration(scorecard)
      let twinScore = try twin.map { twin throws(EstimatorError) in
        TwinScore(
          try scorer.trials(of: estimator, on: twin, n: regime.n), on: twin, through: curve)
      }
      let admission = options.rule.judge(
        raw, pair: pair, scorecard: scorecard, twin: twinScore)
      guard admission.admitted, let reading = try? curve.read(raw) else {
        return SideMember(
          estimator: estimator, admission: admission, deviations: [], samplingError: 0)
      }
      let draws = try subsampling.estimates(
        estimator, x: x, y: y, seed: options.seed, threads: options.threads,
        isCancelled: hooks.isCancelled)
      let mean = draws.reduce(0, +) / Double(draws.count)
      return SideMember(
        estimator: estimator, admission: admission,
        deviations: draws.map { ($0 - mean) / reading.slope },
        samplingError: reading.sd)
    } catch  where error.code == .cancelled {
      throw error
    } catch {
      return SideMember(
        estimator: estimator,
        admission: options.rule.refuse(choice.id, pair: pair, error: error), deviations: [],
        samplingError: 0)
    }
  }

  private var scorer: Scorer {
    Scorer(
      replicates: options.replicates, seed: options.seed, threads: options.threads,
      progress: hooks.progress, isCancelled: hooks.isCancelled)
  }

  /// The scorecard at the regime, on a ladder that ends once it passes the estimate on the data.
  private mutating func scorecard(
    _ estimator: any MutualInformationEstimator, _ parameters: ParameterValues, regime: Regime,
    truths: [any GroundTruth], family: String, beyond raw: Information
  ) throws(EstimatorError) -> Scorecard {
    let known = scorecards.first {
      $0.estimator == estimator.descriptor.id && $0.parameters == parameters
        && $0.regime == regime
    }
    if let known, known.levels.count == truths.count || (known.levels.last?.passes(raw) ?? false) {
      return known
    }
    let scorecard = try scorer.score(
      estimator, parameters: parameters, on: truths, family: family, regime: regime,
      until: { $0.passes(raw) })
    scorecards.append(scorecard)
    return scorecard
  }
}

extension LevelScore {
  /// True where estimates at this level lie clearly above `raw`, so that the curve holds it.
  fileprivate func passes(_ raw: Information) -> Bool { mean - 2 * sd > raw.nats }
}
