// SPDX-License-Identifier: MIT

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The entropy of the observed shares p = c / n: H = -sum p ln p = ln n - (1/n) sum c ln c.
///
/// The maximum-likelihood estimate. Its expectation is never above the true entropy (Jensen), by
/// about (K - 1) / 2n for K cells. Cost: one logarithm for each different count.
package func plugInEntropy(_ profile: CountProfile) -> Double {
  let n = Double(profile.total)
  return log(n) - profile.sum { $0 * log($0) } / n
}
