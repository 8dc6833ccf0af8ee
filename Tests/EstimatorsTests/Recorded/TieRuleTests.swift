// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators
import Foundation
import Testing

@Suite struct TieRuleTests {
  private func grid(_ n: Int = 1000) throws -> (x: Samples, y: Samples, coin: Labels) {
    var random = RandomSource(seed: testSeed(9))
    return (
      try Samples((0..<n).map { Double($0) }), try Samples(random.normals(n)),
      try Labels((0..<n).map { _ in Int(random.below(2)) })
    )
  }

  /// On an even grid no two values agree but distances do.
  ///
  /// Exactly counted, independent sides read 0.07 nats by ksg-1 and -0.28 by ksg-2. With noise they are
  /// within three standard deviations (0.02).
  @Test(arguments: ["ksg-1", "ksg-2", "weighted-kl"])
  func anEvenGridIsIndependentOfANormal(id: String) throws {
    let (x, y, _) = try grid()
    let request = try EstimationRequest(x: .samples(x), y: .samples(y), seed: testSeed(2))
    let estimate = try EstimatorRegistry.builtIn().make(id).estimate(request)
    expect(estimate.information.nats, within: 0.1, of: 0)
    #expect(estimate.diagnostics["spreadColumns"] == .texts(["x:0"]))
    #expect(estimate.diagnostics["spreadSteps"] == .numbers([1]))
  }

  @Test func anEvenGridIsIndependentOfACoin() throws {
    let (x, _, coin) = try grid()
    let request = try EstimationRequest(x: .samples(x), y: .labels(coin), seed: testSeed(2))
    try expect(RossEstimator().estimate(request).information.nats, within: 0.07, of: 0)
    // Over seeds 0.117 with a standard deviation of 0.017.
    try expect(RossEstimator(["ties": "exact"]).estimate(request).information.nats, above: 0.05)
  }

  @Test(arguments: ["ksg-1", "ksg-2", "ross", "weighted-kl", "mixed-ksg"])
  func withoutTiesTheRuleChangesNoBit(id: String) throws {
    var random = RandomSource(seed: testSeed(10))
    let x = try Samples(random.normals(400))
    let coin = try Labels((0..<400).map { _ in Int(random.below(2)) })
    let y: Variable = id == "ross" ? .labels(coin) : .samples(try Samples(random.normals(400)))
    let request = try EstimationRequest(x: .samples(x), y: y, seed: testSeed(3))
    let registry = EstimatorRegistry.builtIn()
    let noise = try registry.make(id, ["ties": "noise"]).estimate(request)
    #expect(
      noise.information == (try registry.make(id, ["ties": "exact"]).estimate(request)).information)
    #expect(
      noise.information == (try registry.make(id, ["ties": "refuse"]).estimate(request)).information
    )
  }

  @Test func tiesMayBeRefusedWithTheirStepAndShare() throws {
    let (x, y, _) = try grid(100)
    let error = #expect(throws: EstimatorError.self) {
      try KSG1Estimator(["ties": "refuse"]).estimate(
        EstimationRequest(x: .samples(x), y: .samples(y)))
    }
    #expect(error?.code.rawValue == "repeatedRows")
    #expect(error?.description.contains("on a grid of 1") == true)
  }

  @Test func whatCannotBeIsRefused() throws {
    var random = RandomSource(seed: testSeed(11))
    let x = (0..<400).map { _ in Double(random.below(3)) }
    let sides = try (Variable.samples(Samples(x)), Variable.samples(Samples(random.normals(400))))
    let descriptor = KSG1Estimator.descriptor
    let ceiling = try #require(InformationCeiling(sides.0, sides.1, estimator: descriptor))
    expect(ceiling.nats, within: 0.02, of: log(3.0))
    try ceiling.check(Estimate(Information(nats: 1.1)), of: descriptor)
    let error = #expect(throws: EstimatorError.self) {
      try ceiling.check(Estimate(Information(nats: 2)), of: descriptor)
    }
    #expect(error?.code == .aboveCeiling)
    var above = Estimate(Information(nats: ceiling.nats + 0.01))
    ceiling.lower(&above, of: descriptor)
    #expect(above.information.nats == ceiling.nats)
    #expect(above.warnings.map(\.code) == ["loweredToEntropy"])
    #expect(above.diagnostics["natsBeforeCeiling"] == .number(ceiling.nats + 0.01))
    // Continuous sides have none, but for estimators that read ranks alone.
    #expect(InformationCeiling(sides.1, sides.1, estimator: descriptor) == nil)
    let ranks = try #require(
      InformationCeiling(sides.1, sides.1, estimator: AutoEstimator.descriptor))
    #expect(ranks.nats == log(400.0))
  }
}
