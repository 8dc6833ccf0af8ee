// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators
import Foundation
import Testing

@Suite struct PooledClassesTests {
  private let registry = EstimatorRegistry.builtIn()

  /// Twenty classes far apart, of one correlation, or of two that cancel.
  private func request(_ n: Int, cancels: Bool, seed: UInt64) throws -> EstimationRequest {
    var random = RandomSource(seed: testSeed(seed))
    var (x, y, codes): ([Double], [Double], [Int32]) = ([], [], [])
    for row in 0..<n {
      let code = row % 20
      let rho = cancels && code % 2 == 1 ? -0.6 : 0.6
      let (u, v) = (random.normal(), random.normal())
      x.append(u + 10 * Double(code))
      y.append(rho * u + (1 - rho * rho).squareRoot() * v - 10 * Double(code))
      codes.append(Int32(code))
    }
    return try EstimationRequest(
      x: .samples(Samples(x)), y: .samples(Samples(y)),
      given: .labels(Labels(codes: codes, names: (0..<20).map(String.init))))
  }

  // Standard deviations over seeds at 1000 rows: 0.02 (gaussian) to 0.035 (ksg-1).
  @Test(arguments: ["gaussian", "gaussian-copula", "student-copula", "ksg-1"])
  func whereOnlyMeansDifferAllRowsSpeak(id: String) throws {
    let found = try registry.make("pooled-classes+\(id)").estimate(
      request(1000, cancels: false, seed: 1))
    expect(found.information.nats + log(1 - 0.36) / 2, within: 0.15, of: 0)
  }

  @Test func oppositeDependenceIsMissedByAPooledGaussianAndNotByClasses() throws {
    let request = try request(1000, cancels: true, seed: 2)
    let pooled = try registry.make("pooled-classes+gaussian").estimate(request)
    let within = try registry.make("within-classes+gaussian").estimate(request)
    expect(pooled.information.nats, below: 0.05)
    expect(within.information.nats, above: 0.12)
  }

  @Test func labelsAreRefused() throws {
    var random = RandomSource(seed: testSeed(3))
    let labels = try Labels(codes: (0..<100).map { Int32($0 % 2) }, names: ["a", "b"])
    let request = try EstimationRequest(
      x: .samples(Samples(random.normals(100))), y: .labels(labels), given: .labels(labels))
    #expect(throws: EstimatorError.self) {
      try registry.make("pooled-classes+ross").estimate(request)
    }
  }
}
