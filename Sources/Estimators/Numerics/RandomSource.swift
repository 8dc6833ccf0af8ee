// SPDX-License-Identifier: MIT

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The random numbers of the package: xoshiro256++ (Blackman and Vigna 2021,
/// doi:10.1145/3460772), seeded through SplitMix64.
///
/// A stream is named by a seed and the numbers of what it is for, so that parallel work draws from
/// streams of its own and the result does not depend on who ran first.
public struct RandomSource: RandomNumberGenerator, Sendable {
  private var state: (UInt64, UInt64, UInt64, UInt64)
  private var spareNormal: Double?

  /// The stream of `seed` for the purpose named by `path`, for example (trial, replicate).
  public init(seed: UInt64, _ path: UInt64...) {
    var mixer = SplitMix64(state: seed)
    for step in path { mixer = SplitMix64(state: mixer.next() ^ (step &* 0xD1B5_4A32_D192_ED03)) }
    state = (mixer.next(), mixer.next(), mixer.next(), mixer.next())
  }

  /// The next 64 random bits.
  public mutating func next() -> UInt64 {
    let result = rotated(state.0 &+ state.3, by: 23) &+ state.0
    let shifted = state.1 << 17
    state.2 ^= state.0
    state.3 ^= state.1
    state.1 ^= state.2
    state.0 ^= state.3
    state.2 ^= shifted
    state.3 = rotated(state.3, by: 45)
    return result
  }

  /// A number of the uniform distribution on [0, 1), with 53 random bits.
  public mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// A standard normal number, by Marsaglia's polar method.
  public mutating func normal() -> Double {
    if let spare = spareNormal {
      spareNormal = nil
      return spare
    }
    while true {
      let u = 2 * uniform() - 1
      let v = 2 * uniform() - 1
      let square = u * u + v * v
      guard square > 0, square < 1 else { continue }
      let factor = (-2 * log(square) / square).squareRoot()
      spareNormal = v * factor
      return u * factor
    }
  }

  /// `count` standard normal numbers.
  public mutating func normals(_ count: Int) -> [Double] { (0..<count).map { _ in normal() } }

  /// A whole number of 0 ..< bound, without bias.
  public mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &self) }

  /// `size` different numbers of 0 ..< count in random order: a draw without replacement.
  public mutating func subset(_ size: Int, of count: Int) -> [Int] {
    precondition(size <= count, "\(size) rows of \(count) without replacement")
    guard size > count / 16 else { return sparseSubset(size, of: count) }
    var rows = Array(0..<count)
    for i in 0..<size { rows.swapAt(i, i + below(count - i)) }
    return Array(rows.prefix(size))
  }

  /// The same rows as the swaps of ``subset(_:of:)`` make, in memory for those drawn: of the others
  /// only what was moved is kept.
  private mutating func sparseSubset(_ size: Int, of count: Int) -> [Int] {
    var moved: [Int: Int] = [:]
    return (0..<size).map { i in
      let other = i + below(count - i)
      let row = moved[other] ?? other
      moved[other] = moved[i] ?? i
      moved[i] = nil
      return row
    }
  }

  /// A random order of 0 ..< count.
  public mutating func permutation(_ count: Int) -> [Int] { subset(count, of: count) }
}

/// Steele, Lea and Flood 2014: spreads a seed over 64 bits.
private struct SplitMix64 {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

private func rotated(_ bits: UInt64, by count: UInt64) -> UInt64 {
  (bits << count) | (bits >> (64 - count))
}
