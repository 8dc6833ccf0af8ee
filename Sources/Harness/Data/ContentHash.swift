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
      self = samples.withUnsafeValues { values in
        var hash = self
        for value in values { hash.add(value.bitPattern) }
        return hash
      }
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
}
