// SPDX-License-Identifier: MIT

/// The best of the fits along an interval by golden sections (Kiefer 1953, doi:10.1090/S0002-9939-1953-0055639-3),
/// for a score that has one maximum there.
///
/// - Parameters:
///   - interval: where the maximum is looked for.
///   - width: sections stop where the interval is no wider.
///   - score: what is maximized.
///   - fit: the fit at a place; nil where there is none.
/// - Returns: the fit at the lower of the last two places; nil where any fit is.
func bestByGoldenSections<Fit>(
  in interval: ClosedRange<Double>, until width: Double, score: (Fit) -> Double,
  fit: (Double) -> Fit?
) -> Fit? {
  let ratio = (5.0.squareRoot() - 1) / 2
  var (low, high) = (interval.lowerBound, interval.upperBound)
  var lower = high - ratio * (high - low)
  var upper = low + ratio * (high - low)
  guard var left = fit(lower) else { return nil }
  guard var right = fit(upper) else { return nil }
  while high - low > width {
    if score(left) >= score(right) {
      high = upper
      (upper, right) = (lower, left)
      lower = high - ratio * (high - low)
      guard let next = fit(lower) else { return nil }
      left = next
    } else {
      low = lower
      (lower, left) = (upper, right)
      upper = low + ratio * (high - low)
      guard let next = fit(upper) else { return nil }
      right = next
    }
  }
  return left
}
