// SPDX-License-Identifier: MIT

import CGSL

/// Student's distribution of nu degrees of freedom in d dimensions, with dispersion of determinant 1
/// taken out: what of its density and entropy does not depend on the dispersion.
package struct StudentDistribution: Sendable {
  package let nu: Double

  /// With nu degrees of freedom.
  package init(nu: Double) { self.nu = nu }

  /// ln of the density's constant in d dimensions, for an identity dispersion.
  func logConstant(_ d: Int) -> Double {
    let half = (nu + Double(d)) / 2
    return logGamma(half) - logGamma(nu / 2) - Double(d) / 2 * naturalLogarithm(nu * .pi)
  }

  /// The entropy in d dimensions for an identity dispersion (Kotz and Nadarajah 2004, section 1.12).
  func entropy(_ d: Int) -> Double {
    let half = (nu + Double(d)) / 2
    return half * (digamma(half) - digamma(nu / 2)) - logConstant(d)
  }

  /// The information that a dx and a dy block share with no correlation between them: what the
  /// common scale alone tells.
  package func scaleInformation(dx: Int, dy: Int) -> Double {
    entropy(dx) + entropy(dy) - entropy(dx + dy)
  }

  /// The quantile of one dimension.
  func quantile(_ p: Double) -> Double {
    // The lower half alone: 1 - p loses no digits there.
    if p > 0.5 { return -quantile(1 - p) }
    if p == 0.5 { return 0 }
    _ = quietGSL
    let found = gsl_cdf_tdist_Pinv(p, nu)
    // GSL's iteration fails now and then below one degree of freedom.
    return found.isFinite ? found : bisected(p)
  }

  /// The quantile by halving an interval, for p < 1/2.
  private func bisected(_ p: Double) -> Double {
    var (low, high) = (-1.0, 0.0)
    while gsl_cdf_tdist_P(low, nu) > p { low *= 2 }
    for _ in 0..<100 {
      let middle = (low + high) / 2
      if gsl_cdf_tdist_P(middle, nu) > p { high = middle } else { low = middle }
    }
    return (low + high) / 2
  }
}
