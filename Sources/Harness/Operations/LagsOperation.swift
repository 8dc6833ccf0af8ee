// SPDX-License-Identifier: MIT

package import EstimatorAPI
package import Estimators

/// The options of `mi lags` as they are given, whichever interface they come through.
package struct LagsSettings: Sendable, Decodable {
  /// The largest lag.
  package var maxLag: Int
  /// The smallest lag; nil: -maxLag.
  package var minLag: Int?
  /// Surrogates of the test of the peak; 0 makes none.
  package var permutations = 0
  /// How they rearrange y; nil: shifted.
  package var surrogates: String?
  /// Whether arrays are trials x time.
  package var trials = false

  package init(maxLag: Int) { self.maxLag = maxLag }

  /// The lags and how surrogates are made.
  ///
  /// - Throws: `invalidOption`.
  package func checked() throws(EstimatorError) -> (lags: ClosedRange<Int>, surrogates: Surrogates)
  {
    try within("max_lag", maxLag, -1_000_000...1_000_000)
    let least = minLag ?? -maxLag
    try within("min_lag", least, -1_000_000...1_000_000)
    guard least <= maxLag else {
      throw .option("max_lag", found: "\(maxLag)", needed: "at least min_lag, which is \(least)")
    }
    guard maxLag - least < 100_000 else {
      throw .option("max_lag", found: "\(maxLag)", needed: "at most 100000 lags from \(least) on")
    }
    let how = try seriesSurrogates(surrogates, permutations: permutations)
    guard how != .local else {
      throw .option("surrogates", found: "\"local\"", needed: "shuffle, shift or block")
    }
    return (least...maxLag, how)
  }
}

/// The surrogates of a series: shifted where none are named.
///
/// - Throws: `invalidOption`.
func seriesSurrogates(_ name: String?, permutations: Int) throws(EstimatorError) -> Surrogates {
  try within("permutations", permutations, 0...1_000_000_000)
  let how = try name.map { name throws(EstimatorError) in try Surrogates(option: name) }
  guard permutations > 0 || how == nil else {
    throw EstimatorError(
      .invalidOption,
      "Surrogates are for a test of independence; say how many with permutations (--permutations).")
  }
  return how ?? .shift
}

