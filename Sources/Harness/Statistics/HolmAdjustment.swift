// SPDX-License-Identifier: MIT

/// P-values adjusted for their number by Holm's step-down rule (Holm 1979, jstor.org/stable/4615733).
///
/// Calling every hypothesis with an adjusted value below alpha false is wrong anywhere with
/// probability at most alpha, whatever the dependence between the tests. The i-th smallest of m
/// values becomes max over j <= i of (m - j + 1) p_j, at most 1.
///
/// - Parameter pValues: p-values in any order, between 0 and 1.
/// - Returns: the adjusted values in the same order.
public func holmAdjusted(_ pValues: [Double]) -> [Double] {
  let order = pValues.indices.sorted { pValues[$0] < pValues[$1] }
  var adjusted = pValues
  var largest = 0.0
  for (position, index) in order.enumerated() {
    largest = max(largest, min(1, Double(pValues.count - position) * pValues[index]))
    adjusted[index] = largest
  }
  return adjusted
}
