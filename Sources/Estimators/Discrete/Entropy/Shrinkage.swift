// SPDX-License-Identifier: MIT

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The entropy of shares shrunk toward uniform, p* = lambda/K + (1 - lambda) c/n.
///
/// Hausser and Strimmer 2009 (JMLR 10:1469-1484, arXiv:0811.3579), the James-Stein estimate with
///
///     lambda = (1 - sum p^2) / ((n - 1) sum (1/K - p)^2), cut to [0, 1],
///
/// over all K cells of the alphabet, empty ones included. Best where the truth is near uniform; it
/// overestimates entropies of skewed distributions with a large alphabet.
package func shrinkageEntropy(_ profile: CountProfile, alphabet: Double) -> Double {
  let n = Double(profile.total)
  let squares = profile.sum { ($0 / n) * ($0 / n) }
  // sum over all cells of (1/K - p)^2 = sum p^2 - 1/K
  let distance = (n - 1) * (squares - 1 / alphabet)
  let intensity = distance > 0 ? min(1, max(0, (1 - squares) / distance)) : 1
  let floor = intensity / alphabet
  let occupied = profile.sum { count in
    let share = floor + (1 - intensity) * count / n
    return -share * log(share)
  }
  let empty = alphabet - Double(profile.occupied)
  return occupied + (floor > 0 && empty > 0 ? -empty * floor * log(floor) : 0)
}
