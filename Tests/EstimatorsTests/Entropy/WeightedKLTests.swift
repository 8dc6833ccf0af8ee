// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators
import Foundation
import Testing

/// Golden/entropy/entropy.json.
private struct EntropyGolden: Decodable {
  struct Weights: Decodable {
    let k: Int
    let d: Int
    let neighbors: [Int]
    let weights: [Double]
  }
  struct Case: Decodable {
    let count: Int
    let dx: Int
    let dy: Int
    let k: Int
    let scale: String
    let entropies: [Double]
    let x: [Double]
    let y: [Double]
  }
  let weights: [Weights]
  let cases: [Case]
}

@Suite("weighted-kl")
struct WeightedKLTests {
  @Test("Weights equal the pseudo-inverse's, and keep their conditions")
  func weights() throws {
    for golden in try goldenJSON("entropy/entropy.json", as: EntropyGolden.self).weights {
      let weights = KozachenkoLeonenkoWeights(k: golden.k, dimension: golden.d)
      #expect(weights.neighbors == golden.neighbors)
      expectClose(weights.weights, golden.weights, relative: 1e-7, absolute: 1e-8)
      #expect(abs(weights.weights.reduce(0, +) - 1) < 1e-12)
      for l in stride(from: 1, through: golden.d / 4, by: 1) {
        let terms = zip(weights.neighbors, weights.weights).map { j, weight in
          weight
            * exp(logGamma(Double(j) + 2 * Double(l) / Double(golden.d)) - logGamma(Double(j)))
        }
        #expect(abs(terms.reduce(0, +)) < 1e-10 * terms.reduce(0) { $0 + abs($1) })
      }
    }
  }

  @Test("Equals NumPy over all pairs", arguments: 0..<8)
  func golden(index: Int) throws {
    let golden = try goldenJSON("entropy/entropy.json", as: EntropyGolden.self).cases[index]
    let request = try EstimationRequest(
      x: .samples(Samples(rowMajor: golden.x, count: golden.count, dimension: golden.dx)),
      y: .samples(Samples(rowMajor: golden.y, count: golden.count, dimension: golden.dy)))
    let estimate = try WeightedKLEstimator(["k": "\(golden.k)", "scale": golden.scale])
      .estimate(request)
    guard case .numbers(let entropies) = estimate.diagnostics["entropiesNats"] else {
      Issue.record("no entropies")
      return
    }
    expectClose(entropies, golden.entropies, absolute: 1e-8)
    let nats = golden.entropies[0] + golden.entropies[1] - golden.entropies[2]
    #expect(abs(estimate.information.nats - nats) < 1e-8)
  }

  @Test(
    "Finds the information of Gaussian columns",
    arguments: [
      // Over seeds the mean of four has a standard deviation of 0.004, 0.004, 0.008, 0.01 and 0.009, and a
      // bias of 0.01 to 0.03.
      (d: 1, rho: 0.0, tolerance: 0.03), (d: 1, rho: 0.6, tolerance: 0.035),
      (d: 1, rho: 0.99, tolerance: 0.06), (d: 2, rho: 0.6, tolerance: 0.05),
      (d: 3, rho: 0.6, tolerance: 0.08),
    ])
  func gaussianTruth(d: Int, rho: Double, tolerance: Double) throws {
    let truth = -0.5 * Double(d) * log(1 - rho * rho)
    let nats = try mean(overDraws: 4) {
      let request = try NeighborData.gaussian(n: 5000, d: d, rho: rho, seed: UInt64(6 + $0))
      return try WeightedKLEstimator().estimate(request).information.nats
    }
    expect(nats, within: tolerance, of: truth, "\(nats) for \(truth)")
  }

  @Test("Weights take off bias: 4 + 4 columns, against the k-th distance alone in 8")
  func weightsHelp() throws {
    var random = RandomSource(seed: testSeed(4))
    let truth = 4 * log(2 * Double.pi * exp(1))
    let weighted = KozachenkoLeonenkoWeights(k: 160, dimension: 8)
    // The mean of four draws has a standard deviation of 0.04.
    var (entropy, plain) = (0.0, 0.0)
    for _ in 0..<4 {
      let points = Columns(values: random.normals(8 * 2000), count: 2000, dimension: 8)
      entropy +=
        try neighborEntropyTerms([points], name: "x", weights: weighted)
        .reduce(0, +) / 8000
      plain +=
        try neighborEntropyTerms([points], name: "x", weights: .single(160))
        .reduce(0, +) / 8000
    }
    expect(plain, above: truth + 0.4)
    expect(entropy, within: 0.4 * abs(plain - truth), of: truth)
  }

  @Test("Known bias: down where the joint density is narrow and the neighbors are many")
  func biasDirection() throws {
    let request = try NeighborData.gaussian(n: 500, d: 1, rho: 0.999, seed: 2)
    let truth = -0.5 * log(1 - 0.999 * 0.999)
    let many = try WeightedKLEstimator(["k": "60"]).estimate(request).information.nats
    expect(many, below: truth - 0.1)
  }

  @Test("Columns for which the weights would explode are refused, and up to the limit they do not")
  func manyColumns() throws {
    let limit = try #require(WeightedKLEstimator.descriptor.traits.maximumDimension)
    let norm = { (d: Int) in
      KozachenkoLeonenkoWeights(k: 4 * d, dimension: d).weights.reduce(0) { $0 + $1 * $1 }
        .squareRoot()
    }
    #expect(norm(limit) < 100)
    #expect(norm(2 * limit) > 1000)
    let error = #expect(throws: EstimatorError.self) {
      try WeightedKLEstimator().estimate(NeighborData.gaussian(n: 200, d: 7, rho: 0, seed: 1))
    }
    #expect(error?.code == .dimensionOutOfRange)
  }

  @Test("Repeated values are refused with a sentence")
  func duplicates() throws {
    var random = RandomSource(seed: testSeed(4))
    let x = (0..<100).map { _ in Double(random.below(4)) }
    let y = random.normals(100)
    let error = #expect(throws: EstimatorError.self) {
      try WeightedKLEstimator(["ties": "exact"]).estimate(
        EstimationRequest(x: .samples(Samples(x)), y: .samples(Samples(y))))
    }
    #expect(error?.code.rawValue == "repeatedRows")
    #expect(error?.description.contains("at distance 0 in x") == true)
    let small = #expect(throws: EstimatorError.self) {
      try WeightedKLEstimator(["k": "3"]).estimate(
        NeighborData.gaussian(n: 50, d: 2, rho: 0, seed: 1))
    }
    #expect(small?.code == .invalidParameter)
  }

  @Test("Rescaled columns and threads leave the number")
  func invariances() throws {
    let request = try NeighborData.gaussian(n: 600, d: 2, rho: 0.5, seed: 2)
    let estimator = try WeightedKLEstimator()
    let estimate = try estimator.estimate(request)
    let x = try #require(request.x.samples)
    let scaled = try EstimationRequest(
      x: .samples(
        Samples(
          rowMajor: x.values.enumerated().map { $0 % 2 == 0 ? 1000 * $1 : $1 }, count: 600,
          dimension: 2)), y: request.y)
    #expect(abs(try estimator.estimate(scaled).information.nats - estimate.information.nats) < 1e-9)
    var parallel = request
    parallel.threads = 3
    #expect(try estimator.estimate(parallel) == estimate)
  }
}
