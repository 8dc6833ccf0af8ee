// SPDX-License-Identifier: MIT

/// The zero of a function that is negative at `low` and positive at `high`, by bisection.
///
/// It ends at the last bit, or where the ends are within `tolerance`.
func increasingRoot(
  between low: Double, and high: Double, tolerance: Double = 0, _ f: (Double) -> Double
) -> Double {
  var (low, high) = (low, high)
  for _ in 0..<100 {
    let middle = (low + high) / 2
    guard middle > low, middle < high, high - low > tolerance else { break }
    if f(middle) < 0 { low = middle } else { high = middle }
  }
  return (low + high) / 2
}
