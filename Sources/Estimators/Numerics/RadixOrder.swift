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
    let items = RadixItems<KeyAndRow>(count: n) {
      KeyAndRow(radixKey: radixKey(column[$0]), row: Int32(truncatingIfNeeded: $0))
    }
    values = items.values
    rows = items.withSorted { sorted in
      [Int32](unsafeUninitializedCapacity: n) { buffer, initialized in
        for i in 0..<n { buffer[i] = sorted[i].row }
        initialized = n
      }
    }
  }
}

/// The values in ascending order.
package func radixSorted(_ values: [Double]) -> [Double] {
  values.withUnsafeBufferPointer { column in
    RadixItems<BareKey>(count: column.count) {
      BareKey(radixKey: radixKey(column[$0]))
    }.values
  }
}

private protocol RadixItem: BitwiseCopyable {
  var radixKey: UInt64 { get }
}

private struct KeyAndRow: RadixItem {
  var radixKey: UInt64
  var row: Int32
}

private struct BareKey: RadixItem {
  var radixKey: UInt64
}

/// Items in memory of their own, sorted when made.
private struct RadixItems<Item: RadixItem> {
  private let memory: LargeBuffer<Item>
  private let count: Int
  private let sorted: UnsafeMutablePointer<Item>

  init(count n: Int, _ item: (Int) -> Item) {
    count = n
    memory = LargeBuffer(Item.self, capacity: 2 * n)
    let counts = UnsafeMutablePointer<Int32>.allocate(capacity: radixPasses * radix)
    defer { counts.deallocate() }
    counts.initialize(repeating: 0, count: radixPasses * radix)
    let start = memory.values.baseAddress.unsafelyUnwrapped
    var (source, target) = (start, start + n)
    for i in 0..<n {
      source[i] = item(i)
      let key = source[i].radixKey
      for pass in 0..<radixPasses { counts[pass &* radix &+ digit(key, pass)] &+= 1 }
    }
    for pass in 0..<radixPasses where n > 0 {
      let starts = counts + pass * radix
      if starts[digit(source[0].radixKey, pass)] == Int32(n) { continue }
      var sum: Int32 = 0
      for digit in 0..<radix {
        let count = starts[digit]
        starts[digit] = sum
        sum &+= count
      }
      for i in 0..<n {
        let item = source[i]
        let digit = digit(item.radixKey, pass)
        target[Int(starts[digit])] = item
        starts[digit] &+= 1
      }
      swap(&source, &target)
    }
    sorted = source
  }

  /// Lends the items in ascending order.
  func withSorted<Result>(_ body: (UnsafePointer<Item>) -> Result) -> Result {
    withExtendedLifetime(memory) { body(sorted) }
  }

  /// The values in ascending order.
  var values: [Double] {
    withSorted { sorted in
      [Double](unsafeUninitializedCapacity: count) { buffer, initialized in
        for i in 0..<count { buffer[i] = radixValue(sorted[i].radixKey) }
        initialized = count
      }
    }
  }
}

private let radixPasses = 6
private let radix = 2048

@inline(__always)
private func digit(_ key: UInt64, _ pass: Int) -> Int {
  Int(truncatingIfNeeded: (key &>> UInt64(pass &* 11)) & 2047)
}

/// Maps numbers to unsigned integers of the same order: flips all bits of a negative number and
/// the sign of a positive one.
@inline(__always)
private func radixKey(_ value: Double) -> UInt64 {
  let bits = value.bitPattern
  return bits ^ (bits &>> 63 == 1 ? ~0 : 1 &<< 63)
}

@inline(__always)
private func radixValue(_ key: UInt64) -> Double {
  Double(bitPattern: key ^ (key &>> 63 == 1 ? 1 &<< 63 : ~0))
}
