// SPDX-License-Identifier: MIT

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The overlapping, tapered segments of a time series (Welch 1967, doi:10.1109/TAU.1967.1161901).
///
/// Segment s begins at row s * hop and has `length` rows; rows after the last whole segment are not
/// used.
package struct WelchSegments: Sendable {
  /// The rows of a segment, L; even.
  package let length: Int
  /// The rows from one segment's begin to the next one's.
  package let hop: Int
  /// The number of segments, K.
  package let count: Int
  /// The weight of each row of a segment.
  package let taper: [Double]

  /// Cuts `rows` rows into segments.
  package init(rows: Int, length: Int, overlap: Double, hann: Bool) {
    precondition(length >= 2 && length % 2 == 0 && overlap >= 0 && overlap < 1)
    self.length = length
    hop = max(1, Int((Double(length) * (1 - overlap)).rounded()))
    count = rows < length ? 0 : (rows - length) / hop + 1
    taper = (0..<length).map { t in
      hann ? pow(sin(.pi * (Double(t) + 0.5) / Double(length)), 2) : 1
    }
  }

  /// The frequencies of a segment: k / L for k from 0 to L / 2.
  package var frequencies: Int { length / 2 + 1 }

  /// The number of independent segments that would average out as much noise as these:
  /// K / (1 + 2 sum_j (1 - j / K) c_j), with c_j the squared correlation of the spectra of segments
  /// j hops apart where the series is white noise.
  package var effectiveCount: Double {
    guard count > 0 else { return 0 }
    let power = taper.reduce(0) { $0 + $1 * $1 }
    var sum = 0.0
    for j in stride(from: 1, to: min(count, (length - 1) / hop + 1), by: 1) {
      let lag = j * hop
      let shared = (0..<max(length - lag, 0)).reduce(0) { $0 + taper[$1] * taper[$1 + lag] }
      sum += (1 - Double(j) / Double(count)) * pow(shared / power, 2)
    }
    return Double(count) / (1 + 2 * sum)
  }

  /// The spectrum of every segment of the series less its mean: real and imaginary part of
  /// frequency k of segment s at 2 * (s * frequencies + k).
  package func spectra(_ series: [Double]) -> [Double] {
    let mean = series.reduce(0) { $0 + $1 / Double(series.count) }
    let plan = FourierPlan.of(.real(length: length))
    let input = AlignedNumbers(count: length)
    let output = AlignedNumbers(count: 2 * frequencies)
    var result: [Double] = []
    result.reserveCapacity(2 * frequencies * count)
    for s in 0..<count {
      for t in 0..<length { input.base[t] = taper[t] * (series[s * hop + t] - mean) }
      plan.execute(input, into: output)
      result.append(contentsOf: UnsafeBufferPointer(start: output.base, count: output.count))
    }
    return result
  }
}
