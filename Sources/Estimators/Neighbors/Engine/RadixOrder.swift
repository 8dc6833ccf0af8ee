// SPDX-License-Identifier: MIT

/// A column in ascending order: its values, and the row of each.
///
/// Least-significant-digit radix sort of the 64-bit patterns, in six passes of 11 bits; a pass in
/// which all keys share the digit is skipped. Equal values keep the order of their rows. Linear in
/// n: about 15 ns a value where a comparison sort with an index takes 80.
package struct RadixOrder: Sendable {
  /// The values, ascending.
  package let values: [Double]
  /// The row each value came from.
  package let rows: [Int32]

  package init(_ column: UnsafeBufferPointer<Double>) {
    let n = column.count
    let items = UnsafeMutableBufferPointer<Item>.allocate(capacity: 2 * n)
    let counts = UnsafeMutablePointer<Int32>.allocate(capacity: Self.passes * Self.radix)
    defer {
      items.deallocate()
      counts.deallocate()
    }
    counts.initialize(repeating: 0, count: Self.passes * Self.radix)
    guard var source = items.baseAddress else {
      values = []
      rows = []
      return
    }
    var target = source + n
    for i in 0..<n {
      let key = Self.key(column[i])
      source[i] = Item(key: key, row: Int32(truncatingIfNeeded: i))
      for pass in 0..<Self.passes { counts[pass &* Self.radix &+ Self.digit(key, pass)] &+= 1 }
    }
    for pass in 0..<Self.passes {
      let starts = counts + pass * Self.radix
      if starts[Self.digit(source[0].key, pass)] == Int32(n) { continue }
      var sum: Int32 = 0
      for digit in 0..<Self.radix {
        let count = starts[digit]
        starts[digit] = sum
        sum &+= count
      }
      for i in 0..<n {
        let item = source[i]
        let digit = Self.digit(item.key, pass)
        target[Int(starts[digit])] = item
        starts[digit] &+= 1
      }
      swap(&source, &target)
    }
    let sorted = source
    values = [Double](unsafeUninitializedCapacity: n) { buffer, initialized in
      for i in 0..<n { buffer[i] = Self.value(sorted[i].key) }
      initialized = n
    }
    rows = [Int32](unsafeUninitializedCapacity: n) { buffer, initialized in
      for i in 0..<n { buffer[i] = sorted[i].row }
      initialized = n
    }
  }

  private struct Item {
    var key: UInt64
    var row: Int32
  }

  private static let passes = 6
  private static let radix = 2048

  @inline(__always)
  private static func digit(_ key: UInt64, _ pass: Int) -> Int {
    Int(truncatingIfNeeded: (key &>> UInt64(pass &* 11)) & 2047)
  }

  /// Maps numbers to unsigned integers of the same order: flips all bits of a negative number and
  /// the sign of a positive one.
  @inline(__always)
  private static func key(_ value: Double) -> UInt64 {
    let bits = value.bitPattern
    return bits ^ (bits &>> 63 == 1 ? ~0 : 1 &<< 63)
  }

  @inline(__always)
  private static func value(_ key: UInt64) -> Double {
    Double(bitPattern: key ^ (key &>> 63 == 1 ? 1 &<< 63 : ~0))
  }
}
