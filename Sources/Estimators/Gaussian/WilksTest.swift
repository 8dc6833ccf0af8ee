// SPDX-License-Identifier: MIT

import CGSL

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The test of independence between two Gaussian vectors by Wilks' lambda = det R / (det Rx det Ry)
/// = exp(-2 I), in Rao's F approximation (Rao 1951; Anderson 2003, section 8.5): exact where the
/// smaller dimension is 1 or 2.
package struct WilksTest: Sendable {
  /// The probability, under independence, of at least as much dependence as was found.
  package let pValue: Double

  /// Tests; nil where the approximation has no degrees of freedom left.
  package init?(_ information: GaussianInformation) {
    let (p, q) = (Double(information.dx), Double(information.dy))
    let power = p * p + q * q - 5
    let t = power > 0 ? ((p * p * q * q - 4) / power).squareRoot() : 1
    let numerator = p * q
    let denominator =
      (Double(information.count) - 1 - (p + q + 1) / 2) * t - (p * q - 2) / 2
    guard denominator > 0 else { return nil }
    // (1 - u) / u for u = lambda^(1 / t)
    let ratio = expm1(2 * max(information.plugIn, 0) / t) * denominator / numerator
    pValue = ratio.isFinite ? gsl_cdf_fdist_Q(ratio, numerator, denominator) : 0
  }
}
