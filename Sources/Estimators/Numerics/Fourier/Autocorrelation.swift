// SPDX-License-Identifier: MIT

/// The autocorrelation of one or several columns of the same rows.
enum Autocorrelation {
  /// r(k) = sum_c sum_t x_c(t) x_c(t + k) / sum_c sum_t x_c(t)^2 of centered columns, k from 0 on.
  ///
  /// Up to a third of the rows; nil where all columns are constant. By the Fourier transform,
  /// O(n log n) per column.
  static func of(_ columns: [[Double]]) -> [Double]? {
    let n = columns[0].count
    var length = 2
    while length < 2 * n { length *= 2 }
    let plan = FourierPlan.of(.real(length: length))
    let series = AlignedNumbers(count: length)
    let spectrum = AlignedNumbers(count: length + 2)
    var power = [Double](repeating: 0, count: length / 2 + 1)
    for column in columns {
      let mean = column.reduce(0, +) / Double(n)
      for row in 0..<n { series.base[row] = column[row] - mean }
      plan.execute(series, into: spectrum)
      for k in power.indices {
        let (re, im) = (spectrum.base[2 * k], spectrum.base[2 * k + 1])
        power[k] += re * re + im * im
      }
    }
    // The power is real and even, so the transform back is the transform.
    for k in 0..<length { series.base[k] = power[min(k, length - k)] }
    plan.execute(series, into: spectrum)
    let variance = spectrum.base[0]
    guard variance > 1e-12 * power.reduce(0, +), variance.isFinite else { return nil }
    return (0..<max(n / 3, 2)).map { spectrum.base[2 * $0] / variance }
  }
}
