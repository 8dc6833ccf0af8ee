// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators
import Foundation
import Testing

/// The stored values of Golden/numerics/make.py.
private struct Golden: Decodable {
  let points: [Double]
  let digamma: [Double]
  let trigamma: [Double]
  let logGamma: [Double]
  let probabilities: [Double]
  let quantiles: [Double]
  let z: [Double]
  let normalCDF: [Double]
  let samples: [Double]
  let means: [Double]
  let covariance: [Double]
  let cholesky: [Double]
  let logDeterminant: Double
  let rightSide: [Double]
  let solution: [Double]
  let product: [Double]
  let eigenvalues: [Double]
  let singularValues: [Double]
  let tied: [Double]
  let ranks: [Double]
  let scores: [Double]
}

@Suite struct NumericsTests {
  private let golden: Golden
  private let samples: Samples
  private let covarianceMatrix: Matrix

  init() throws {
    golden = try goldenJSON("numerics/numerics.json", as: Golden.self)
    samples = try Samples(rowMajor: golden.samples, count: 40, dimension: 7)
    covarianceMatrix = Matrix(rows: 7, columns: 7, values: golden.covariance)
  }

  @Test func `gamma functions equal mpmath`() {
    expectClose(golden.points.map(digamma), golden.digamma, relative: 4e-15, absolute: 1e-15)
    expectClose(golden.points.map(trigamma), golden.trigamma, relative: 4e-15)
    expectClose(golden.points.map(logGamma), golden.logGamma, relative: 4e-15, absolute: 4e-15)
  }

  @Test func `the digamma table equals digamma at whole numbers`() {
    let table = DigammaTable(upTo: 1_000_000)
    for k in [1, 2, 3, 10, 999, 65_536, 1_000_000] {
      expectClose([table[k]], [digamma(Double(k))], relative: 4e-15, absolute: 1e-15)
    }
  }

  @Test func `normal quantiles and probabilities equal mpmath`() {
    expectClose(
      golden.probabilities.map(normalQuantile), golden.quantiles, relative: 2e-15, absolute: 1e-16)
    for (z, probability) in zip(golden.z, golden.normalCDF) {
      // The tail falls as exp(-z^2 / 2): a rounding of z grows by z^2.
      expectClose([normalCDF(z)], [probability], relative: 4e-16 * (1 + z * z))
    }
  }

  @Test func `normal quantiles are odd about one half`() {
    for k in 1..<512 {
      let p = Double(k) / 1024
      #expect(normalQuantile(1 - p) == -normalQuantile(p))
    }
  }

  @Test func `means and covariance equal NumPy`() {
    expectClose(columnMeans(samples), golden.means, absolute: 1e-14)
    expectClose(covariance(samples).values, golden.covariance, relative: 1e-13, absolute: 1e-13)
  }

  @Test func `the Cholesky factorization equals NumPy`() throws {
    let cholesky = try #require(Cholesky(covarianceMatrix))
    expectClose(cholesky.factor.values, golden.cholesky, absolute: 1e-12)
    expectClose([cholesky.logDeterminant], [golden.logDeterminant], absolute: 1e-12)
    let solution = cholesky.solve(Matrix(rows: 7, columns: 3, values: golden.rightSide))
    expectClose(solution.values, golden.solution, relative: 1e-9)
  }

  @Test func `an indefinite matrix has no Cholesky factorization`() {
    #expect(Cholesky(Matrix(rows: 2, columns: 2, values: [1, 2, 2, 1])) == nil)
  }

  @Test func `a product equals NumPy`() {
    let a = Matrix(rows: 40, columns: 7, values: golden.samples)
    let b = Matrix(rows: 7, columns: 3, values: golden.rightSide)
    expectClose(multiply(a, b).values, golden.product, absolute: 1e-13)
    expectClose(multiply(a, transposed: b.transposed).values, golden.product, absolute: 1e-13)
  }

  @Test func `eigenvalues equal NumPy and the vectors diagonalize`() {
    let (values, vectors) = symmetricEigen(covarianceMatrix)
    expectClose(values, golden.eigenvalues, absolute: 1e-12)
    let rebuilt = multiply(multiply(vectors, .diagonal(values)), vectors.transposed)
    expectClose(rebuilt.values, golden.covariance, absolute: 1e-12)
  }

  @Test func `singular values equal NumPy`() {
    let a = Matrix(rows: 40, columns: 7, values: golden.samples)
    expectClose(singularValues(a), golden.singularValues, absolute: 1e-12)
    expectClose(singularValues(a.transposed), golden.singularValues, absolute: 1e-12)
  }

  @Test func `qr rebuilds the matrix with a positive diagonal`() {
    let a = Matrix(rows: 40, columns: 7, values: golden.samples)
    let (q, r) = qr(a)
    expectClose(multiply(q, r).values, golden.samples, absolute: 1e-12)
    expectClose(multiply(q.transposed, q).values, Matrix.identity(7).values, absolute: 1e-14)
    #expect((0..<7).allSatisfy { r[$0, $0] > 0 })
  }

  @Test func `a random orthogonal matrix is orthogonal and has mean zero entries`() {
    var random = RandomSource(seed: testSeed(3))
    var sum = 0.0
    for _ in 0..<400 {
      let q = randomOrthogonal(5, using: &random)
      expectClose(multiply(q, q.transposed).values, Matrix.identity(5).values, absolute: 1e-14)
      sum += q[0, 0]
    }
    // Without the sign rule of Mezzadri the first entry would be negative in every draw.
    expect(sum / 400, within: 4 * (1.0 / 5 / 400).squareRoot(), of: 0)
  }

  @Test func `average ranks equal SciPy with ties`() {
    #expect(averageRanks(golden.tied) == golden.ranks)
    #expect(AverageRanks([3, 1, 3, 2, -0.0, 0.0]).tied == 4)
  }

  @Test func `the order of many values equals that of a comparison sort`() {
    var random = RandomSource(seed: testSeed(5))
    var values = random.normals(2000).map { $0 * exp2(Double(random.below(200) - 100)) }
    values += [0, -0.0, .leastNonzeroMagnitude, -.greatestFiniteMagnitude, 1, 1, -1, -1, 0]
    values += values.prefix(100)
    let expected = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
    #expect(sortedOrder(values) == expected)
    #expect(sortedOrder(Array(values.prefix(300))) == expected.filter { $0 < 300 })
  }

  @Test func `normal scores equal SciPy`() throws {
    let scores = try NormalScores(Samples(golden.tied))
    expectClose(scores.samples.values, golden.scores, relative: 2e-14, absolute: 1e-14)
    let tied = golden.tied.filter { value in golden.tied.filter { $0 == value }.count > 1 }.count
    #expect(scores.tied == [tied])
  }

  @Test(arguments: [1e-300, 1e-9, 1, 1e9, 1e300])
  func `standardized columns have mean 0 and variance 1 at any scale`(scale: Double) throws {
    let scaled = try Samples(
      rowMajor: golden.samples.map { $0 * scale }, count: 40, dimension: 7)
    let columns = try standardized(scaled, side: "x")
    let covariance = gram(columns, scale: 1 / 39.0)
    for j in 0..<7 { #expect(abs(covariance[j, j] - 1) < 1e-13) }
  }

  @Test func `a constant column is named`() throws {
    let samples = try Samples(rowMajor: [1, 0.1, 2, 0.1, 4, 0.1], count: 3, dimension: 2)
    #expect(throws: EstimatorError.constantColumn(side: "y", column: 1, value: 0.1)) {
      try standardized(samples, side: "y")
    }
  }
}
