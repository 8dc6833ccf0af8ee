// SPDX-License-Identifier: MIT

import Synchronization

/// A continuous variable: `count` rows of `dimension` finite numbers.
///
/// Every number is finite by construction, so no estimator has to test for NaN: the throwing
/// initializers are the one place where shape and finiteness are checked.
public struct Samples: Sendable, Hashable {
  /// The number of rows n, at least 1.
  public let count: Int
  /// The number of columns d, at least 1.
  public let dimension: Int
  private let numbers: Numbers

  /// The numbers, row-major: row i is `values[i * dimension ..< (i + 1) * dimension]`.
  ///
  /// Of borrowed memory this is a copy, made when first asked for; ``withUnsafeValues(_:)`` makes
  /// none.
  public var values: [Double] {
    switch numbers {
    case .owned(let values): values
    case .borrowed(let memory): memory.copy
    }
  }

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
    try values.withUnsafeBufferPointer { (values) throws(EstimatorError) in
      try Self.checkFinite(values, dimension: dimension)
    }
    self.init(unchecked: .owned(values), count: count, dimension: dimension)
  }

  /// Creates samples that borrow the caller's memory, without a copy.
  ///
  /// The memory must outlive every copy of these samples, and nobody may write to it meanwhile.
  ///
  /// - Throws: `shapeMismatch` or `nonFinite`, the latter with the row and column.
  package init(
    borrowing values: UnsafeBufferPointer<Double>, count: Int, dimension: Int
  ) throws(EstimatorError) {
    guard count >= 1, dimension >= 1, values.count == count * dimension else {
      throw .shapeMismatch(
        "samples", found: "\(values.count) numbers", needed: "\(count) x \(dimension)")
    }
    try Self.checkFinite(values, dimension: dimension)
    self.init(unchecked: .borrowed(BorrowedNumbers(values)), count: count, dimension: dimension)
  }

  private static func checkFinite(
    _ values: UnsafeBufferPointer<Double>, dimension: Int
  ) throws(EstimatorError) {
    // x - x is 0 for finite x and NaN otherwise, and NaN survives the sum.
    guard values.reduce(into: 0.0, { $0 += $1 - $1 }) != 0 else { return }
    let at = values.firstIndex { !$0.isFinite } ?? 0
    throw .nonFinite(value: values[at], row: at / dimension, column: at % dimension)
  }

  /// Creates samples of one dimension.
  ///
  /// - Throws: as ``init(rowMajor:count:dimension:)``.
  public init(_ values: [Double]) throws(EstimatorError) {
    try self.init(rowMajor: values, count: values.count, dimension: 1)
  }

  /// For numbers that came out of checked samples and are finite for that reason.
  private init(unchecked numbers: Numbers, count: Int, dimension: Int) {
    self.numbers = numbers
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
    switch numbers {
    case .owned(let values): try values.withUnsafeBufferPointer(body)
    case .borrowed(let memory): try body(memory.buffer)
    }
  }

  /// The numbers of one column, in row order.
  public func column(_ index: Int) -> [Double] {
    precondition((0..<dimension).contains(index), "column \(index) of \(dimension)")
    return withUnsafeValues { values in (0..<count).map { values[$0 * dimension + index] } }
  }

  /// The rows at the given indices, in that order.
  ///
  /// - Complexity: O(rows x dimension).
  public func selecting(rows: [Int]) -> Samples {
    precondition(!rows.isEmpty, "selecting no rows")
    var selected: [Double] = []
    selected.reserveCapacity(rows.count * dimension)
    withUnsafeValues { values in
      for row in rows {
        selected.append(contentsOf: values[row * dimension..<(row + 1) * dimension])
      }
    }
    return Samples(unchecked: .owned(selected), count: rows.count, dimension: dimension)
  }
}

extension Samples {
  /// The same shape and the same numbers.
  public static func == (left: Samples, right: Samples) -> Bool {
    guard left.count == right.count, left.dimension == right.dimension else { return false }
    return left.withUnsafeValues { left in right.withUnsafeValues { left.elementsEqual($0) } }
  }

  /// Hashes shape and numbers.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(count)
    hasher.combine(dimension)
    withUnsafeValues { for value in $0 { hasher.combine(value) } }
  }

  private enum Numbers: Sendable {
    case owned([Double])
    case borrowed(BorrowedNumbers)
  }
}

/// Memory borrowed from its owner.
///
/// Unchecked: nobody writes to the memory while it is borrowed.
private final class BorrowedNumbers: @unchecked Sendable {
  let buffer: UnsafeBufferPointer<Double>
  private let made = Mutex<[Double]?>(nil)

  init(_ buffer: UnsafeBufferPointer<Double>) { self.buffer = buffer }

  var copy: [Double] {
    made.withLock { made in
      if let made { return made }
      let copy = Array(buffer)
      made = copy
      return copy
    }
  }
}
