// SPDX-License-Identifier: MIT

/// A continuous variable: `count` rows of `dimension` finite numbers.
///
/// Every number is finite by construction, so no estimator has to test for NaN: the throwing
/// initializers are the one place where shape and finiteness are checked.
public struct Samples: Sendable, Hashable {
  /// The number of rows n, at least 1.
  public let count: Int
  /// The number of columns d, at least 1.
  public let dimension: Int
  /// The numbers, row-major: row i is `values[i * dimension ..< (i + 1) * dimension]`.
  public let values: [Double]

  /// Creates samples from row-major numbers.
  ///
  /// - Parameters:
  ///   - values: `count * dimension` finite numbers.
  ///   - count: the number of rows, at least 1.
  ///   - dimension: the number of columns, at least 1.
  /// - Throws: `shapeMismatch` or `nonFinite`, the latter with the row and column.
  public init(rowMajor values: [Double], count: Int, dimension: Int) throws(EstimatorError) {
    guard count >= 1, dimension >= 1 else {
      throw .shapeMismatch("samples", found: "\(count) x \(dimension)", needed: "at least 1 x 1")
    }
    guard values.count == count * dimension else {
      throw .shapeMismatch(
        "samples", found: "\(values.count) numbers", needed: "\(count) x \(dimension)")
    }
    // x - x is 0 for finite x and NaN otherwise, and NaN survives the sum.
    let poison = values.withUnsafeBufferPointer { $0.reduce(into: 0.0) { $0 += $1 - $1 } }
    guard poison == 0 else {
      let at = values.firstIndex { !$0.isFinite } ?? 0
      throw .nonFinite(value: values[at], row: at / dimension, column: at % dimension)
    }
    self.init(unchecked: values, count: count, dimension: dimension)
  }

  /// Creates samples of one dimension.
  ///
  /// - Throws: as ``init(rowMajor:count:dimension:)``.
  public init(_ values: [Double]) throws(EstimatorError) {
    try self.init(rowMajor: values, count: values.count, dimension: 1)
  }

  /// For numbers that came out of checked samples and are finite for that reason.
  private init(unchecked values: [Double], count: Int, dimension: Int) {
    self.values = values
    self.count = count
    self.dimension = dimension
  }

  /// Lends the row-major numbers to `body` as a buffer, without a copy.
  ///
  /// Call it once per estimate and work inside: crossing the module border per element costs more
  /// than the arithmetic.
  public func withUnsafeValues<Result, Failure: Error>(
    _ body: (UnsafeBufferPointer<Double>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try values.withUnsafeBufferPointer(body)
  }

  /// The numbers of one column, in row order.
  public func column(_ index: Int) -> [Double] {
    precondition((0..<dimension).contains(index), "column \(index) of \(dimension)")
    return (0..<count).map { values[$0 * dimension + index] }
  }

  /// The rows at the given indices, in that order.
  ///
  /// - Complexity: O(rows x dimension).
  public func selecting(rows: [Int]) -> Samples {
    precondition(!rows.isEmpty, "selecting no rows")
    var selected: [Double] = []
    selected.reserveCapacity(rows.count * dimension)
    for row in rows {
      selected.append(contentsOf: values[row * dimension..<(row + 1) * dimension])
    }
    return Samples(unchecked: selected, count: rows.count, dimension: dimension)
  }
}
