// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators
import Foundation
import Testing

private struct GoldenNeighbors: Decodable {
  struct Pair: Decodable {
    var n: Int
    var dx: Int
    var dy: Int
    var kind: String
    var x: [Double]
    var y: [Double]
    var ks: [Int]
    var ksg1: [Double]
    var ksg2: [Double]

    func request() throws -> EstimationRequest {
      try EstimationRequest(
        x: .samples(Samples(rowMajor: x, count: n, dimension: dx)),
        y: .samples(Samples(rowMajor: y, count: n, dimension: dy)))
    }
  }

  struct Mixed: Decodable {
    var n: Int
    var d: Int
    var k: Int
    var x: [Double]
    var labels: [Int]
    var ross: Double
    var sklearn: Double?
  }

  var pairs: [Pair]
  var mixed: [Mixed]

  static func load() throws -> GoldenNeighbors {
    let url = try #require(
      Bundle.module.url(forResource: "Golden/neighbors/neighbors", withExtension: "json"))
    return try JSONDecoder().decode(Self.self, from: Data(contentsOf: url))
  }
}

@Suite("Neighbor estimators against NumPy and scikit-learn")
struct GoldenNeighborTests {
  private let golden: GoldenNeighbors

  init() throws { golden = try .load() }

  @Test func `ksg-1 is the brute-force value at each k`() throws {
    for pair in golden.pairs {
      for (k, value) in zip(pair.ks, pair.ksg1) {
        let estimate = try KSG1Estimator(["k": "\(k)", "ties": "exact"]).estimate(pair.request())
        #expect(abs(estimate.information.nats - value) < 1e-9, "\(pair.dx)+\(pair.dy), k \(k)")
      }
    }
  }

  @Test func `ksg-2 is the brute-force value at each k`() throws {
    for pair in golden.pairs {
      for (k, value) in zip(pair.ks, pair.ksg2) {
        let estimate = try KSG2Estimator(["k": "\(k)", "ties": "exact"]).estimate(pair.request())
        #expect(abs(estimate.information.nats - value) < 1e-9, "\(pair.dx)+\(pair.dy), k \(k)")
      }
    }
  }

  @Test func `several k from one search are the values of each k, and their mean`() throws {
    for pair in golden.pairs {
      let list = pair.ks.map(String.init).joined(separator: ",")
      let estimate = try KSG1Estimator(["k": list, "ties": "exact"]).estimate(pair.request())
      guard case .numbers(let perK) = estimate.diagnostics["natsPerK"] else {
        Issue.record("no natsPerK")
        return
      }
      for (found, value) in zip(perK, pair.ksg1) { #expect(abs(found - value) < 1e-9) }
      let mean = pair.ksg1.reduce(0, +) / Double(pair.ks.count)
      #expect(abs(estimate.information.nats - mean) < 1e-9)
    }
  }

  @Test func `the pointwise values have the estimate as their mean`() throws {
    for pair in golden.pairs {
      let estimate = try KSG2Estimator(["k": "1,2"]).estimate(pair.request())
      let pointwise = try #require(estimate.pointwise)
      #expect(pointwise.count == pair.n)
      let mean = pointwise.reduce(0, +) / Double(pair.n)
      #expect(abs(mean - estimate.information.nats) < 1e-12)
    }
  }

  @Test func `ross is the brute-force value, and scikit-learn's in one dimension`() throws {
    for mixed in golden.mixed {
      let request = try EstimationRequest(
        x: .samples(Samples(rowMajor: mixed.x, count: mixed.n, dimension: mixed.d)),
        y: .labels(Labels(mixed.labels)))
      let estimate = try RossEstimator(["k": "\(mixed.k)"]).estimate(request)
      #expect(abs(estimate.information.nats - mixed.ross) < 1e-9)
      if let sklearn = mixed.sklearn {
        #expect(abs(estimate.information.nats - sklearn) < 1e-9)
      }
    }
  }
}
