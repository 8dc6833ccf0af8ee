// SPDX-License-Identifier: MIT

import EstimatorAPI
import Harness
import Testing

@Suite struct CalibrationTests {
  @Test func theCurveIsInverted() throws {
    let card = try plantedScorecard([0, 0.5, 1, 2]) { 0.8 * $0 + 0.05 }
    let reading = try Calibration(card).read(Information(nats: 0.8 * 0.75 + 0.05))
    #expect(abs(reading.information.nats - 0.75) < 1e-9)
    #expect(abs(reading.slope - 0.8) < 1e-9)
    #expect(abs(reading.sd - 0.02 / 0.8) < 1e-9)
  }

  @Test func belowZeroTheFirstPieceGoesOn() throws {
    let card = try plantedScorecard([0, 0.5, 1]) { 0.8 * $0 + 0.05 }
    let reading = try Calibration(card).read(Information(nats: 0.05 - 0.016))
    #expect(abs(reading.information.nats + 0.02) < 1e-9)
  }

  @Test func outOfRangeIsRefusedNotExtrapolated() throws {
    let curve = Calibration(try plantedScorecard([0, 0.5, 1]) { 0.8 * $0 + 0.05 })
    #expect(throws: Calibration.Refusal.above(top: curve.points[2].mean)) {
      try curve.read(Information(nats: 0.9))
    }
    #expect(throws: Calibration.Refusal.below(bottom: curve.points[0].mean)) {
      try curve.read(Information(nats: -0.5))
    }
  }

  @Test func aFlatResponseIsRefused() throws {
    let curve = Calibration(try plantedScorecard([0, 1, 2]) { _ in 0.3 })
    #expect(throws: Calibration.Refusal.flat) { try curve.read(Information(nats: 0.3)) }
  }

  @Test func aFallingPieceIsPooled() throws {
    let curve = Calibration(
      try plantedScorecard([0, 1, 2, 3]) { [0, 1, 0.5, 2][Int($0)] })
    let means = curve.points.map(\.mean)
    #expect(zip(means, means.dropFirst()).allSatisfy { $0 <= $1 })
    #expect(abs(means[1] - 0.75) < 1e-9 && abs(means[2] - 0.75) < 1e-9)
  }
}
