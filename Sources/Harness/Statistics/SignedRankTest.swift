// SPDX-License-Identifier: MIT

import Estimators

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The two-sided p-value of Wilcoxon's signed-rank test that paired differences are symmetric
/// around zero (Wilcoxon 1945, doi:10.2307/3001968).
///
/// Zero differences are dropped; equal magnitudes share their mean rank. Infinite differences are
/// allowed and rank highest: a task that one estimator fails and the other answers counts as the
/// largest difference, not as none. Up to 50 differences the null distribution given the ranks is
/// exact, ties included; beyond that it is the normal approximation with the correction for ties.
///
/// - Parameter differences: one number a pair, no NaN.
/// - Returns: the p-value; 1 where all differences are zero or there are none.
/// - Complexity: O(m^3) for m <= 50 differences, O(m log m) beyond.
public func signedRankPValue(_ differences: [Double]) -> Double {
  precondition(!differences.contains { $0.isNaN }, "a difference is NaN")
  let nonzero = differences.filter { $0 != 0 }
  guard !nonzero.isEmpty else { return 1 }
  let ranks = averageRanks(nonzero.map(abs))
  // Mean ranks are multiples of one half, so twice a rank is a whole number.
  let doubled = ranks.map { Int((2 * $0).rounded()) }
  let positive = zip(nonzero, doubled).reduce(0) { $1.0 > 0 ? $0 + $1.1 : $0 }
  let total = doubled.reduce(0, +)
  let smaller = min(positive, total - positive)
  if nonzero.count <= 50 {
    return min(1, 2 * shareOfSubsets(of: doubled, withSumAtMost: smaller))
  }
  // Each rank enters with probability 1/2: variance = sum of squared ranks / 4.
  let variance = ranks.reduce(0) { $0 + $1 * $1 } / 4
  let z = (Double(smaller) - Double(total) / 2) / 2 / variance.squareRoot()
  return min(1, erfc(-z / 2.0.squareRoot()))
}

/// The share of all 2^m subsets of whole numbers whose sum is at most `limit`.
///
/// Dynamic programming over sums; shares instead of counts, since 2^50 subsets of equal weight lose
/// nothing in a Double.
private func shareOfSubsets(of numbers: [Int], withSumAtMost limit: Int) -> Double {
  var share = [Double](repeating: 0, count: limit + 1)
  share[0] = 1
  for number in numbers {
    for sum in stride(from: limit, through: 0, by: -1) {
      share[sum] = 0.5 * (share[sum] + (sum >= number ? share[sum - number] : 0))
    }
  }
  return share.reduce(0, +)
}

/// The sum of the signed ranks of the nonzero differences: the direction of ``signedRankPValue(_:)``.
///
/// It is negative where the negative differences weigh more.
public func signedRankSum(_ differences: [Double]) -> Double {
  let nonzero = differences.filter { $0 != 0 }
  guard !nonzero.isEmpty else { return 0 }
  return zip(nonzero, averageRanks(nonzero.map(abs))).reduce(0) { sum, pair in
    pair.0 > 0 ? sum + pair.1 : sum - pair.1
  }
}
