// SPDX-License-Identifier: MIT

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The coverage-adjusted Horvitz-Thompson entropy of Chao and Shen.
///
/// Chao and Shen 2003 (doi:10.1023/A:1026096204727). Turing's coverage C = 1 - f1/n, f1 the cells
/// seen once, scales the shares to q = C c/n, and each cell is weighted by the inverse of its
/// chance of being seen at all:
///
///     H = -sum q ln q / (1 - (1 - q)^n).
///
/// Where all rows are singletons C would be 0 and the estimate infinite; f1 = n - 1 then, as in
/// Hausser and Strimmer 2009. It needs no alphabet.
package func chaoShenEntropy(_ profile: CountProfile) -> Double {
  let n = Double(profile.total)
  let seenOnce = Double(min(profile.singletons, profile.total - 1))
  let coverage = 1 - seenOnce / n
  return profile.sum { count in
    let share = coverage * count / n
    let chanceSeen = -expm1(n * log1p(-share))
    return -share * log(share) / chanceSeen
  }
}
