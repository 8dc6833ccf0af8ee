// SPDX-License-Identifier: MIT

/// Numbers with an owner: allocated once, before the first step, and freed with it.
///
/// A training step allocates nothing. The pointer is valid as long as the buffer lives.
package final class Buffer<Scalar: NetworkScalar> {
  /// How many numbers.
  package let count: Int
  /// The first of them.
  package let start: UnsafeMutablePointer<Scalar>

  /// `count` zeros.
  package init(_ count: Int) {
    self.count = count
    start = .allocate(capacity: max(count, 1))
    start.initialize(repeating: 0, count: max(count, 1))
  }

  /// The given numbers.
  package convenience init(_ values: [Double]) {
    self.init(values.count)
    for (index, value) in values.enumerated() { start[index] = Scalar(value) }
  }

  deinit { start.deallocate() }

  /// Takes over the numbers of a buffer of the same size.
  package func copy(_ other: Buffer) {
    precondition(count == other.count, "copying \(other.count) numbers into \(count)")
    start.update(from: other.start, count: count)
  }

  /// Sets all to zero.
  package func clear() { start.update(repeating: 0, count: count) }

  /// The numbers as an array.
  package var values: [Scalar] { Array(UnsafeBufferPointer(start: start, count: count)) }
}
