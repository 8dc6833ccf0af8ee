// SPDX-License-Identifier: MIT

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The jackknifed plug-in entropy, n H - (n - 1) times the mean of H over samples without one row.
///
/// Zahl 1977 (doi:10.2307/1936227). Written out, the large terms cancel on paper: with
/// f(c) = c ln c - (c - 1) ln(c - 1),
///
///     H = f(n) - (1/n) sum c f(c).
///
/// It removes the 1/n term of the bias and raises the variance.
package func jackknifeEntropy(_ profile: CountProfile) -> Double {
  let n = Double(profile.total)
  return gain(n) - profile.sum { $0 * gain($0) } / n
}

/// c ln c - (c - 1) ln(c - 1), without the cancellation; 0 for c = 1.
private func gain(_ c: Double) -> Double {
  c > 1 ? log(c) - (c - 1) * log1p(-1 / c) : 0
}
