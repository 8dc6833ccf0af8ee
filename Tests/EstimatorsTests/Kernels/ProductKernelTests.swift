// SPDX-License-Identifier: MIT

import CKernels
import Estimators
import Testing

@Suite("Products are chains of fused additions at every level")
struct ProductKernelTests {
  /// Rows, columns and inner length: none, one, odd, beyond a tile, beyond a block.
  static let shapes: [(Int, Int, Int)] = [
    (0, 3, 4), (3, 0, 4), (3, 5, 0), (1, 1, 1), (1, 7, 3), (2, 1, 9), (4, 4, 4), (7, 13, 5),
    (8, 48, 3), (9, 49, 17), (13, 33, 255), (5, 17, 256), (12, 16, 257), (31, 97, 40), (3, 300, 2),
    (17, 140, 520), (65, 8, 8),
  ]

  @Test(arguments: Level.all)
  func `of matrices of float64`(level: Level) {
    var random = RandomSource(seed: 11)
    let product: Product<Double> = { a, b, c, rows, columns, inner, beta in
      level.kernels.product_d(
        a.values, Int64(a.pitch), a.isTransposed, b.values, Int64(b.pitch), b.isTransposed,
        &c.values, Int64(c.pitch), Int64(rows), Int64(columns), Int64(inner), beta)
    }
    check(level, random: &random, product)
  }

  @Test(arguments: Level.all)
  func `of matrices of float32`(level: Level) {
    var random = RandomSource(seed: 12)
    let product: Product<Float> = { a, b, c, rows, columns, inner, beta in
      level.kernels.product_f(
        a.values, Int64(a.pitch), a.isTransposed, b.values, Int64(b.pitch), b.isTransposed,
        &c.values, Int64(c.pitch), Int64(rows), Int64(columns), Int64(inner), beta)
    }
    check(level, random: &random, product)
  }

  private typealias Product<Number: BinaryFloatingPoint> = (
    Operand<Number>, Operand<Number>, inout Operand<Number>, Int, Int, Int, Number
  ) -> Void

  /// Compares with the loops of the definition, and that nothing beside the result is touched.
  private func check<Number: BinaryFloatingPoint>(
    _ level: Level, random: inout RandomSource, _ product: Product<Number>
  ) {
    for (rows, columns, inner) in Self.shapes {
      for transposes in 0..<4 {
        for beta in [0, 1, 0.375] as [Number] {
          let a = Operand<Number>(
            rows, inner, isTransposed: transposes & 1 == 1, random: &random)
          let b = Operand<Number>(
            inner, columns, isTransposed: transposes & 2 == 2, random: &random)
          var c = Operand<Number>(rows, columns, isTransposed: false, random: &random)
          if beta == 0 {
            for i in 0..<rows {
              for j in 0..<columns { c[i, j] = .nan }
            }
          }
          var twin = c
          for i in 0..<rows {
            for j in 0..<columns {
              var sum = beta == 0 ? 0 : beta * c[i, j]
              for k in 0..<inner { sum = level.add(a[i, k], b[k, j], to: sum) }
              twin[i, j] = sum
            }
          }
          product(a, b, &c, rows, columns, inner, beta)
          #expect(
            c.values == twin.values,
            "\(rows) x \(columns) x \(inner), transposes \(transposes), beta \(beta)")
        }
      }
    }
  }

  @Test(arguments: Level.all, [false, true])
  func `of a matrix and a vector`(level: Level, isTransposed: Bool) {
    var random = RandomSource(seed: 13)
    for (rows, columns) in [(0, 3), (3, 0), (1, 1), (7, 5), (8, 16), (9, 33), (100, 63), (17, 200)]
    {
      for beta in [0, 1, 0.375] {
        // A is rows x columns as it lies; what is multiplied is A or its transpose.
        let a = Operand<Double>(rows, columns, isTransposed: false, random: &random)
        let (outputs, inner) = isTransposed ? (columns, rows) : (rows, columns)
        let v = random.normals(inner)
        var y = random.normals(outputs)
        var narrow = y.map { Float($0) }
        let (twin, narrowTwin) = (
          chains(y, inner: inner, beta: beta, level) { i, k in
            (isTransposed ? a[k, i] : a[i, k], v[k])
          },
          chains(narrow, inner: inner, beta: Float(beta), level) { i, k in
            (Float(isTransposed ? a[k, i] : a[i, k]), Float(v[k]))
          }
        )
        level.kernels.product_vector_d(
          a.values, Int64(a.pitch), isTransposed, v, &y, Int64(rows), Int64(columns), beta)
        level.kernels.product_vector_f(
          a.values.map { Float($0) }, Int64(a.pitch), isTransposed, v.map { Float($0) }, &narrow,
          Int64(rows), Int64(columns), Float(beta))
        #expect(y == twin && narrow == narrowTwin, "\(rows) x \(columns), beta \(beta)")
      }
    }
  }

  private func chains<Number: BinaryFloatingPoint>(
    _ start: [Number], inner: Int, beta: Number, _ level: Level,
    _ factors: (Int, Int) -> (Number, Number)
  ) -> [Number] {
    start.indices.map { i in
      var sum = beta == 0 ? 0 : beta * start[i]
      for k in 0..<inner {
        let (a, b) = factors(i, k)
        sum = level.add(a, b, to: sum)
      }
      return sum
    }
  }
}
