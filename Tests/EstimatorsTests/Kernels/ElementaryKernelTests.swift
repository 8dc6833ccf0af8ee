// SPDX-License-Identifier: MIT

import CKernels
import Estimators
import Testing

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

@Suite("exp and ln of arrays are within an ulp, with the same bits at every level")
struct ElementaryKernelTests {
  private typealias Kernel =
    @convention(c) (
      UnsafeMutablePointer<Double>?, UnsafePointer<Double>?, Int64
    ) -> Void

  private static let specials: [Double] = [
    .infinity, -.infinity, .nan, 0, -0.0, 1, -1, -2, .leastNonzeroMagnitude,
    -.leastNonzeroMagnitude, 0x1p-1022, 0x1.fp-1030, 1e308,
    -1e308, 709.78, 709.79, 710, -708.4, -740, -745.1, -745.2, -746, 1e-17, -1e-17, 0x1p53,
    .greatestFiniteMagnitude,
  ]

  /// The places between two numbers of one sign, or 0 where both are NaN or the same infinity.
  private func ulps(_ a: Double, _ b: Double) -> UInt64 {
    if a.isNaN || b.isNaN { return a.isNaN && b.isNaN ? 0 : .max }
    if a.sign != b.sign { return a == b ? 0 : .max }
    let (p, q) = (a.magnitude.bitPattern, b.magnitude.bitPattern)
    return p > q ? p - q : q - p
  }

  /// `kernel` at numbers of all sizes beside libm's function, which itself errs by half an ulp.
  private func check(
    _ kernel: KeyPath<mi_kernels, Kernel?>, _ level: Level, _ numbers: [Double], most: UInt64,
    _ function: (Double) -> Double
  ) throws {
    let x = numbers + Self.specials
    let own = try #require(level.kernels[keyPath: kernel])
    var result = [Double](repeating: 0, count: x.count)
    own(&result, x, Int64(x.count))
    for (value, found) in zip(x, result) {
      let expected = function(value)
      #expect(ulps(found, expected) <= most, "at \(value): \(found), libm \(expected)")
    }
    // Each count has another tail; the result may lie where the numbers do, and ends where they do.
    for count in 0..<20 {
      var place = x
      place.withUnsafeMutableBufferPointer {
        own($0.baseAddress, UnsafePointer($0.baseAddress), Int64(count))
      }
      for i in x.indices {
        #expect(place[i].bitPattern == (i < count ? result[i] : x[i]).bitPattern)
      }
    }
    guard level.kernels.has_fma, let first = Level.fused.first else { return }
    var other = result
    let lowest = try #require(first.kernels[keyPath: kernel])
    lowest(&other, x, Int64(x.count))
    for (a, b) in zip(result, other) {
      #expect(a.bitPattern == b.bitPattern || a.isNaN && b.isNaN)
    }
  }

  @Test(arguments: Level.all)
  func exponentials(level: Level) throws {
    var random = RandomSource(seed: 31)
    let numbers = (0..<20000).map { i in
      (2 * random.uniform() - 1) * [1, 30, 745][i % 3]
    }
    try check(\.exponentials, level, numbers, most: 1, exp)
  }

  @Test(arguments: Level.all)
  func logarithms(level: Level) throws {
    var random = RandomSource(seed: 32)
    let numbers = (0..<20000).map { i in
      i % 2 == 0 ? exp(random.uniform() * 1450 - 740) : 1 + (random.uniform() - 0.5) / 2
    }
    try check(\.logarithms, level, numbers, most: 1, log)
  }

  @Test(arguments: Level.all)
  func logarithmsOfOnePlus(level: Level) throws {
    var random = RandomSource(seed: 33)
    let numbers = (0..<20000).map { i in
      let size = exp(random.uniform() * (i % 2 == 0 ? -700 : 40))
      return i % 4 < 2 ? size : -min(size, random.uniform())
    }
    try check(\.logarithms_one_plus, level, numbers, most: 2, log1p)
  }

  @Test(arguments: Level.all)
  func `sums of exponentials are those of eight lanes`(level: Level) {
    var random = RandomSource(seed: 34)
    for count in [0, 1, 7, 8, 9, 100, 1001] {
      let x = random.normals(count).map { 3 * $0 }
      for limit in [Double.infinity, 2] {
        let (shift, kernels) = (0.5, level.kernels)
        let shifted = x.map { max(-limit, min(limit, $0)) - shift }
        var terms = shifted
        kernels.exponentials(&terms, shifted, Int64(count))
        var lanes = [Double](repeating: 0, count: 8)
        for (i, term) in terms.enumerated() { lanes[i % 8] += term }
        let sum =
          ((lanes[0] + lanes[4]) + (lanes[2] + lanes[6]))
          + ((lanes[1] + lanes[5]) + (lanes[3] + lanes[7]))
        #expect(kernels.sum_exponentials(x, Int64(count), shift, limit) == sum)
      }
    }
    // A score that is no number makes the sum none.
    #expect(level.kernels.sum_exponentials([1, .nan], 2, 0, .infinity).isNaN)
  }
}
