// SPDX-License-Identifier: MIT

/// A mixture of Gaussians with full covariances.
struct GaussianMixture: Sendable {
  let weights: [Double]
  let means: [[Double]]
  let covariances: [Matrix]
  let factors: [Cholesky]

  /// Nil where a covariance is not positive definite.
  init?(weights: [Double], means: [[Double]], covariances: [Matrix]) {
    let factors = covariances.compactMap { Cholesky($0) }
    guard factors.count == covariances.count else { return nil }
    self.weights = weights
    self.means = means
    self.covariances = covariances
    self.factors = factors
  }

  /// The number of components.
  var count: Int { weights.count }

  /// The mixture of some columns alone: a marginal keeps its blocks of the covariances.
  func marginal(_ columns: Range<Int>) -> GaussianMixture? {
    GaussianMixture(
      weights: weights, means: means.map { Array($0[columns]) },
      covariances: covariances.map { $0.block(rows: columns, columns: columns) })
  }

  /// ln (weight times density) of each component at each of n columns: components x n.
  func logParts(_ columns: Matrix) -> Matrix {
    let (d, n) = (columns.rows, columns.columns)
    var result = Matrix(rows: count, columns: n)
    for k in 0..<count {
      var centered = columns
      centered.values.withUnsafeMutableBufferPointer { values in
        for j in 0..<d {
          let mean = means[k][j]
          for i in 0..<n { values[j * n + i] -= mean }
        }
      }
      let squares = squaredLengths(factors[k].solveLower(centered))
      let constant =
        naturalLogarithm(weights[k]) - factors[k].logDeterminant / 2
        - Double(d) / 2 * naturalLogarithm(2 * .pi)
      result.values.withUnsafeMutableBufferPointer { values in
        for i in 0..<n { values[k * n + i] = constant - squares[i] / 2 }
      }
    }
    return result
  }

  /// The logarithm of the density at each of n columns.
  func logDensities(_ columns: Matrix) -> [Double] {
    var parts = logParts(columns)
    return normalize(&parts)
  }

  /// Draws rows; each component gets its share by its own random numbers.
  func sample(_ count: Int, using random: inout RandomSource) -> Matrix {
    let d = means[0].count
    var result = Matrix(rows: count, columns: d)
    for i in 0..<count {
      var rest = random.uniform()
      var k = 0
      while k < self.count - 1, rest >= weights[k] {
        rest -= weights[k]
        k += 1
      }
      let normals = random.normals(d)
      for a in 0..<d {
        var value = means[k][a]
        for b in 0...a { value += factors[k].factor[a, b] * normals[b] }
        result[i, a] = value
      }
    }
    return result
  }
}

/// Turns ln parts (components x n) into shares of each column; returns the ln of the sums.
func normalize(_ parts: inout Matrix) -> [Double] {
  let (count, n) = (parts.rows, parts.columns)
  var highest = Array(parts.values[0..<n])
  var sums = [Double](repeating: 0, count: n)
  parts.values.withUnsafeMutableBufferPointer { parts in
    highest.withUnsafeMutableBufferPointer { highest in
      sums.withUnsafeMutableBufferPointer { sums in
        for k in 1..<max(count, 1) {
          for i in 0..<n { highest[i] = max(highest[i], parts[k * n + i]) }
        }
        for k in 0..<count {
          for i in 0..<n { parts[k * n + i] -= highest[i] }
        }
        if let start = parts.baseAddress { exponentiate(start, count: parts.count) }
        for k in 0..<count {
          for i in 0..<n { sums[i] += parts[k * n + i] }
        }
        for k in 0..<count {
          for i in 0..<n { parts[k * n + i] /= sums[i] }
        }
      }
    }
  }
  return zip(highest, sums.logarithms()).map { $0 + $1 }
}
