// SPDX-License-Identifier: MIT

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The log density ratio of a Gaussian fitted to the training rows, in closed form.
///
/// A network starts from it and has to learn only what is not Gaussian (the idea of REMEDI: Nilsson
/// et al. 2024, arXiv:2402.05718).
///
/// With the canonical variables u, v and their correlations r,
///
///     T0(x, y) = sum over pairs of -ln(1 - r^2) / 2 - (r^2 (u^2 + v^2) - 2 r u v) / (2 (1 - r^2))
///
/// The correlations of a sample are too large; each is shrunk in the manner of James and Stein by
/// 1 - (1 - r^2) (dx dy / n) / sum r^2, and to 0 where that is negative, so that independent data
/// give T0 = 0. Any critic is a valid critic on held-out rows, so a wrong T0 costs tightness only.
package struct GaussianBaseline {
  /// Columns x pairs: standardized x to canonical variables, scaled by sqrt(r / (1 - r^2)).
  private let x: Matrix
  private let y: Matrix
  /// r of each pair, shrunk.
  private let correlations: [Double]

  /// The number of canonical pairs that are left.
  package var pairs: Int { correlations.count }

  /// Fits standardized rows; nil where there is nothing to gain: too few rows for the dimensions,
  /// too many dimensions, or no correlation left after shrinking.
  package init?(x: Buffer<Float>, y: Buffer<Float>, rows n: Int) {
    let (dx, dy) = (x.count / n, y.count / n)
    guard n >= 4 * (dx + dy), dx + dy <= Self.greatestDimension else { return nil }
    let canonical = CanonicalAnalysis(x: Self.matrix(x, rows: n), y: Self.matrix(y, rows: n))
    let squares = canonical.correlations.map { min($0 * $0, Self.greatestSquare) }
    let total = squares.reduce(0, +)
    let noise = Double(dx * dy) / Double(n)
    // Greatest first, so those that are left are the first ones.
    correlations = squares.map { $0.squareRoot() * (1 - (1 - $0) * noise / total) }
      .filter { $0 > 1e-3 }
    guard !correlations.isEmpty else { return nil }
    (self.x, self.y) = (
      Self.scaled(canonical.x, correlations), Self.scaled(canonical.y, correlations)
    )
  }

  /// The first columns, each times sqrt(r / (1 - r^2)).
  private static func scaled(_ map: Matrix, _ correlations: [Double]) -> Matrix {
    var result = map.block(rows: 0..<map.rows, columns: 0..<correlations.count)
    for (index, r) in correlations.enumerated() {
      let factor = (r / (1 - r * r)).squareRoot()
      for i in 0..<result.rows { result[i, index] *= factor }
    }
    return result
  }

  private static var greatestDimension: Int { 600 }
  /// Beyond it the ratio of a pair would reach over the range of float32.
  private static var greatestSquare: Double { 1 - 1e-7 }

  /// The parts of T0 that belong to one row: per row `pairs` numbers and a last one, so that T0 is
  /// the inner product of the first of x's and y's plus the two last.
  package func features(x values: Buffer<Float>, rows: Int) -> Buffer<Float> {
    features(values, rows: rows, x, constant: correlations.map { -log(1 - $0 * $0) / 2 })
  }

  /// The same of y.
  package func features(y values: Buffer<Float>, rows: Int) -> Buffer<Float> {
    features(values, rows: rows, y, constant: correlations.map { _ in 0 })
  }

  private func features(
    _ values: Buffer<Float>, rows: Int, _ map: Matrix, constant: [Double]
  ) -> Buffer<Float> {
    let projected = multiply(Self.matrix(values, rows: rows), map)
    let result = Buffer<Float>(rows * (pairs + 1))
    for i in 0..<rows {
      var own = 0.0
      for c in 0..<pairs {
        let value = projected[i, c]
        result.start[i * (pairs + 1) + c] = Float(value)
        // value^2 = u^2 r / (1 - r^2)
        own += constant[c] - correlations[c] * value * value / 2
      }
      result.start[i * (pairs + 1) + pairs] = Float(own)
    }
    return result
  }

  private static func matrix(_ values: Buffer<Float>, rows: Int) -> Matrix {
    Matrix(rows: rows, columns: values.count / rows, values: values.values.map(Double.init))
  }
}

/// Adds T0 to the scores of a network.
package struct BaselineScorer {
  private let width: Int
  private let product: Buffer<Float>
  private let ones: Buffer<Float>
  private let sums: Buffer<Float>

  /// Prepares for `rows` rows of features of `width` numbers, the last of which is the row's own.
  package init(rows: Int, width: Int) {
    self.width = width
    product = Buffer(rows * width)
    ones = Buffer([Double](repeating: 1, count: width))
    sums = Buffer(rows)
  }

  /// scores[k * rows + i] += T0(x_i, y_(i + shift k)).
  package func add(
    x: UnsafePointer<Float>, y: UnsafePointer<Float>, rows: Int, shifts: [Int],
    scores: UnsafeMutablePointer<Double>
  ) {
    for (k, shift) in shifts.enumerated() {
      multiplyRows(x, y, from: 0, count: rows - shift, offset: shift)
      multiplyRows(x, y, from: rows - shift, count: shift, offset: shift - rows)
      Float.multiply(
        product.start, transposed: false, vector: ones.start, into: sums.start, rows: rows,
        columns: width, adding: 0)
      let target = scores + k * rows
      for i in 0..<rows { target[i] += Double(sums.start[i]) }
    }
  }

  /// The products of the features of the rows that meet; the last feature is added, not multiplied.
  private func multiplyRows(
    _ x: UnsafePointer<Float>, _ y: UnsafePointer<Float>, from: Int, count: Int, offset: Int
  ) {
    guard count > 0 else { return }
    let a = x + from * width
    let b = y + (from + offset) * width
    let target = product.start + from * width
    for index in 0..<count &* width { target[index] = a[index] * b[index] }
    for last in stride(from: width - 1, to: count * width, by: width) {
      target[last] = a[last] + b[last]
    }
  }
}
