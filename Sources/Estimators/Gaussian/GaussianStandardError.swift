// SPDX-License-Identifier: MIT

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension GaussianInformation {
  /// The standard error of the estimate over samples of the same size, in nats: honest at small n
  /// and with many dimensions, where the asymptotic sqrt(sum rho^2 / n) is far too small.
  ///
  /// Write V(d) for the variance of ln det of the scatter matrix over d columns and L for those
  /// logarithms. det W = det Wx det W(y given x), and the two factors are independent, so
  /// Cov(L(x), L(xy)) = V(dx); likewise for y. Hence, exactly,
  ///
  ///     Var(2 I) = V(dx + dy) - V(dx) - V(dy) + 2 Cov(L(x), L(y))
  ///
  /// where the V are known, whatever the truth (``varianceOfLogDeterminant(_:count:)``), and the
  /// covariance is zero under independence. Otherwise, with m = n - 1 and S2, S4 the sums of
  /// rho^2, rho^4 over the canonical correlations,
  ///
  ///     Cov(L(x), L(y)) = -2 ln(1 - S2 / m) + S4 / m^2
  ///
  /// to second order in rho^2 / m (the covariances of tr E and tr E^2 / 2 in the expansion of
  /// ln det(1 + E)), continued so that it equals V(d) to leading order where y is a copy of x.
  /// The rho are ``shrunkenSquares``, because the sample's own are far too large when d / n is not
  /// small. Simulation agrees within a few percent (GaussianStatisticsTests).
  package var standardError: Double {
    let m = Double(count - 1)
    let squares = shrunkenSquares
    let covariance =
      -2 * log1p(-squares.reduce(0, +) / m) + squares.reduce(0) { $0 + $1 * $1 } / (m * m)
    let independent =
      varianceOfLogDeterminant(dx + dy, count: count)
      - varianceOfLogDeterminant(dx, count: count) - varianceOfLogDeterminant(dy, count: count)
    return (independent / 4 + covariance / 2).squareRoot()
  }

  /// Squared canonical correlations that add up to the unbiased estimate of the information.
  ///
  /// All odds rho^2 / (1 - rho^2) are multiplied by one factor, such that -1/2 sum ln(1 - rho^2) is
  /// the corrected estimate; zeros where that is not positive.
  var shrunkenSquares: [Double] {
    let target = plugIn - bias
    guard target > 0 else { return canonicalCorrelations.map { _ in 0 } }
    let odds = canonicalCorrelations.map { rho in
      rho * rho / max((1 - rho) * (1 + rho), 0x1p-52)
    }
    // The bias is positive, so the factor lies between 0 and 1.
    var (low, high) = (0.0, 1.0)
    for _ in 0..<60 {
      let factor = (low + high) / 2
      if odds.reduce(0, { $0 + log1p(factor * $1) }) / 2 < target {
        low = factor
      } else {
        high = factor
      }
    }
    return odds.map { high * $0 / (1 + high * $0) }
  }
}