/// `mi lags`: what the command, the C interface and Python share.
package struct LagsOperation: Sendable {
  /// The estimator that runs.
  package let entry: EstimatorRegistry.Entry
  /// Its parameters.
  package let parameters: ParameterValues
  /// What the default made of the data; nil where an estimator was named.
  package let plan: DefaultPlan?
  private let request: EstimationRequest
  private let trials: Trials
  private let lags: ClosedRange<Int>
  private let permutations: Int
  private let surrogates: Surrogates

  /// Prepares; `id` is nil for the default by the kinds and the recording of the data.
  ///
  /// - Throws: `invalidOption`, an unknown estimator or parameter, or what is wrong with the data.
  package init(
    _ settings: LagsSettings, estimator id: String?, _ texts: [String: String],
    _ registry: EstimatorRegistry, x: Variable, y: Variable, groups: [Int]?, seed: UInt64,
    threads: Int, isCancelled: @escaping @Sendable () -> Bool
  ) throws(EstimatorError) {
    (lags, surrogates) = try settings.checked()
    permutations = settings.permutations
    var (x, y, groups) = (x, y, groups)
    if settings.trials {
      let unfolded = try Trials.unfolded([("x", x), ("y", y)], groups: groups)
      (x, y, groups) = (unfolded.variables[0], unfolded.variables[1], unfolded.groups)
    }
    // Rows that return in time are no copies.
    plan =
      EstimateOperation.isDefault(id)
      ? DefaultPlan(x, y, neighborsOnly: true, countsCopies: true) : nil
    entry = try registry.entry(plan?.estimator ?? id ?? "")
    parameters = try entry.descriptor.resolve(texts)
    let whole = try EstimationRequest(
      x: plan?.x ?? x, y: plan?.y ?? y, groups: groups, seed: seed, threads: threads,
      isCancelled: isCancelled)
    trials = Trials(count: whole.count, groups: groups)
    request = whole
  }

  /// What came of it.
  package struct Outcome: Sendable {
    /// Each lag with its estimate, in rising order.
    package let lags: [(lag: Int, estimate: Estimate, error: Double?, pValue: Double?)]
    /// The place of the largest number; of equal ones the lag nearest to 0.
    package let peak: Int
    /// The rows t of the data that are paired at every lag.
    package let rows: [Int]
    package let rowCount: Int
    package let dimensions: (x: Int, y: Int)
    package let trials: Int
    package let shortTrials: Int
    package let memory: RowMemory
    /// The test of the peak by the largest number over the lags.
    package let test: PermutationTest?
    /// What the largest number stays below in 95 of 100 surrogates, in nats.
    package let thresholdNats: Double?
    package let warnings: [EstimateWarning]
    package let seconds: Double

    /// The contribution of each row t of x to the peak in nats, NaN where it is paired with none.
    package var pointwise: [Double]? {
      lags[peak].estimate.pointwise.map { rowTerms($0, of: rows, count: rowCount) }
    }
  }

  /// Estimates at every lag, and tests the peak.
  ///
  /// - Throws: what the estimator throws, or `interrupted` with what was done.
  package func run(progress: @escaping @Sendable (Double) -> Void = { _ in }) throws -> Outcome {
    let count =
      permutations == 0
      ? WorkCount("lags", of: lags.count, kept: "there is no result")
      : WorkCount("surrogates", of: permutations, kept: "there is no result")
    return try count.interruptible(request.isCancelled) {
      try run(progress: progress, count: count)
    }
  }

  private func run(
    progress: @escaping @Sendable (Double) -> Void, count: WorkCount
  ) throws(EstimatorError) -> Outcome {
    for (side, name) in [(request.x, "x"), (request.y, "y")] {
      try side.refuseIdentifier(named: name)
    }
    let clock = ContinuousClock()
    let start = clock.now
    let scan = try LagScan(entry.make(parameters), request, lags: lags, trials: trials)
    let estimates = try scan.estimates { share in
      if permutations == 0 {
        count.reach(share)
        progress(share)
      }
    }
    let best = estimates.map(\.information.nats).reduce(-.infinity, max)
    let peak =
      estimates.indices.filter { estimates[$0].information.nats == best }
      .min { abs(scan.lags[$0]) < abs(scan.lags[$1]) } ?? 0
    let memory = RowMemory(request.x, request.y)
    let numbers = try surrogateNumbers(scan, best: best) { share in
      count.reach(share)
      progress(share)
    }
    // Independent rows would have the error of the estimator; these are worth fewer.
    let inflation = (Double(memory.rows) / memory.effectiveRows).squareRoot()
    let numbered = zip(scan.lags, estimates).map { lag, estimate in
      let own =
        estimate.standardError?.nats
        ?? estimate.pointwise.flatMap { $0.count > 1 ? errorOfNeighborTerms($0) : nil }
      return (
        lag: lag, estimate: estimate, error: own.map { $0 * inflation },
        pValue: numbers?.pValue(of: estimate.information.nats)
      )
    }
    var warnings = EstimateWarning.once(
      zip(scan.lags, estimates).map { ("At lag \($0)", $1.warnings) }, places: "places")
    warnings += testWarnings(memory)
    return Outcome(
      lags: numbered, peak: peak, rows: scan.rows, rowCount: request.count,
      dimensions: (request.x.dimension, request.y.dimension), trials: trials.ranges.count,
      shortTrials: trials.tooShort(
        before: max(-lags.lowerBound, 0), after: max(lags.upperBound, 0)),
      memory: memory, test: numbers.map { PermutationTest($0, by: surrogates) },
      thresholdNats: numbers?.quantile(0.95), warnings: warnings,
      seconds: (clock.now - start) / .seconds(1))
  }

  private func surrogateNumbers(
    _ scan: LagScan, best: Double, progress: (Double) -> Void
  ) throws(EstimatorError) -> SurrogateNumbers? {
    guard permutations > 0 else { return nil }
    let rearrangement = try Rearrangement(
      surrogates, of: request, trials: trials.ofRows)
    var known: [Int: Double] = [:]
    return try SurrogateNumbers(
      permutations, enough: 20, real: best, progress: progress, isCancelled: request.isCancelled
    ) { batch throws(EstimatorError) in
      try scan.maxima(batch, rearrangement, surrogates, known: &known)
    }
  }

  /// What to know of the p-value.
  private func testWarnings(_ memory: RowMemory) -> [EstimateWarning] {
    guard permutations > 0 else { return [] }
    if surrogates == .shuffle { return memory.warning.map { [$0] } ?? [] }
    var warnings = memory.warningOfSurrogates.map { [$0] } ?? []
    let least = Double(lags.count) / Double(request.count)
    if surrogates == .shift, trials.ranges.count == 1, least > 1.0 / Double(permutations + 1) {
      warnings.append(
        EstimateWarning(
          code: "fewShifts",
          message:
            "A shift of less than \(lags.count) rows meets the peak again, at another lag: \(lags.count) lags of "
            + "\(request.count) rows give no p-value below about \((least * 1000).rounded(.up) / 1000). Take fewer "
            + "lags, a longer series or several trials, or --surrogates block."))
    }
    return warnings
  }
}
