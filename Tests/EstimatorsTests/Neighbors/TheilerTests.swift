// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators
import Foundation
import Testing

/// Neighbors outside a window of rows, against a loop over all rows that follows the definition.
@Suite struct TheilerTests {
  private func rows(_ n: Int, _ d: Int, seed: UInt64) throws -> Samples {
    var random = RandomSource(seed: testSeed(seed))
    return try Samples(rowMajor: random.normals(n * d), count: n, dimension: d)
  }

  private func distance(_ s: Samples, _ i: Int, _ j: Int) -> Double {
    (0..<s.dimension).reduce(0) {
      max($0, abs(s.values[i * s.dimension + $1] - s.values[j * s.dimension + $1]))
    }
  }

  /// KSG's first algorithm by its definition, with the rows of the window left out.
  private func slowKSG(_ x: Samples, _ y: Samples, k: Int, window: Int) -> Double {
    let n = x.count
    var sum = 0.0
    for i in 0..<n {
      let others = (0..<n).filter { abs($0 - i) > window }
      let joint = others.map { max(distance(x, i, $0), distance(y, i, $0)) }.sorted()
      let reach = joint[k - 1]
      let nx = others.count { distance(x, i, $0) < reach }
      let ny = others.count { distance(y, i, $0) < reach }
      sum +=
        digamma(Double(k)) + digamma(Double(others.count + 1)) - digamma(Double(nx + 1))
        - digamma(Double(ny + 1))
    }
    return sum / Double(n)
  }

  @Test(arguments: [(60, 1, 1, 3, 1), (70, 2, 1, 1, 5), (80, 3, 2, 4, 10)])
  func itIsTheLoopOverAllRows(n: Int, dx: Int, dy: Int, k: Int, window: Int) throws {
    let (x, y) = (try rows(n, dx, seed: 1), try rows(n, dy, seed: 2))
    let request = try EstimationRequest(x: .samples(x), y: .samples(y), threads: 2)
    let found = try KSG1Estimator(["k": "\(k)", "theiler": "\(window)"]).estimate(request)
    #expect(abs(found.information.nats - slowKSG(x, y, k: k, window: window)) < 1e-12)
  }

  @Test(arguments: ["ksg-1", "ksg-2"])
  func aWindowOfOneRowChangesLittleWhereRowsAreIndependent(id: String) throws {
    let (x, y) = (try rows(500, 1, seed: 3), try rows(500, 1, seed: 4))
    let request = try EstimationRequest(x: .samples(x), y: .samples(y))
    let registry = EstimatorRegistry.builtIn()
    let plain = try registry.make(id).estimate(request).information.nats
    let window = try registry.make(id, ["theiler": "1"]).estimate(request).information.nats
    expect(plain, within: 0.03, of: window)
    #expect(plain != window)
  }

  @Test func rossLeavesTheWindowOutToo() throws {
    let x = try rows(60, 1, seed: 5)
    let classes = try Labels((0..<60).map { $0 % 3 })
    let request = try EstimationRequest(x: .samples(x), y: .labels(classes), threads: 2)
    let found = try RossEstimator(["k": "2", "theiler": "4"]).estimate(request)
    var sum = 0.0
    for i in 0..<60 {
      let others = (0..<60).filter { abs($0 - i) > 4 }
      let own = others.filter { $0 % 3 == i % 3 }.map { distance(x, i, $0) }.sorted()
      let inside = others.count { distance(x, i, $0) < own[1] }
      sum +=
        digamma(Double(others.count + 1)) + digamma(2) - digamma(Double(own.count + 1))
        - digamma(Double(inside + 1))
    }
    #expect(abs(found.information.nats - sum / 60) < 1e-12)
  }

  /// Slow series: neighbors in time are neighbors in value, and independent ones read as dependent.
  @Test func itTakesAwayWhatRowsShareByTheClock() throws {
    var random = RandomSource(seed: testSeed(6))
    func walk() -> [Double] {
      var last = 0.0
      return (0..<800).map { _ in
        last = 0.98 * last + random.normal()
        return last
      }
    }
    let taken = try mean(overDraws: 8) { _ in
      let (x, y) = (try Samples(walk()), try Samples(walk()))
      let request = try EstimationRequest(x: .samples(x), y: .samples(y))
      return try KSG1Estimator().estimate(request).information.nats
        - KSG1Estimator(["theiler": "100"]).estimate(request).information.nats
    }
    // 0.3 with a standard deviation of 0.04.
    expect(taken, above: 0.1)
  }

  @Test func aWindowThatLeavesTooFewRowsIsRefused() throws {
    let (x, y) = (try rows(20, 1, seed: 7), try rows(20, 1, seed: 8))
    let error = #expect(throws: EstimatorError.self) {
      try KSG1Estimator(["theiler": "9"]).estimate(
        EstimationRequest(x: .samples(x), y: .samples(y)))
    }
    #expect(error?.code == .tooFewSamples)
    #expect(throws: EstimatorError.self) { try AutoEstimator(["theiler": "9"]) }
  }
}
