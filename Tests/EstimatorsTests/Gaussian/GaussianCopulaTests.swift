// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators
import Testing

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

@Suite struct GaussianCopulaTests {
  @Test func `strictly increasing maps leave every bit`() throws {
    var random = RandomSource(seed: testSeed(21))
    let x = random.normals(300 * 2)
    let y = (0..<600).map { 0.7 * x[$0] + random.normal() }
    let estimator = try GaussianCopulaEstimator()
    let plain = try estimator.estimate(continuousRequest(x, y, count: 300))
    let maps: [(Double) -> Double] = [
      { exp($0) }, { $0 * $0 * $0 }, { 1e6 * $0 - 3 }, { atan($0) }, { $0 > 0 ? 100 * $0 : $0 },
    ]
    for map in maps {
      let mapped = try estimator.estimate(
        continuousRequest(x.map(map), y.enumerated().map { map($1) }, count: 300))
      #expect(mapped == plain)
    }
  }

  @Test func `an outlier moves gaussian but not gaussian-copula`() throws {
    var random = RandomSource(seed: testSeed(22))
    var x = random.normals(200)
    let y = x.map { 0.8 * $0 + 0.6 * random.normal() }
    let top = try #require(x.indices.max { x[$0] < x[$1] })
    let before = try GaussianCopulaEstimator().estimate(continuousRequest(x, y, count: 200))
    let linear = try GaussianEstimator().estimate(continuousRequest(x, y, count: 200))
    x[top] = 1e6
    let after = try GaussianCopulaEstimator().estimate(continuousRequest(x, y, count: 200))
    let moved = try GaussianEstimator().estimate(continuousRequest(x, y, count: 200))
    #expect(after == before)
    expect(moved.information.nats, below: linear.information.nats - 0.2)
  }

  @Test func `ties are counted and warned of`() throws {
    let x: [Double] = [1, 1, 2, 3, 4, 5, 6, 7]
    let y: [Double] = [3, 1, 2, 8, 5, 4, 7, 6]
    let tied = try GaussianCopulaEstimator().estimate(continuousRequest(x, y, count: 8))
    #expect(tied.diagnostics["tiedValues"] == .integer(2))
    #expect(tied.diagnostics["tiedColumns"] == .texts(["x0"]))
    #expect(tied.warnings.map(\.code) == ["ties"])
    let free = try GaussianCopulaEstimator().estimate(
      continuousRequest(y, y.map { sin($0) }, count: 8))
    #expect(free.diagnostics["tiedValues"] == .integer(0))
    #expect(free.warnings.isEmpty)
  }

  @Test func `a circle has no information for either, though there is much`() throws {
    var random = RandomSource(seed: testSeed(23))
    let angles = (0..<4000).map { _ in 2 * Double.pi * random.uniform() }
    let x = angles.map { cos($0) + 0.05 * random.normal() }
    let y = angles.map { sin($0) + 0.05 * random.normal() }
    let request = try continuousRequest(x, y, count: 4000)
    try expect(GaussianCopulaEstimator().estimate(request).information.nats, within: 0.005, of: 0)
    try expect(GaussianEstimator().estimate(request).information.nats, within: 0.005, of: 0)
  }

  @Test func `any number of threads gives the same bits`() throws {
    var random = RandomSource(seed: testSeed(24))
    let x = random.normals(500 * 6)
    let y = random.normals(500 * 5)
    let one = try continuousRequest(x, y, count: 500)
    let two = try continuousRequest(x, y, count: 500, threads: 2)
    #expect(try GaussianEstimator().estimate(one) == GaussianEstimator().estimate(two))
    #expect(try GaussianCopulaEstimator().estimate(one) == GaussianCopulaEstimator().estimate(two))
  }
}
