// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators
import Testing

@Suite struct GaussianRefusalTests {
  private let columns: [[Double]]

  init() {
    var random = RandomSource(seed: 31)
    columns = (0..<6).map { _ in random.normals(60) }
  }

  /// Row-major numbers of columns.
  private func rows(_ columns: [[Double]]) -> [Double] {
    columns[0].indices.flatMap { row in columns.map { $0[row] } }
  }

  private func combine(_ a: Double, _ i: Int, _ b: Double, _ j: Int) -> [Double] {
    zip(columns[i], columns[j]).map { a * $0 + b * $1 }
  }

  private func refusal(
    _ x: [[Double]], _ y: [[Double]], _ parameters: [String: String] = [:]
  ) -> EstimatorError? {
    do {
      _ = try GaussianEstimator(parameters).estimate(
        continuousRequest(rows(x), rows(y), count: x[0].count))
      return nil
    } catch {
      return error as? EstimatorError
    }
  }

  @Test func `a dependent column within a side is named`() {
    let sum = combine(1, 0, 1, 1)
    #expect(
      refusal([columns[0], columns[1], sum], [columns[2]])
        == .singularCovariance(dependent: ["x2"]))
    #expect(
      refusal([columns[2]], [columns[0], columns[0], columns[1], sum])
        == .singularCovariance(dependent: ["y1", "y3"]))
  }

  @Test func `columns of y that follow from x are named`() {
    #expect(
      refusal([columns[0], columns[1]], [columns[2], combine(3, 0, -2, 1)])
        == .singularCovariance(dependent: ["y1"]))
    #expect(refusal([columns[0]], [columns[0]]) == .singularCovariance(dependent: ["y0"]))
  }

  @Test(arguments: [1e-6, 1.0, 1e6])
  func `dependence is found at any scale and offset`(scale: Double) {
    let shifted = columns[0].map { scale * $0 + 1000 * scale }
    #expect(
      refusal([columns[0], columns[1]], [shifted, columns[3]])
        == .singularCovariance(dependent: ["y0"]))
  }

  @Test func `strong but inexact dependence is estimated`() {
    let near = zip(columns[0], columns[1]).map { $0 + 1e-5 * $1 }
    #expect(refusal([columns[0]], [near]) == nil)
  }

  @Test func `a constant column is named`() {
    let constant = [Double](repeating: 0.1, count: 60)
    #expect(
      refusal([columns[0]], [columns[1], constant])
        == .constantColumn(side: "y", column: 1, value: 0.1))
  }

  @Test func `too few rows are refused with the number needed and the way out`() throws {
    let x = (0..<3).map { Array(columns[$0].prefix(7)) }
    let y = (3..<6).map { Array(columns[$0].prefix(7)) }
    let error = try #require(refusal(x, y))
    #expect(error.code == .tooFewSamples)
    #expect(error.description.contains("got 7 rows"))
    #expect(error.description.contains("at least 8, or -p shrinkage=ledoit-wolf"))
    #expect(refusal(x, y, ["shrinkage": "ledoit-wolf"]) == nil)
    let enough = (0..<3).map { Array(columns[$0].prefix(8)) }
    #expect(refusal(enough, (3..<6).map { Array(columns[$0].prefix(8)) }) == nil)
  }

  @Test func `labels are refused`() throws {
    let request = try EstimationRequest(
      x: .samples(Samples(columns[0])), y: .labels(Labels((0..<60).map { $0 % 2 })))
    #expect(throws: EstimatorError.unsupportedKinds(.mixed, GaussianEstimator.descriptor)) {
      try GaussianEstimator().estimate(request)
    }
  }

  @Test func `an unknown choice is refused by name`() {
    #expect(
      throws: EstimatorError.invalidParameter(
        "correction", found: "some", needed: "one of exact, none", estimator: "gaussian")
    ) { try GaussianEstimator(["correction": "some"]) }
  }
}
