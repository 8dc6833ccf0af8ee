// SPDX-License-Identifier: MIT

/// The step of the grid that values lie on.
enum GridStep {
  /// The largest step of which all differences of the values, ascending and different, are multiples;
  /// nil where there is none above the rounding of the numbers.
  ///
  /// Euclid's algorithm on the gaps, with remainders below the rounding taken for zero. After each
  /// change the step is made a fraction of the whole range, so that its error does not grow along the
  /// values. Where single precision holds all values, theirs is the rounding: 0.1 read from
  /// a float32 array is a multiple of 0.1 up to that.
  static func step(of values: [Double]) -> Double? {
    guard let low = values.first, let high = values.last, low < high else { return nil }
    let range = high - low
    guard range.isFinite else { return nil }
    let largest = max(abs(low), abs(high))
    let isSingle =
      largest < Double(Float.greatestFiniteMagnitude)
      && values.allSatisfy { Double(Float($0)) == $0 }
    let isWhole = values.allSatisfy { $0 == $0.rounded() } && largest < 0x1p53
    // Whole numbers are exact; others agree by chance below some roundings.
    let rounding =
      isWhole ? 0.25 : 2 * (isSingle ? Double(Float(largest).ulp) : largest.ulp)
    let least = isWhole ? 0.5 : 32 * rounding
    var step = range
    for index in 1..<values.count {
      var gap = values[index] - values[index - 1]
      // Multiples of the step carry its own error as many times as they hold it.
      while true {
        let remainder = abs(gap - (gap / step).rounded() * step)
        if remainder <= max(rounding, 1e-6 * step) { break }
        (gap, step) = (step, remainder)
        guard step >= least else { return nil }
      }
      step = range / (range / step).rounded()
    }
    guard step >= least else { return nil }
    let allLieOnIt = values.allSatisfy { value in
      let places = (value - low) / step
      return abs(places - places.rounded()) * step <= max(2 * rounding, 0.01 * step)
    }
    return allLieOnIt ? step : nil
  }
}
