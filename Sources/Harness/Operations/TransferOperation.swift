// SPDX-License-Identifier: MIT

package import EstimatorAPI
package import Estimators

/// `mi transfer`: what the command, the C interface and Python share.
///
/// The transfer entropy (Schreiber 2000, doi:10.1103/PhysRevLett.85.461) with a delay of its own (Wibral et
/// al. 2013, doi:10.1371/journal.pone.0055809),
///
///     T = I(y_t; x_{t-u}, x_{t-u-s}, ... | y_{t-1}, y_{t-1-s}, ..., z_{t-v}, ...),
///
/// in nats, with lag u, step s and what is given z at lag v. Every value is of the trial that row t is of.
package struct TransferOperation: Sendable {
  /// The estimator that runs.
  package let entry: EstimatorRegistry.Entry
  /// Its parameters.
  package let parameters: ParameterValues
  private let settings: TransferSettings
  private let surrogates: Surrogates
  private let source: Variable
  private let target: Variable
  private let given: Variable?
  private let trials: Trials
  private let seed: UInt64
  private let threads: Int
  private let isCancelled: @Sendable () -> Bool

  /// Prepares; `id` is nil for the default by the kinds of the data.
  ///
  /// - Throws: `invalidOption`, an unknown estimator or parameter, or what is wrong with the data.
  package init(
    _ settings: TransferSettings, estimator id: String?, _ texts: [String: String],
    _ registry: EstimatorRegistry, source: Variable, target: Variable, given: Variable?,
    groups: [Int]?, seed: UInt64, threads: Int, isCancelled: @escaping @Sendable () -> Bool
  ) throws(EstimatorError) {
    self.settings = settings
    surrogates = try settings.checked()
    var all = [("source", source), ("target", target)] + (given.map { [("given", $0)] } ?? [])
    var groups = groups
    if settings.trials {
      let unfolded = try Trials.unfolded(
        all.map { (name: $0.0, variable: $0.1) }, groups: groups)
      all = zip(all, unfolded.variables).map { ($0.0, $1) }
      groups = unfolded.groups
    }
    for (name, variable) in all { try variable.refuseIdentifier(named: name) }
    // Refuses different numbers of rows.
    _ = try EstimationRequest(
      x: all[0].1, y: all[1].1, given: all.count > 2 ? all[2].1 : nil, groups: groups)
    (self.source, self.target) = (all[0].1, all[1].1)
    self.given = all.count > 2 ? all[2].1 : nil
    trials = Trials(count: self.target.count, groups: groups)
    self.seed = seed
    self.threads = threads
    self.isCancelled = isCancelled
    let isDefault = EstimateOperation.isDefault(id)
    let planned =
      switch PairKind(self.source, self.target) {
      case .continuous: "ksg-1"
      case .mixed: "classifier"
      case .discrete: "discrete"
      }
    entry = try registry.entry(isDefault ? planned : id ?? "")
    // Series have units of their own.
    let own = isDefault && planned == "ksg-1" ? ["scale": "standardize"] : [:]
    parameters = try entry.descriptor.resolve(own.merging(texts) { _, named in named })
  }

  /// What came of it.
  package struct Outcome: Sendable {
    package let estimate: Estimate
    package let lag: Int
    package let history: Int
    package let sourceHistory: Int
    package let givenLag: Int?
    /// Each lag that was tried with its number; empty where it was given.
    package let lagsTried: [(lag: Int, nats: Double)]
    /// The criterion of each history from 1 on; empty where it was given.
    package let histories: (target: [Double], source: [Double])
    /// The request as it ran.
    package let request: EstimationRequest
    /// The rows t of the data.
    package let rows: [Int]
    package let rowCount: Int
    package let trials: Int
    package let shortTrials: Int
    package let memory: RowMemory
    package let test: PermutationTest?
    /// Mean and standard deviation of the surrogates in nats, where all were made.
    package let surrogateMoments: (mean: Double, deviation: Double)?
    /// The estimate less the mean of the surrogates; nil where it was not asked for.
    package let correctedNats: Double?
    package let seconds: Double

    /// The contribution of each row of the data in nats, NaN where it is no row t.
    package var pointwise: [Double]? {
      estimate.pointwise.map { rowTerms($0, of: rows, count: rowCount) }
    }
  }

  /// Estimates, chooses what was left to be chosen, and tests.
  ///
  /// - Throws: what the estimator throws, or `interrupted` with what was done.
  package func run(progress: @escaping @Sendable (Double) -> Void = { _ in }) throws -> Outcome {
    let count =
      settings.permutations == 0
      ? WorkCount("estimates", of: 1, kept: "there is no result")
      : WorkCount("surrogates", of: settings.permutations, kept: "there is no result")
    return try count.interruptible(isCancelled) {
      try outcome { share in
        count.reach(share)
        progress(share)
      }
    }
  }

  private func outcome(
    _ progress: @escaping @Sendable (Double) -> Void
  ) throws(EstimatorError) -> Outcome {
    let clock = ContinuousClock()
    let start = clock.now
    let (ownHistory, targetChoice) = try history(settings.history, of: target)
    let (sourceHistory, sourceChoice) = try history(settings.sourceHistory, of: source)
    let lags = settings.lag.map { $0...$0 } ?? 1...settings.maxLag
    let past = PastValues(lag: 1, history: ownHistory, step: settings.step)
    let sources = lags.map {
      PastValues(lag: $0, history: sourceHistory, step: settings.step)
    }
    let thirds = lags.map {
      PastValues(
        lag: settings.givenLag ?? $0, history: settings.givenHistory, step: settings.step)
    }
    // The same rows for all lags, so that their numbers can be compared.
    let reach = ([past] + sources + (given == nil ? [] : thirds)).reduce(0) { max($0, $1.reach) }
    try trials.check(before: reach, after: 0)
    let rows = trials.rows(before: reach, after: 0)
    let now = target.selecting(rows: rows)
    let ownPast = try past.of(target, at: rows)
    var requests: [EstimationRequest] = []
    for (one, third) in zip(sources, thirds) {
      var known = ownPast
      if let given { known = try sideBySide(ownPast, third.of(given, at: rows)) }
      var request = try EstimationRequest(
        x: one.of(source, at: rows), y: now, given: known, seed: seed, threads: threads,
        isCancelled: isCancelled)
      if settings.permutations == 0 { request.progress = progress }
      requests.append(request)
    }
    let estimator = try entry.make(parameters)
    let isCertain = settings.permutations > 0 && requests.allSatisfy(PermutationTest.isCertain)
    var estimates: [Estimate] = []
    for request in requests {
      estimates.append(try isCertain ? .ofAConstant : estimator.finiteEstimate(request))
    }
    let numbers = estimates.map(\.information.nats)
    let best = numbers.indices.reduce(0) { numbers[$1] > numbers[$0] ? $1 : $0 }
    var estimate = estimates[best]
    estimate.addErrorOfTerms()
    let made =
      try isCertain
      ? nil : surrogateNumbers(estimator, requests, rows, real: numbers[best], progress)
    let memory = RowMemory(source, target)
    if let warning = surrogates == .shuffle ? memory.warning : memory.warningOfSurrogates,
      settings.permutations > 0, surrogates != .local
    {
      estimate.warnings.append(warning)
    }
    return Outcome(
      estimate: estimate, lag: Array(lags)[best], history: ownHistory,
      sourceHistory: sourceHistory, givenLag: given == nil ? nil : thirds[best].lag,
      lagsTried: settings.lag == nil ? zip(lags, numbers).map { (lag: $0, nats: $1) } : [],
      histories: (targetChoice, sourceChoice), request: requests[best], rows: rows,
      rowCount: target.count, trials: trials.ranges.count,
      shortTrials: trials.tooShort(before: reach, after: 0), memory: memory,
      test: isCertain
        ? PermutationTest(certain: surrogates)
        : made.map { PermutationTest($0, by: surrogates) },
      surrogateMoments: made?.moments,
      correctedNats: settings.correctBias
        ? numbers[best] - (made?.moments?.mean ?? 0) : nil,
      seconds: (clock.now - start) / .seconds(1))
  }

  /// A history as given, or chosen; then with the criterion of each candidate.
  private func history(
    _ given: Int?, of series: Variable
  ) throws(EstimatorError) -> (Int, [Double]) {
    if let given { return (given, []) }
    let choice = try HistoryChoice(
      of: series, most: settings.maxHistory, step: settings.step, trials: trials,
      window: parameters.values["theiler"] == nil ? 0 : parameters.integer("theiler"),
      threads: threads)
    return (choice.history, choice.criterion)
  }

  /// The largest transfer over the lags tried, in each rearrangement of the source's values: of whole
  /// histories, which keep what they are.
  private func surrogateNumbers(
    _ estimator: any MutualInformationEstimator, _ requests: [EstimationRequest], _ rows: [Int],
    real: Double, _ progress: (Double) -> Void
  ) throws(EstimatorError) -> SurrogateNumbers? {
    guard settings.permutations > 0 else { return nil }
    let ofRows = trials.ofRows
    let rearrangement = try Rearrangement(
      surrogates, of: requests[0], trials: rows.map { ofRows[$0] })
    return try SurrogateNumbers(
      settings.permutations, enough: settings.correctBias ? .max : 20, real: real,
      progress: progress, isCancelled: isCancelled
    ) { batch throws(EstimatorError) in
      try parallelResults(batch, threads: threads) { index throws(EstimatorError) in
        let order = rearrangement.rows(index)
        var largest = -Double.infinity
        for request in requests {
          try request.checkCancellation()
          let found = try estimator.finiteEstimate(request.rearranged(order))
          largest = max(largest, found.information.nats)
        }
        return largest
      }
    }
  }
}
