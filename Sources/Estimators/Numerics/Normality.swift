// SPDX-License-Identifier: MIT

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The p-value of the Shapiro-Francia test that the values are a normal sample; `sorted` ascends.
///
/// W' is the squared correlation of the ordered values with the expected normal order statistics
/// (Shapiro and Francia 1972, doi:10.1080/01621459.1972.10481232); ln(1 - W') is about normal with
/// the mean and deviation of Royston 1993 (doi:10.1007/BF01891203), fitted for 5 to 5000 values; at
/// more it goes on finding ever smaller departures. 1 below five values, 0 where W' is no number:
/// all values equal, or squares that overflow.
package func shapiroFranciaPValue(sorted: [Double]) -> Double {
  let n = sorted.count
  guard n >= 5 else { return 1 }
  let mean = sorted.reduce(0, +) / Double(n)
  var (product, scores, squares) = (0.0, 0.0, 0.0)
  for (index, value) in sorted.enumerated() {
    let score = normalQuantile((Double(index) + 0.625) / (Double(n) + 0.25))
    product += score * (value - mean)
    scores += score * score
    squares += (value - mean) * (value - mean)
  }
  let departure = 1 - product / scores * (product / squares)
  guard departure < 1 else { return 0 }
  let logN = log(Double(n))
  let center = -1.2725 + 1.0521 * (log(logN) - logN)
  let deviation = 1.0308 - 0.26758 * (log(logN) + 2 / logN)
  // Rounding may put W' a little above 1.
  let z = (log(max(departure, Double.leastNormalMagnitude)) - center) / deviation
  return normalCDF(-z)
}
