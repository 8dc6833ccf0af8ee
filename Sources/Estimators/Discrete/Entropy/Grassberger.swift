// SPDX-License-Identifier: MIT

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Grassberger's entropy H = ln n - (1/n) sum c G(c).
///
/// With G(c) = psi(c) + (-1)^c [psi((c + 1)/2) - psi(c/2)] / 2. Grassberger, "Entropy estimates
/// from insufficient samplings" (2003), arXiv:physics/0307138, equations 27 to 35. c G(c) is nearly
/// unbiased for n p ln(n p) under Poisson counts, down to small counts, and needs no alphabet.
package func grassbergerEntropy(_ profile: CountProfile) -> Double {
  let n = Double(profile.total)
  return log(n) - profile.sum { $0 * grassbergerG($0) } / n
}

/// G(c): equal for 2m and 2m + 1, where the duplication formula of psi gives
/// 2 psi(2m) - psi(m) - ln 2; and G(1) = -gamma - ln 2.
private func grassbergerG(_ c: Double) -> Double {
  let half = (c / 2).rounded(.down)
  let ln2 = 0.693147180559945309417232121458
  return half > 0 ? 2 * digamma(2 * half) - digamma(half) - ln2 : digamma(1) - ln2
}
