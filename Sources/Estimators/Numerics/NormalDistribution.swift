// SPDX-License-Identifier: MIT

import CGSL

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The standard normal distribution function: the probability below z.
package func normalCDF(_ z: Double) -> Double { 0.5 * erfc(-z * 0.5.squareRoot()) }

/// The standard normal quantile: the z below which lies the probability p, for 0 < p < 1.
///
/// GSL's is Wichura's AS 241 (1988, doi:10.2307/2347330): a relative error of about 1e-16.
package func normalQuantile(_ p: Double) -> Double {
  precondition(p > 0 && p < 1, "normal quantile of \(p)")
  return gsl_cdf_ugaussian_Pinv(p)
}

/// The natural logarithm, for files that import no C library of their own.
package func naturalLogarithm(_ x: Double) -> Double { log(x) }

/// e to the power x, for files that import no C library of their own.
package func exponential(_ x: Double) -> Double { exp(x) }

/// ln(1 + x), exact for small x.
package func logOnePlus(_ x: Double) -> Double { log1p(x) }

/// `base` to the power `exponent`.
package func power(_ base: Double, _ exponent: Double) -> Double { pow(base, exponent) }
