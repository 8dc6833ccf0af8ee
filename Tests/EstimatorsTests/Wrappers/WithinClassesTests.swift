// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators
import Foundation
import Testing

@Suite struct WithinClassesTests {
  private let registry = EstimatorRegistry.builtIn()

  /// Three classes of unequal sizes, far apart, with a correlation of their own in each.
  private func request(_ n: Int, seed: UInt64, given: Bool = true) throws -> EstimationRequest {
    var random = RandomSource(seed: testSeed(seed))
    var (x, y, codes): ([Double], [Double], [Int32]) = ([], [], [])
    for row in 0..<n {
      let code = row % 6 == 0 ? 2 : row % 2
      let (u, v) = (random.normal(), random.normal())
      let rho = correlations[code]
      x.append(u + 10 * Double(code))
      y.append(rho * u + (1 - rho * rho).squareRoot() * v - 10 * Double(code))
      codes.append(Int32(code))
    }
    return try EstimationRequest(
      x: .samples(Samples(x)), y: .samples(Samples(y)),
      given: given ? .labels(Labels(codes: codes, names: ["a", "b", "c"])) : nil)
  }

  private let correlations = [0.0, 0.6, -0.9]

  /// Shares 2/6, 3/6 and 1/6 of -ln(1 - rho^2) / 2.
  private var truth: Double {
    zip([2.0, 3.0, 1.0], correlations).reduce(0) { $0 - $1.0 / 12 * log(1 - $1.1 * $1.1) }
  }

  /// Over 40 seeds the errors are within 0.0024 nats of zero on average, with a standard deviation of
  /// 0.0096, and 0.018 for ksg-1: the tolerances are six and five and a half of these.
  @Test(arguments: [
    ("gaussian", 0.06), ("gaussian-copula", 0.06), ("ksg-1", 0.1), ("student-copula", 0.06),
  ])
  func thePartsOfTheClassesAddUp(id: String, tolerance: Double) throws {
    let estimate = try registry.make("within-classes+\(id)").estimate(request(3000, seed: 5))
    expect(estimate.information.nats, within: tolerance, of: truth)
    // What the classes share, here 0.5 nats and more, is not in it.
    let alone = try registry.make(id).estimate(request(3000, seed: 5, given: false))
    expect(alone.information.nats, above: truth + 2 * tolerance)
  }

  @Test func itIsWhatAnEstimatorWithAConditionalFormSaysItself() throws {
    let request = try request(600, seed: 6)
    let own = try registry.make("ksg-1").estimate(request)
    let wrapped = try registry.make("within-classes+ksg-1").estimate(request)
    #expect(own.information == wrapped.information)
    #expect(own.diagnostics == wrapped.diagnostics)
  }

  @Test func withoutAGivenVariableAllRowsAreOneClass() throws {
    let request = try request(600, seed: 7, given: false)
    let plain = try registry.make("gmm").estimate(request)
    #expect(try registry.make("within-classes+gmm").estimate(request) == plain)
  }

  @Test func theClassThatFailsIsNamed() throws {
    let codes = [Int32](repeating: 0, count: 40) + [1]
    var random = RandomSource(seed: testSeed(8))
    let request = try EstimationRequest(
      x: .samples(Samples(random.normals(41))), y: .samples(Samples(random.normals(41))),
      given: .labels(Labels(codes: codes, names: ["many", "one"])))
    let error = #expect(throws: EstimatorError.self) {
      try registry.make("within-classes+student-copula").estimate(request)
    }
    #expect(error?.description.hasPrefix("In class \"one\"") == true)
  }
}
