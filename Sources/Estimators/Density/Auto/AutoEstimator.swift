// SPDX-License-Identifier: MIT

public import EstimatorAPI

/// What `mi estimate` does where no estimator is named: chooses a density by what it is worth on rows
/// it has not seen, and lets nearest neighbors say what that density misses.
///
/// ## Definition
///
/// Columns are replaced by their normal scores. Half of the rows fit each family (`gaussian-copula`,
/// `student-copula`, `gmm`), a quarter chooses, and a quarter that had no part in either guards.
///
/// 1. **Choice.** The family with the largest mean of ln p(y | x) + ln p(x | y) on the second part: a
///    proper score, which the true density maximizes in expectation. (The lower bounds of the next step would
///    do as a score too, but their E_Q e^T is carried by a few rows where there is much information.)
/// 2. **Guard.** On the third part the chosen log density ratio T gives the lower bound E_P T + 1 - E_Q e^T
///    (Nguyen, Wainwright and Jordan 2010), which in expectation does not exceed the information,
///    whatever was chosen before.
/// 3. **Refit** to all rows: the information J of the fitted density.
/// 4. **Neighbors.** KSG with k = 5 of the data, and of `twins` sets of as many rows drawn from the fitted
///    density, whose information is J. The difference D = KSG(data) - mean KSG(twins) says what the density
///    misses, free of the bias that KSG has at this size, dimension and level. With s its noise,
///
///        I = J + D max(0, 1 - (2 s / D)^2)
///
/// 5. **Where ranks end.** From J = ln n - 2 on, steps of ranks matter, and densities of ranks find ridges that
///    are not there. Then the choice is made again, with ranks spread over their steps, and with a Gaussian and a
///    Student of the standardized columns themselves (``RankResolution``). What is chosen from ranks there
///    can fall short, and a warning says so (`rankResolution`).
///
/// The choice, the runner-up, the lead and the reason are in the diagnostics; a warning says where D counted.
///
/// ## Assumptions and failures
///
/// Rows are independent. Increasing maps of single columns change nothing below ln n - 2 nats; above, they can
/// decide whether a density of the columns fits. In many dimensions KSG detects little, and what no family can draw is missed:
/// then the estimate errs **low**. The guard is carried by few rows above about 4 nats. Heavy ties make the
/// ranks, and all that follows, unreliable; they are warned of.
///
/// **Standard error**: of the rows' log density ratios, of the noise of what was added of D, and of D as far as it
/// was not; where ranks end, also of the difference that spreading them makes.
///
/// ## Complexity
///
/// Twice the fits of the families and 1 + `twins` runs of KSG. `fast=true` leaves out `gmm`.
///
/// ```swift
/// let estimate = try AutoEstimator(["fast": "true"]).estimate(request)
/// ```
public struct AutoEstimator: StaticEstimator {
  /// What the estimator is.
  public static let descriptor = EstimatorDescriptor(
    id: "auto", version: "3",
    summary: "Chooses a density by its held-out score; neighbors add what it misses",
    reference: "Nguyen, Wainwright and Jordan 2010, doi:10.1109/TIT.2010.2068870; "
      + "Kraskov, Stoegbauer, Grassberger 2004, doi:10.1103/PhysRevE.69.066138",
    traits: EstimatorTraits(
      kinds: [.continuous], minimumSamples: 40, isDeterministic: false,
      invariances: [.shift, .jointScale, .scale, .monotone], groups: .kept),
    parameters: [
      ParameterSpecification(
        "fast", .flag, default: .flag(false), meaning: "leaves out what is trained in rounds (gmm)"),
      ParameterSpecification(
        "twins", .integer(1...100), default: .integer(3),
        meaning: "data sets drawn from the fitted density, for the neighbors"),
    ])

  private let families: [any AutoFamily]
  private let twins: Int

  /// Keeps the parameters.
  public init(parameters: ParameterValues) throws(EstimatorError) {
    families =
      [GaussianFamily(), StudentFamily()]
      + (try parameters.flag("fast")
        ? [] : [MixtureFamily(starts: 2, maximumComponents: 48, draws: 20_000)])
    twins = try parameters.integer("twins")
  }

  /// Estimates I(x; y).
  ///
  /// - Throws: `constantColumn`, `singularCovariance`, `tooFewSamples`, `cancelled`.
  public func estimate(_ request: EstimationRequest) throws(EstimatorError) -> Estimate {
    try Self.descriptor.checkAccepts(request)
    let (x, y) = try request.continuousPair(for: Self.descriptor)
    let joint = try JointScores(normalScores: x, y, threads: request.threads)
    _ = try joint.information(estimator: Self.descriptor.id)
    var choice = try AutoChoice(
      AutoEntrant.onRanks(families, joint), dx: joint.dx, request)
    let rankNats = choice.whole.information
    let isBeyondRanks = rankNats > RankResolution.limit(rows: request.count)
    if isBeyondRanks {
      let columns = try JointScores(standardized: x, y).rows
      choice = try AutoChoice(
        AutoEntrant.beyondRanks(families, joint, columns: columns), dx: joint.dx, request)
    }
    let fitted = choice.whole
    let error = meanAndError(fitted.ratio.logRatios(choice.entrant.rows)).error
    let comparison = try NeighborComparison(
      joint, fitted, twins: twins, rowError: error, request)
    let nats = fitted.information + comparison.share * comparison.difference
    let hidden =
      choice.entrant.coordinates == .spreadRanks ? rankNats - fitted.information : 0
    let standardError =
      (error * error + comparison.error * comparison.error + hidden * hidden).squareRoot()

    var diagnostics = choice.diagnostics
    diagnostics.merge(comparison.diagnostics) { _, new in new }
    diagnostics["fittedNats"] = .number(fitted.information)
    if isBeyondRanks { diagnostics["unspreadRankNats"] = .number(rankNats) }
    diagnostics["intervalNats"] = .numbers([
      nats - 1.96 * standardError, nats + 1.96 * standardError,
    ])
    var estimate = Estimate(
      Information(nats: nats), standardError: Information(nats: standardError),
      diagnostics: diagnostics)
    if comparison.counts {
      estimate.warnings.append(comparison.warning(choice.entrant.family.id))
    }
    if choice.entrant.coordinates == .spreadRanks {
      estimate.warnings.append(
        EstimateWarning(
          code: "rankResolution",
          message: "The ranks of \(request.count) rows resolve no more than about "
            + "\(RankResolution.limit(rows: request.count)) nats, and neither a Gaussian nor a Student of the "
            + "columns fits better: the information can be larger than the \(nats) nats found."))
    }
    let guarded = choice.guardScore
    if guarded.nguyenWainwrightJordan - 3 * guarded.error > nats {
      estimate.warnings.append(
        EstimateWarning(
          code: "belowGuard",
          message: "The estimate of \(nats) nats lies below the held-out lower bound of "
            + "\(guarded.nguyenWainwrightJordan) nats by more than three standard errors."))
    }
    estimate.report(ties: joint.scores)
    return estimate
  }
}
