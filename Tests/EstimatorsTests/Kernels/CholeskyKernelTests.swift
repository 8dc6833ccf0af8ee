// SPDX-License-Identifier: MIT

import CKernels
import Estimators
import Testing

@Suite("Cholesky, Gram and triangular kernels are their slow twins at every level")
struct CholeskyKernelTests {
  static let sizes = [0, 1, 2, 5, 16, 47, 48, 49, 97, 130]

  /// a'a of a random a with more rows than columns: positive definite.
  private func definite(_ n: Int, _ level: Level, random: inout RandomSource) -> [Double] {
    let rows = n + 5
    let a = random.normals(rows * n)
    var result = [Double](repeating: .nan, count: n * n)
    level.kernels.gram(a, Int64(n), &result, Int64(n), Int64(rows), Int64(n), 0.25)
    for i in 0..<n {
      for j in 0...i {
        let sum = (0..<rows).reduce(0.0) { level.add(a[$1 * n + i], a[$1 * n + j], to: $0) }
        #expect(result[i * n + j] == sum * 0.25)
      }
    }
    return result
  }

  @Test(arguments: Level.all)
  func `the factor is that of the textbook's loops`(level: Level) {
    var random = RandomSource(seed: 21)
    for n in Self.sizes {
      var m = definite(n, level, random: &random)
      var twin = m
      for j in 0..<n {
        for i in j..<n {
          var value = twin[i * n + j]
          for k in 0..<j { value = level.add(-twin[i * n + k], twin[j * n + k], to: value) }
          twin[i * n + j] = i == j ? value.squareRoot() : value / twin[j * n + j]
        }
      }
      #expect(level.kernels.cholesky(&m, Int64(n), Int64(n)))
      for i in 0..<n {
        for j in 0...i { #expect(m[i * n + j] == twin[i * n + j]) }
      }
    }
  }

  @Test(arguments: Level.all)
  func `a matrix that is not positive definite is refused`(level: Level) {
    var random = RandomSource(seed: 22)
    for (n, bad) in [(1, 0), (3, 2), (60, 0), (60, 59), (100, 70)] {
      for value in [0, -1, Double.nan] {
        var m = definite(n, level, random: &random)
        m[bad * n + bad] = value
        #expect(!level.kernels.cholesky(&m, Int64(n), Int64(n)), "\(n), \(bad), \(value)")
      }
    }
  }

  @Test(arguments: Level.all)
  func `solutions solve and have the same bits at every level`(level: Level) {
    var random = RandomSource(seed: 23)
    for n in Self.sizes {
      for columns in [0, 1, 3, 50] {
        var lower = [Double](repeating: .nan, count: n * n)
        for i in 0..<n {
          for j in 0..<i { lower[i * n + j] = random.normal() / Double(n) }
          lower[i * n + i] = 1 + random.uniform()
        }
        let b = random.normals(n * columns)
        let (x, z) = solutions(lower, b, n: n, columns: columns, level)
        for i in 0..<n {
          for c in 0..<columns {
            // L x = b row by row, then L' z = x.
            let left = (0...i).reduce(0.0) { $0 + lower[i * n + $1] * x[$1 * columns + c] }
            let right = (i..<n).reduce(0.0) { $0 + lower[$1 * n + i] * z[$1 * columns + c] }
            #expect(abs(left - b[i * columns + c]) < 1e-13 * Double(n + 1))
            #expect(abs(right - x[i * columns + c]) < 1e-13 * Double(n + 1))
          }
        }
        guard level.kernels.has_fma, let first = Level.fused.first else { continue }
        let other = solutions(lower, b, n: n, columns: columns, first)
        #expect(x == other.x && z == other.z, "\(n), \(columns)")
      }
    }
  }

  private func solutions(
    _ lower: [Double], _ b: [Double], n: Int, columns: Int, _ level: Level
  ) -> (x: [Double], z: [Double]) {
    var x = b
    level.kernels.solve_lower(
      lower, Int64(n), &x, Int64(columns), Int64(n), Int64(columns))
    var z = x
    level.kernels.solve_lower_transposed(
      lower, Int64(n), &z, Int64(columns), Int64(n), Int64(columns))
    return (x, z)
  }
}
