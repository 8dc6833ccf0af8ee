// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators
import Testing

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

@Suite struct LNNTests {
  /// Golden/entropy/lnn.json: see make_lnn.py.
  private struct Golden: Decodable {
    let count: Int
    let dx: Int
    let dy: Int
    let k: Int
    let x: [Double]
    let y: [Double]
    /// Of x, y and both, without the tabulated constant.
    let entropies: [Double]
  }

  @Test func `entropies equal NumPy's, by the formula of the paper`() throws {
    for golden in try goldenJSON("entropy/lnn.json", as: [Golden].self) {
      let estimate = try LNNEstimator(["k": "\(golden.k)", "scale": "none"]).estimate(
        EstimationRequest(
          x: .samples(Samples(rowMajor: golden.x, count: golden.count, dimension: golden.dx)),
          y: .samples(Samples(rowMajor: golden.y, count: golden.count, dimension: golden.dy))))
      let constants = [golden.dx, golden.dy, golden.dx + golden.dy].map {
        LocalLikelihoodConstants.constant(k: golden.k, dimension: $0)
      }
      guard case .numbers(let found)? = estimate.diagnostics["entropiesNats"] else {
        Issue.record("no entropies")
        continue
      }
      expectClose(found, zip(golden.entropies, constants).map { $0 + $1 }, absolute: 1e-9)
    }
  }

  /// What checks the constants: entropies that are known.
  @Test func `the constants make the entropy of normal columns right, at every k and d`() throws {
    for (dx, dy) in [(1, 1), (2, 2), (3, 3), (1, 4)] {
      for k in [3, 5, 10] {
        var random = RandomSource(seed: 91, UInt64(10 * dx + dy))
        let n = 4000
        let request = try continuousRequest(
          random.normals(n * dx), random.normals(n * dy), count: n)
        let estimate = try LNNEstimator(["k": "\(k)", "scale": "none"]).estimate(request)
        guard case .numbers(let found)? = estimate.diagnostics["entropiesNats"] else { continue }
        for (entropy, d) in zip(found, [dx, dy, dx + dy]) {
          let truth = Double(d) / 2 * log(2 * Double.pi * exp(1))
          // The tails of many columns are thin of rows: the bias grows with d.
          let tolerance = [0.06, 0.06, 0.08, 0.1, 0.15, 0.25][d - 1]
          #expect(abs(entropy - truth) < tolerance, "k \(k), d \(d): \(entropy - truth)")
        }
      }
    }
  }

  @Test func `strong dependence is found where the ceiling of neighbors is near`() throws {
    for (rho, tolerance) in [(0.6, 0.06), (0.99, 0.06), (0.999999, 0.08)] {
      let request = try NeighborData.gaussian(n: 2000, d: 1, rho: rho, seed: 92)
      let truth = -log(1 - rho * rho) / 2
      let found = try LNNEstimator().estimate(request).information.nats
      #expect(abs(found - truth) < tolerance, "rho \(rho): \(found - truth)")
    }
    let request = try NeighborData.gaussian(n: 2000, d: 1, rho: 0.999999, seed: 92)
    let ksg = try KSG1Estimator(["k": "5"]).estimate(request).information.nats
    #expect(ksg < -log(1 - 0.999999 * 0.999999) / 2 - 0.5)
  }

  @Test func `independent columns average to nearly zero, unclipped`() throws {
    let truth = CorrelatedGaussian(n: 400, dx: 1, dy: 1, nats: 0, pairs: 1)
    let found = try truth.estimates(30, seed: 93, of: LNNEstimator()).map(\.information.nats)
    #expect(abs(meanAndDeviation(found).mean) < 0.05)
    #expect(found.contains { $0 < 0 })
  }

  @Test
  func `known bias: upwards at hard edges, where the Gaussian overshoots both marginals alike`()
    throws
  {
    // y = x + noise, both uniform: three entropies with edges, of which the joint has the longest.
    var random = RandomSource(seed: 94)
    let found = try (0..<8).map { _ in
      let x = (0..<1000).map { _ in random.uniform() }
      let y = x.map { $0 + 0.75 * (2 * random.uniform() - 1) }
      return try LNNEstimator().estimate(continuousRequest(x, y, count: 1000)).information.nats
    }
    #expect(abs(meanAndDeviation(found).mean - 1.0 / 3) < 0.1)
  }

  @Test func `outside the table it is refused, and so are repeated and flat rows`() throws {
    var random = RandomSource(seed: 95)
    let wide = try EstimationRequest(
      x: .samples(Samples(rowMajor: random.normals(400), count: 100, dimension: 4)),
      y: .samples(Samples(rowMajor: random.normals(300), count: 100, dimension: 3)))
    let dimension = #expect(throws: EstimatorError.self) { try LNNEstimator().estimate(wide) }
    #expect(dimension?.code == .dimensionOutOfRange)
    for k in ["2", "11"] {
      let error = #expect(throws: EstimatorError.self) { try LNNEstimator(["k": k]) }
      #expect(error?.code == .invalidParameter)
    }
    let repeated = #expect(throws: EstimatorError.self) {
      try LNNEstimator().estimate(
        continuousRequest((0..<100).map { Double($0 % 4) }, random.normals(100), count: 100))
    }
    #expect(repeated?.code.rawValue == "repeatedRows")
    let x = random.normals(100)
    let flat = #expect(throws: EstimatorError.self) {
      try LNNEstimator().estimate(continuousRequest(x, x, count: 100))
    }
    #expect(flat?.code == .singularCovariance)
  }

  @Test func `threads change no bit`() throws {
    var request = try NeighborData.gaussian(n: 700, d: 2, rho: 0.5, seed: 96)
    let one = try LNNEstimator().estimate(request)
    request.threads = 3
    #expect(try LNNEstimator().estimate(request) == one)
  }
}
