// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A Gaussian for each class: the shape of labelled data, as a distribution with known densities.
struct ClassGaussians: Sendable {
  /// The share of each class.
  let shares: [Double]
  /// The mean of each class.
  let means: [[Double]]
  /// The factor of each class's covariance.
  let covariances: [Matrix]
  private let factors: [Cholesky]

  /// The number of columns.
  var dimension: Int { means[0].count }

  /// Fits a Gaussian to each occupied class.
  ///
  /// A class of n_c rows has its covariance shrunk to the pooled one by d / (d + n_c), and a
  /// thousandth of each column's variance is added to the diagonal. Neither hurts: the fit need not
  /// be the data's distribution, only be like it, and what it is, is known exactly. `ownShare` is the
  /// share of a class's own covariance that is kept besides.
  init?(_ samples: Samples, labels: Labels, ownShare: Double = 1) {
    let d = samples.dimension
    let overall = covariance(samples)
    let members = Dictionary(grouping: 0..<samples.count) { labels.codes[$0] }
    let classes = members.sorted { $0.key < $1.key }.map { samples.selecting(rows: $0.value) }
    var pooled = Matrix(rows: d, columns: d)
    for rows in classes where rows.count >= 2 {
      let within = covariance(rows)
      for i in pooled.values.indices {
        pooled.values[i] += within.values[i] * Double(rows.count) / Double(samples.count)
      }
    }
    for j in 0..<d { pooled[j, j] += 1e-3 * overall[j, j] }
    self.init(
      shares: classes.map { Double($0.count) / Double(samples.count) },
      means: classes.map(columnMeans),
      covariances: classes.map { rows in
        guard rows.count >= 2 else { return pooled }
        let weight = 1 - ownShare * (1 - Double(d) / Double(d + rows.count))
        var mixed = covariance(rows)
        for i in mixed.values.indices {
          mixed.values[i] = (1 - weight) * mixed.values[i] + weight * pooled.values[i]
        }
        for j in 0..<d { mixed[j, j] += 1e-3 * overall[j, j] }
        return mixed
      })
  }

  /// Nil where a covariance is not positive definite: a column does not vary at all.
  private init?(shares: [Double], means: [[Double]], covariances: [Matrix]) {
    var factors: [Cholesky] = []
    for matrix in covariances {
      guard let factor = Cholesky(matrix) else { return nil }
      factors.append(factor)
    }
    self.shares = shares
    self.means = means
    self.covariances = covariances
    self.factors = factors
  }

  /// The hash of all parameters.
  var hash: ContentHash {
    ContentHash(shares + means.joined() + covariances.flatMap(\.values))
  }

  /// The distribution of some of the columns.
  func marginal(_ columns: Range<Int>) -> ClassGaussians? {
    ClassGaussians(
      shares: shares, means: means.map { Array($0[columns]) },
      covariances: covariances.map { $0.block(rows: columns, columns: columns) })
  }

  /// The same classes with more noise, or less.
  ///
  /// From 1 up, independent noise is added to each block of columns, with (factor - 1) times the block's
  /// own covariance: what blocks share within a class weakens as well. Below 1 every covariance is
  /// multiplied by the factor: classes come apart, and what blocks share within a class stays.
  func noise(_ factor: Double, blocks: [Range<Int>]) -> ClassGaussians? {
    ClassGaussians(
      shares: shares, means: means,
      covariances: covariances.map { matrix in
        var noisy = matrix
        for i in 0..<dimension {
          for j in 0..<dimension {
            let inBlock = blocks.contains { $0.contains(i) && $0.contains(j) }
            noisy[i, j] *= factor < 1 || inBlock ? factor : 1
          }
        }
        return noisy
      })
  }

  /// Draws classes and points; point i is column i of the d x count matrix.
  func sample(_ count: Int, using random: inout RandomSource) -> (codes: [Int], points: Matrix) {
    let cumulative = shares.reduce(into: [Double]()) { $0.append(($0.last ?? 0) + $1) }
    let codes = (0..<count).map { _ in
      let u = random.uniform()
      return cumulative.firstIndex { u < $0 } ?? shares.count - 1
    }
    let normals = Matrix(
      rows: dimension, columns: count, values: random.normals(dimension * count))
    var points = Matrix(rows: dimension, columns: count)
    for code in shares.indices {
      let own = codes.indices.filter { codes[$0] == code }
      guard !own.isEmpty else { continue }
      var noise = Matrix(rows: dimension, columns: own.count)
      for j in 0..<dimension {
        for (place, i) in own.enumerated() { noise[j, place] = normals[j, i] }
      }
      let scaled = multiply(factors[code].factor, noise)
      for j in 0..<dimension {
        for (place, i) in own.enumerated() { points[j, i] = means[code][j] + scaled[j, place] }
      }
    }
    return (codes, points)
  }

  /// ln p(point | class) for each class and each column of `points`.
  func logDensities(_ points: Matrix) -> [[Double]] {
    shares.indices.map { code in
      var centered = points.values
      let count = points.columns
      for j in 0..<dimension {
        let mean = means[code][j]
        for i in j * count..<(j + 1) * count { centered[i] -= mean }
      }
      let white = factors[code].solveLower(
        Matrix(rows: dimension, columns: count, values: centered)
      ).values
      let constant =
        -(Double(dimension) * log(2 * Double.pi) + factors[code].logDeterminant) / 2
      var densities = [Double](repeating: constant, count: count)
      for j in 0..<dimension {
        for i in 0..<count {
          let z = white[j * count + i]
          densities[i] -= z * z / 2
        }
      }
      return densities
    }
  }

  /// ln p(point), the classes weighted by their shares.
  func logMixture(_ densities: [[Double]]) -> [Double] {
    let weights = shares.map { log($0) }
    return densities[0].indices.map { i in
      var largest = -Double.infinity
      for code in shares.indices { largest = max(largest, weights[code] + densities[code][i]) }
      var sum = 0.0
      for code in shares.indices { sum += exp(weights[code] + densities[code][i] - largest) }
      return largest + log(sum)
    }
  }
}
