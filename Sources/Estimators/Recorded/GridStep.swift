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
      isWhole ? 0 : 2 * (isSingle ? Double(Float(largest).ulp) : largest.ulp)
    let least = isWhole ? 0.5 : 32 * rounding
    // Each number with the error that it carries: a remainder has that of the gap, and that of the step
    // as many times as the gap holds it.
    var step = (size: range, error: rounding)
    for index in 1..<values.count {
      var gap = (size: values[index] - values[index - 1], error: rounding)
      while true {
        let multiple = (gap.size / step.size).rounded()
        let remainder = abs(gap.size - multiple * step.size)
        let error = gap.error + multiple * step.error
        if remainder <= max(error, 1e-6 * step.size) { break }
        (gap, step) = (step, (remainder, error))
        guard step.size >= least else { return nil }
      }
      let places = (range / step.size).rounded()
      step = (range / places, rounding / places)
    }
    return liesOnGrid(values, step: step.size, rounding: rounding) ? step.size : nil
  }

  /// Whether all values are within a hundredth of a step of a multiple of it from the first.
  private static func liesOnGrid(_ values: [Double], step: Double, rounding: Double) -> Bool {
    values.allSatisfy { value in
      let places = (value - values[0]) / step
      return abs(places - places.rounded()) * step <= max(2 * rounding, 0.01 * step)
    }
  }
}
