// SPDX-License-Identifier: MIT

import EstimatorAPI

/// A family of densities that `auto` may choose.
protocol AutoFamily: Sendable {
  /// The id of the estimator it belongs to.
  var id: String { get }
  /// Fits the family to normal scores or standardized columns, x's first; nil where that is not possible.
  func fit(_ rows: Matrix, dx: Int, context: AutoContext) -> FittedFamily?
}

/// What every fit is given.
struct AutoContext: Sendable {
  let seed: UInt64
  let threads: Int
  let isCancelled: @Sendable () -> Bool
  /// The group of each row that is fitted; nil where rows stand alone.
  var groups: [Int]?

  /// The same for some of the rows.
  func selecting(rows: [Int]) -> AutoContext {
    var part = self
    part.groups = groups.map { groups in rows.map { groups[$0] } }
    return part
  }
}

/// A fitted density.
struct FittedFamily: Sendable {
  /// The information of the fitted density, corrected where a correction is known.
  let information: Double
  /// Its log density ratio.
  let ratio: any DensityRatio
  /// Draws rows in any coordinates that increasing maps of single columns lead to.
  let sample: @Sendable (Int, inout RandomSource) -> Matrix
}

/// One Gaussian: `gaussian-copula` of normal scores, `gaussian` of the columns.
struct GaussianFamily: AutoFamily {
  var id = "gaussian-copula"

  func fit(_ rows: Matrix, dx: Int, context: AutoContext) -> FittedFamily? {
    let (n, d) = (rows.rows, rows.columns)
    guard n > d + 1 else { return nil }
    let covariance = gram(rows, scale: 1 / Double(n - 1))
    guard
      let information = try? GaussianInformation(covariance: covariance, dx: dx, count: n),
      let mixture = GaussianMixture(
        weights: [1], means: [[Double](repeating: 0, count: d)], covariances: [covariance]),
      let ratio = MixtureRatio(mixture, dx: dx)
    else { return nil }
    return FittedFamily(
      information: information.plugIn - information.bias, ratio: ratio,
      sample: { mixture.sample($0, using: &$1) })
  }
}

/// `student-copula`.
struct StudentFamily: AutoFamily {
  let id = "student-copula"

  func fit(_ rows: Matrix, dx: Int, context: AutoContext) -> FittedFamily? {
    let (n, d) = (rows.rows, rows.columns)
    guard n > d + 1, let copula = StudentCopula.fitted(rows, dx: dx, nu: nil),
      let gaussian = try? GaussianInformation(
        covariance: gram(rows, scale: 1 / Double(n - 1)), dx: dx, count: n)
    else { return nil }
    return FittedFamily(
      information: copula.information - gaussian.bias, ratio: copula,
      sample: {
        copula.distribution.draws(
          $0, copula.joint, center: [Double](repeating: 0, count: d), using: &$1)
      })
  }
}

/// `gmm`, with the mixture's size chosen on a fifth of the rows.
struct MixtureFamily: AutoFamily {
  let id = "gmm"
  let starts: Int
  let maximumComponents: Int
  let draws: Int

  func fit(_ rows: Matrix, dx: Int, context: AutoContext) -> FittedFamily? {
    let search = MixtureSearch(
      starts: starts, maximumComponents: maximumComponents, seed: context.seed,
      threads: context.threads, isCancelled: context.isCancelled)
    var random = RandomSource(seed: context.seed, 0x474D_4D)
    guard
      let parts = try? shuffledParts(
        endingAt: [rows.rows / 5, rows.rows], groups: context.groups, using: &random),
      let outcome = search.run(
        rows.selecting(rows: parts[1]), held: rows.selecting(rows: parts[0])),
      let refitted = MixtureFit(rows).improve(outcome.mixture, isCancelled: context.isCancelled),
      let ratio = MixtureRatio(refitted.mixture, dx: dx)
    else { return nil }
    let mixture = refitted.mixture
    let nats = meanAndError(ratio.logRatios(mixture.sample(draws, using: &random))).mean
    return FittedFamily(
      information: nats, ratio: ratio, sample: { mixture.sample($0, using: &$1) })
  }
}
