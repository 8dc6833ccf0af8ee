// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators
import Foundation
import Testing

@Suite("ross")
struct RossTests {
  private func blobs(
    n: Int, d: Int, classes: Int, distance: Double, seed: UInt64
  ) throws -> EstimationRequest {
    var random = RandomSource(seed: testSeed(seed), 88)
    let codes = (0..<n).map { _ in random.below(classes) }
    let x = codes.flatMap { code in
      (0..<d).map { $0 == code % d ? distance + random.normal() : random.normal() }
    }
    return try EstimationRequest(
      x: .samples(Samples(rowMajor: x, count: n, dimension: d)), y: .labels(Labels(codes)))
  }

  @Test func `two unit normals two apart share the information of the quadrature`() throws {
    // x ~ N(0, 1) or N(2, 1) at even odds: h(x) - h(x | y) by the trapezoid rule.
    var mixture = 0.0
    for step in -10_000...12_000 {
      let x = Double(step) / 1000
      let density =
        (exp(-x * x / 2) + exp(-(x - 2) * (x - 2) / 2)) / (2 * (2 * Double.pi).squareRoot())
      if density > 0 { mixture -= density * log(density) / 1000 }
    }
    let truth = mixture - 0.5 * log(2 * Double.pi * exp(1))
    var mean = 0.0
    for seed in 0..<40 {
      var random = RandomSource(seed: testSeed(seed), 3)
      let codes = (0..<1000).map { _ in random.below(2) }
      let x = try Samples(codes.map { 2 * Double($0) + random.normal() })
      let request = try EstimationRequest(x: .samples(x), y: .labels(Labels(codes)))
      mean += try RossEstimator().estimate(request).information.nats / 40
    }
    // The mean of 40 has a standard deviation of 0.0045.
    expect(mean, within: 0.02, of: truth)
  }

  @Test func `independent labels give nothing on average`() throws {
    let values = try (0..<40).map { seed in
      try RossEstimator().estimate(
        blobs(n: 400, d: 2, classes: 4, distance: 0, seed: UInt64(seed))
      ).information.nats
    }
    // The mean of 40 has a standard deviation of 0.0055.
    expect(values.reduce(0, +) / 40, within: 0.022, of: 0)
    // Unclipped: about half are negative.
    expect(Double(values.count { $0 < 0 }), in: 6.5...34.5)
  }

  @Test func `the bias is downwards in many dimensions`() throws {
    // Columns of noise leave the truth alone and pull the estimate down.
    var random = RandomSource(seed: testSeed(6), 6)
    let change = try mean(overDraws: 4) { seed in
      let few = try blobs(n: 400, d: 2, classes: 2, distance: 3, seed: UInt64(2 + seed))
      let x = try #require(few.x.samples)
      var wide: [Double] = []
      for i in 0..<400 {
        wide += x.values[2 * i..<2 * i + 2]
        wide += random.normals(28)
      }
      let many = try EstimationRequest(
        x: .samples(Samples(rowMajor: wide, count: 400, dimension: 30)), y: few.y)
      return try RossEstimator().estimate(many).information.nats
        - RossEstimator().estimate(few).information.nats
    }
    // Over seeds -0.07 with a standard deviation of 0.01.
    expect(change, below: -0.02)
  }

  @Test func `singletons are set aside, named and counted`() throws {
    let x = try Samples([0.1, 0.5, 0.2, 5.1, 5.7, 5.2, 9, 12])
    let names = ["a", "a", "a", "b", "b", "b", "lone", "other"]
    let request = try EstimationRequest(x: .samples(x), y: .labels(Labels(names)))
    let estimate = try RossEstimator().estimate(request)
    let rest = try RossEstimator().estimate(
      EstimationRequest(
        x: request.x.selecting(rows: Array(0..<6)), y: request.y.selecting(rows: Array(0..<6))))
    #expect(estimate.information == rest.information)
    #expect(estimate.diagnostics["singletonRows"] == .integer(2))
    #expect(estimate.diagnostics["rowsUsed"] == .integer(6))
    #expect(estimate.pointwise?.suffix(2) == [0, 0])
    let warning = try #require(estimate.warnings.first { $0.code == "singletonClasses" })
    #expect(warning.message.contains("\"lone\" (1), \"other\" (1)"))
    let small = try #require(estimate.warnings.first { $0.code == "smallClasses" })
    #expect(small.message.contains("\"a\" (3), \"b\" (3)"))
  }

  @Test func `60 rows of a dozen labels: every class that is too small is named with its size`()
    throws
  {
    let sizes = [16, 10, 8, 6, 5, 4, 3, 3, 2, 1, 1, 1]
    let names = sizes.enumerated().flatMap { [String](repeating: "class \($0)", count: $1) }
    var random = RandomSource(seed: testSeed(12))
    let request = try EstimationRequest(
      x: .samples(Samples(rowMajor: random.normals(120), count: 60, dimension: 2)),
      y: .labels(Labels(names)))
    let ross = try RossEstimator().estimate(request)
    let lone = try #require(ross.warnings.first { $0.code == "singletonClasses" }).message
    let few = try #require(ross.warnings.first { $0.code == "smallClasses" }).message
    for (code, size) in sizes.enumerated() {
      #expect(lone.contains("\"class \(code)\" (\(size))") == (size == 1))
      #expect(few.contains("\"class \(code)\" (\(size))") == (2...3).contains(size))
    }
    let classifier = try ClassifierEstimator().estimate(request)
    let folds = try #require(classifier.warnings.first { $0.code == "smallClasses" }).message
    let gaussian = #expect(throws: EstimatorError.self) {
      try GaussianLabelEstimator().estimate(request)
    }
    #expect(gaussian?.code == .classTooSmall)
    for (code, size) in sizes.enumerated() {
      #expect(folds.contains("\"class \(code)\" (\(size))") == (size < 5))
      #expect(
        gaussian?.description.contains("\"class \(code)\" (\(size))") == (size < 4), "\(size)")
    }
  }

  @Test func `only singletons are refused`() throws {
    let request = try EstimationRequest(
      x: .samples(Samples([1, 2, 3, 4])), y: .labels(Labels(["a", "b", "c", "d"])))
    let error = #expect(throws: EstimatorError.self) { try RossEstimator().estimate(request) }
    #expect(error?.code == .classTooSmall)
    #expect(error?.description.contains("\"b\" (1)") == true)
  }

  @Test func `labels may be the first variable, under any names`() throws {
    let request = try blobs(n: 150, d: 2, classes: 3, distance: 2, seed: 4)
    let labels = try #require(request.y.labels)
    let renamed = try Labels(labels.codes.map { ["z", "m", "a"][Int($0)] })
    let swapped = try EstimationRequest(x: .labels(renamed), y: request.x)
    let (a, b) = (
      try RossEstimator().estimate(request), try RossEstimator().estimate(swapped)
    )
    #expect(abs(a.information.nats - b.information.nats) < 1e-12)
  }

  @Test func `the same bits on any number of threads`() throws {
    var request = try blobs(n: 2000, d: 3, classes: 3, distance: 2, seed: 4)
    let one = try RossEstimator(["k": "3,7"]).estimate(request)
    request.threads = 3
    #expect(try RossEstimator(["k": "3,7"]).estimate(request) == one)
  }
}
