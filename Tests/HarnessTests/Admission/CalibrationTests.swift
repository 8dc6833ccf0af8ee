// SPDX-License-Identifier: MIT

import EstimatorAPI
import Harness
import Testing

@Suite struct CalibrationTests {
  /// A scorecard whose means follow `response` exactly, with a spread of 0.02 at each level.
  static func scorecard(
    _ levels: [Double], response: @escaping @Sendable (Double) -> Double
  ) throws -> Scorecard {
    let regime = Regime(kind: .continuous, n: 100, dx: 1, dy: 1, classes: 0)
    let planted = levels.map { level in PlantedTruth(information: Information(nats: level)) }
    let estimator = PlantedResponse(response: response)
    return try Scorer(replicates: 16, seed: 1, threads: 1).score(
      estimator, parameters: ParameterValues([:]), on: planted, family: "planted", regime: regime)
  }

  @Test func theCurveIsInverted() throws {
    let card = try Self.scorecard([0, 0.5, 1, 2]) { 0.8 * $0 + 0.05 }
    let reading = try Calibration(card).read(Information(nats: 0.8 * 0.75 + 0.05))
    #expect(abs(reading.information.nats - 0.75) < 1e-9)
    #expect(abs(reading.slope - 0.8) < 1e-9)
    #expect(abs(reading.sd - card.levels[1].sd / 0.8) < 1e-9)
  }

  @Test func belowZeroTheFirstPieceGoesOn() throws {
    let card = try Self.scorecard([0, 0.5, 1]) { 0.8 * $0 + 0.05 }
    let reading = try Calibration(card).read(Information(nats: 0.05 - 0.016))
    #expect(abs(reading.information.nats + 0.02) < 1e-9)
  }

  @Test func outOfRangeIsRefusedNotExtrapolated() throws {
    let curve = Calibration(try Self.scorecard([0, 0.5, 1]) { 0.8 * $0 + 0.05 })
    #expect(throws: Calibration.Refusal.above(top: curve.points[2].mean)) {
      try curve.read(Information(nats: 0.9))
    }
    #expect(throws: Calibration.Refusal.below(bottom: curve.points[0].mean)) {
      try curve.read(Information(nats: -0.5))
    }
  }

  @Test func aFlatResponseIsRefused() throws {
    let curve = Calibration(try Self.scorecard([0, 1, 2]) { _ in 0.3 })
    #expect(throws: Calibration.Refusal.flat) { try curve.read(Information(nats: 0.3)) }
  }

  @Test func aFallingPieceIsPooled() throws {
    let curve = Calibration(
      try Self.scorecard([0, 1, 2, 3]) { [0, 1, 0.5, 2][Int($0)] })
    let means = curve.points.map(\.mean)
    #expect(zip(means, means.dropFirst()).allSatisfy { $0 <= $1 })
    #expect(abs(means[1] - 0.75) < 1e-9 && abs(means[2] - 0.75) < 1e-9)
  }
}

/// A truth that hands its information to ``PlantedResponse`` through the data.
private struct PlantedTruth: GroundTruth {
  let information: Information
  let informationError = Information.zero
  let dx = 1
  let dy = 1
  let kind = PairKind.continuous
  var id: String { "planted-\(information.nats)" }
  var summary: String { id }

  func sample(_ count: Int, seed: UInt64) -> SamplePair {
    let offset = 0.02 * Double(Int(seed % 1001) - 500) / 250
    guard
      let x = try? Samples([Double](repeating: information.nats, count: count)),
      let y = try? Samples([Double](repeating: offset, count: count))
    else { preconditionFailure("constant samples are finite") }
    return SamplePair(x: .samples(x), y: .samples(y))
  }
}

/// Returns a function of the truth, plus a spread whose mean over trials is taken out by symmetry.
private struct PlantedResponse: MutualInformationEstimator {
  let descriptor = EstimatorDescriptor(
    id: "response", version: "1", summary: "", reference: "",
    traits: EstimatorTraits(kinds: [.continuous], minimumSamples: 1))
  let response: @Sendable (Double) -> Double

  func estimate(_ request: EstimationRequest) throws(EstimatorError) -> Estimate {
    let (x, _) = try request.continuousPair(for: descriptor)
    return Estimate(Information(nats: response(x.values[0])))
  }
}
