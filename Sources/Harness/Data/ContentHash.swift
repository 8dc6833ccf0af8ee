// SPDX-License-Identifier: MIT

internal import EstimatorAPI

/// A 64-bit hash of a variable's values: the same numbers give the same hash from any file format.
///
/// FNV-1a over 64-bit words with a shift between steps, so that high bits reach low ones. It tells
/// data sets apart in a store; it is no protection against forgery.
struct ContentHash {
  private var state: UInt64 = 0xCBF2_9CE4_8422_2325

  mutating func add(_ word: UInt64) {
    state = (state ^ word) &* 0x9E37_79B9_7F4A_7C15
    state ^= state >> 32
  }

  /// 16 hexadecimal digits.
  var text: String {
    let digits = String(state, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  init(_ variable: Variable) {
    switch variable {
    case .samples(let samples):
      add(1)
      add(UInt64(samples.count))
      add(UInt64(samples.dimension))
      samples.withUnsafeValues { add($0) }
    case .labels(let labels):
      add(2)
      add(UInt64(labels.count))
      for code in labels.codes { add(UInt64(code)) }
      for name in labels.names {
        add(UInt64(name.utf8.count))
        for byte in name.utf8 { add(UInt64(byte)) }
      }
    }
  }

  /// The hash of bare numbers.
  init(_ numbers: [Double]) {
    add(4)
    add(UInt64(numbers.count))
    numbers.withUnsafeBufferPointer { add($0) }
  }

  /// The hash of whole numbers, such as the groups of rows.
  init(_ numbers: [Int]) {
    add(3)
    add(UInt64(numbers.count))
    for number in numbers { add(UInt64(bitPattern: Int64(number))) }
  }

  /// Four chains side by side, because one would wait for its multiplications.
  private mutating func add(_ values: UnsafeBufferPointer<Double>) {
    var (a, b, c, d) = (self, self, self, self)
    let whole = values.count / 4 * 4
    for i in stride(from: 0, to: whole, by: 4) {
      a.add(values[i].bitPattern)
      b.add(values[i + 1].bitPattern)
      c.add(values[i + 2].bitPattern)
      d.add(values[i + 3].bitPattern)
    }
    for i in whole..<values.count { a.add(values[i].bitPattern) }
    self = a
    for (index, chain) in [b, c, d].enumerated() {
      // A change in two chains must not cancel where they meet, so each is stirred on its own.
      var stirred = chain
      for _ in 0..<3 { stirred.add(UInt64(index + 1)) }
      for _ in 0..<3 { add(0) }
      add(stirred.state)
    }
  }
}
