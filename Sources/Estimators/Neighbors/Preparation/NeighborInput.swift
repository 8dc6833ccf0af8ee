// SPDX-License-Identifier: MIT

import EstimatorAPI

/// What happens to a continuous side before neighbors are sought: nothing where its values differ and
/// lie on no grid, unless asked for.
package struct NeighborInput: Sendable {
  /// The points the distances are taken between.
  let points: Columns
  /// The columns that were spread because their values tie.
  let spread: [TiedColumn]

  /// Checks the columns, spreads those that tie, standardizes and jitters, as the parameters say and in
  /// that order.
  ///
  /// The jitter is uniform on (-a, a) times the standard deviation of the column (n - 1 below),
  /// drawn row by row from the stream (seed, side, column).
  ///
  /// - Throws: `constantColumn`, naming the column by `side`, or `repeatedRows` by `ties=refuse`.
  init(
    _ original: Samples, side: String, stream: UInt64, parameters: ParameterValues, seed: UInt64
  ) throws(EstimatorError) {
    var points = Columns(original)
    try Self.checkSpread(points, side: side)
    let rule = try TieRule(parameters)
    let tied = rule == .exact ? [] : TiedColumn.columns(of: original, side: side)
    if rule == .refuse, let first = tied.first { throw first.refusal }
    let samples = try original.dequantized(tied, side: stream, seed: seed)
    if !tied.isEmpty { points = Columns(samples) }
    spread = tied
    if try parameters.text("scale") == "standardize" {
      points = Self.columns(try standardized(samples, side: side))
    }
    let jitter = try parameters.number("jitter")
    if jitter > 0 {
      let deviations = try Self.deviations(points)
      for c in 0..<points.dimension {
        var random = RandomSource(seed: seed, 0x6A69_7474_6572, stream, UInt64(c))
        let amplitude = jitter * deviations[c]
        for i in 0..<points.count {
          points.values[c * points.count + i] += amplitude * (2 * random.uniform() - 1)
        }
      }
    }
    self.points = points
  }

  /// Refuses columns of one value, and those whose differences overflow.
  private static func checkSpread(_ points: Columns, side: String) throws(EstimatorError) {
    for c in 0..<points.dimension {
      var low = Double.infinity
      var high = -Double.infinity
      points.values.withUnsafeBufferPointer { values in
        for value in values[c * points.count..<(c + 1) * points.count] {
          low = value < low ? value : low
          high = value > high ? value : high
        }
      }
      if low == high { throw .constantColumn(side: side, column: c, value: low) }
      guard (high - low).isFinite else {
        throw EstimatorError(
          .failed,
          "Column \(c) of \(side) (counted from 0) goes from \(low) to \(high); distances above "
            + "\(Double.greatestFiniteMagnitude) have no number. Divide the column.")
      }
    }
  }

  private static func columns(_ matrix: Matrix) -> Columns {
    let transposed = matrix.transposed
    return Columns(
      values: transposed.values, count: matrix.rows, dimension: matrix.columns)
  }

  /// The standard deviation of each column, around its mean.
  private static func deviations(_ points: Columns) throws(EstimatorError) -> [Double] {
    var result: [Double] = []
    for c in 0..<points.dimension {
      let column = points.values[c * points.count..<(c + 1) * points.count]
      let mean = column.reduce(0) { $0 + $1 / Double(points.count) }
      let variance = column.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      let deviation = (variance / Double(points.count - 1)).squareRoot()
      guard deviation.isFinite else {
        throw EstimatorError(
          .failed,
          "Column \(c) (counted from 0) is too large to jitter: its variance overflows; use "
            + "-p scale=standardize.")
      }
      result.append(deviation)
    }
    return result
  }
}
