// SPDX-License-Identifier: MIT

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Random numbers of the experiments: SplitMix64 (Steele, Lea and Flood 2014).
///
/// Of its own, as this module must run beside a plugin that has EstimatorAPI alone; the same seed
/// gives the same experiment on every machine.
struct ConformanceNoise {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0xD1B5_4A32_D192_ED03 }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// Uniform on [0, 1).
  mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// One of 0 ..< bound; the bias of the remainder is below 2^-60.
  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }

  /// Standard normal, by Box and Muller.
  mutating func normal() -> Double {
    (-2 * log(1 - uniform())).squareRoot() * cos(2 * Double.pi * uniform())
  }

  mutating func normals(_ count: Int) -> [Double] { (0..<count).map { _ in normal() } }

  /// A random order of 0 ..< count.
  mutating func permutation(_ count: Int) -> [Int] {
    var rows = Array(0..<count)
    for i in rows.indices { rows.swapAt(i, i + below(count - i)) }
    return rows
  }
}
