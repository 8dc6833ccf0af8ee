// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators
import Foundation
import Testing

/// Golden/mixtures/mixtures.json.
private struct MixturesGolden: Decodable {
  struct Value: Decodable {
    let k: Int
    let closed: Bool
    let nats: Double
  }
  let name: String
  let count: Int
  let dx: Int
  let dy: Int
  let x: [Double]
  let y: [Double]
  let values: [Value]
}

@Suite("mixed-ksg")
struct MixedKSGTests {
  @Test("Equals NumPy over all pairs", arguments: 0..<5)
  func golden(index: Int) throws {
    let golden = try goldenJSON("mixtures/mixtures.json", as: [MixturesGolden].self)[index]
    let request = try EstimationRequest(
      x: .samples(Samples(rowMajor: golden.x, count: golden.count, dimension: golden.dx)),
      y: .samples(Samples(rowMajor: golden.y, count: golden.count, dimension: golden.dy)))
    for value in golden.values {
      let texts = ["k": "\(value.k)", "border": value.closed ? "closed" : "open"]
      let estimate = try MixedKSGEstimator(texts).estimate(request)
      #expect(abs(estimate.information.nats - value.nats) < 1e-12, "\(golden.name) \(texts)")
    }
  }

  @Test(
    "Counts equal the loop over all pairs",
    arguments: [
      (dx: 1, dy: 1, levels: 0), (dx: 1, dy: 1, levels: 3), (dx: 2, dy: 1, levels: 4),
      (dx: 1, dy: 3, levels: 2), (dx: 2, dy: 2, levels: 0),
    ])
  func twin(dx: Int, dy: Int, levels: Int) throws {
    var random = RandomSource(seed: testSeed(9))
    for n in [12, 150] {
      let x = NeighborData.points(n: n, d: dx, levels: levels, using: &random)
      let y = NeighborData.points(n: n, d: dy, levels: levels, using: &random)
      for closed in [false, true] {
        let counts = try atomCounts(x: x, y: y, ks: [1, 3, 7], closed: closed, threads: 2)
        for (slot, k) in [1, 3, 7].enumerated() {
          #expect(counts[slot] == pairwiseAtomCounts(x: x, y: y, k: k, closed: closed))
        }
      }
    }
  }

  /// The standard deviation over seeds is 0.009; the bias is down, by 0.02.
  @Test(
    "Finds the information of mixtures",
    arguments: [
      // x uniform on 0...4 and y uniform on x...x + 2: ln 5 - 4/5 ln 2
      (name: "uniform", truth: 1.054920, n: 10_000, k: 10, tolerance: 0.06),
      // x exponential, y 0 with probability 0.15, else Poisson of mean x
      (name: "poisson", truth: 0.229776, n: 10_000, k: 10, tolerance: 0.06),
      (name: "normal", truth: 0.5 * log(2), n: 5000, k: 5, tolerance: 0.05),
    ])
  func truth(name: String, truth: Double, n: Int, k: Int, tolerance: Double) throws {
    let request = try Self.mixture(name, n: n, seed: 3)
    let nats = try MixedKSGEstimator(["k": "\(k)"]).estimate(request).information.nats
    expect(nats, within: tolerance, of: truth)
  }

  @Test("On discrete data it is the plug-in with psi for one logarithm")
  func discrete() throws {
    var random = RandomSource(seed: testSeed(3))
    let x = (0..<500).map { _ in random.below(3) }
    let y = x.map { random.below(2) == 0 ? $0 : random.below(3) }
    let request = try EstimationRequest(
      x: .samples(Samples(x.map(Double.init))), y: .samples(Samples(y.map(Double.init))))
    let labels = try EstimationRequest(x: .labels(Labels(x)), y: .labels(Labels(y)))
    let plugIn = try DiscreteEstimator(["correction": "none"]).estimate(labels).information.nats
    var cells: [Int: Int] = [:]
    for (a, b) in zip(x, y) { cells[3 * a + b, default: 0] += 1 }
    let difference = cells.values.reduce(0.0) {
      $0 + Double($1) / 500 * (digamma(Double($1)) - log(Double($1)))
    }
    let estimate = try MixedKSGEstimator().estimate(request)
    #expect(abs(estimate.information.nats - plugIn - difference) < 1e-12)
    #expect(estimate.diagnostics["atomRows"] == .numbers([500]))
  }

  @Test("Known bias: down, and further with the border closed")
  func biasDirection() throws {
    var open = 0.0
    var closed = 0.0
    for seed in 0..<6 {
      let request = try Self.mixture("uniform", n: 1000, seed: UInt64(seed))
      open += try MixedKSGEstimator().estimate(request).information.nats / 6
      closed += try MixedKSGEstimator(["border": "closed"]).estimate(request).information.nats / 6
    }
    expect(open, below: 1.054920 - 0.03)
    expect(open, above: 1.054920 - 0.15)
    expect(closed, below: open - 0.05)
  }

  @Test("The same at any number of threads, and refused where k rows do not exist")
  func contract() throws {
    let request = try Self.mixture("poisson", n: 1200, seed: 8)
    var parallel = request
    parallel.threads = 4
    let estimator = try MixedKSGEstimator(["k": "3,5"])
    #expect(try estimator.estimate(parallel) == estimator.estimate(request))
    let few = #expect(throws: EstimatorError.self) {
      try MixedKSGEstimator(["k": "2000"]).estimate(request)
    }
    #expect(few?.code == .tooFewSamples)
    let twice = #expect(throws: EstimatorError.self) { try MixedKSGEstimator(["k": "3,3"]) }
    #expect(twice?.code == .invalidParameter)
  }

  private static func mixture(_ name: String, n: Int, seed: UInt64) throws -> EstimationRequest {
    var random = RandomSource(seed: testSeed(seed), 31)
    var x: [Double] = []
    var y: [Double] = []
    for _ in 0..<n {
      switch name {
      case "uniform":
        x.append(Double(random.below(5)))
        y.append(x[x.count - 1] + 2 * random.uniform())
      case "poisson":
        let mean = -log(1 - random.uniform())
        x.append(mean)
        // Knuth: uniform numbers are multiplied until they fall below exp(-mean).
        var (count, product) = (-1, 1.0)
        repeat {
          product *= random.uniform()
          count += 1
        } while product > exp(-mean)
        y.append(random.uniform() < 0.15 ? 0 : Double(count))
      default:
        x.append(random.normal())
        y.append(x[x.count - 1] + random.normal())
      }
    }
    return try EstimationRequest(x: .samples(Samples(x)), y: .samples(Samples(y)))
  }
}
