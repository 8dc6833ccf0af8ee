// SPDX-License-Identifier: MIT

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The mean of the plug-in information over all n! ways to pair the rows of x with those of y.
///
/// With both margins held, a joint count is hypergeometric, so the mean that shuffling approaches
/// has a closed form (Vinh, Epps and Bailey 2010, JMLR 11:2837-2854, equation 24a):
///
///     sum over cells (a, b) of sum_k P(k | n, a, b) (k/n) ln( n k / (a b) ).
///
/// Exact, without a seed. Cost: one sum per pair of different margin counts, over the counts k
/// that are not negligible.
package func shuffledInformation(_ x: CountProfile, _ y: CountProfile) -> Double {
  var sum = 0.0
  for a in x.entries {
    for b in y.entries {
      sum += Double(a.cells * b.cells) * expectedTerm(a.count, b.count, total: x.total)
    }
  }
  return sum
}

/// The mean of (k/n) ln( n k / (a b) ) over the hypergeometric k.
///
/// Probabilities are relative to the mode's and follow from one another by their ratios, so no
/// factorial appears; beyond the point where they fall below 1e-24 the rest is left out.
private func expectedTerm(_ a: Int, _ b: Int, total: Int) -> Double {
  let n = Double(total)
  let product = Double(a) * Double(b)
  func term(_ k: Int) -> Double {
    k > 0 ? Double(k) / n * log(n * Double(k) / product) : 0
  }
  /// P(k + 1) / P(k)
  func ratio(_ k: Int) -> Double {
    Double(a - k) * Double(b - k) / (Double(k + 1) * Double(total - a - b + k + 1))
  }
  let lowest = max(0, a + b - total)
  let highest = min(a, b)
  let mode = min(highest, max(lowest, Int(Double(a + 1) * Double(b + 1) / Double(total + 2))))
  var mass = 1.0
  var mean = term(mode)
  var probability = 1.0
  var k = mode
  while k < highest, probability > 1e-24 {
    probability *= ratio(k)
    k += 1
    mass += probability
    mean += probability * term(k)
  }
  probability = 1
  k = mode
  while k > lowest, probability > 1e-24 {
    k -= 1
    probability /= ratio(k)
    mass += probability
    mean += probability * term(k)
  }
  return mean / mass
}
