// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators
import Foundation
import Testing

@Suite struct RoundingLossTests {
  /// A column that is N(0, 1) rounded to a step; only its step and variance matter.
  private func profile(step: Double) throws -> ColumnProfile {
    var random = RandomSource(seed: testSeed(4))
    return ColumnProfile(random.normals(20_000).map { ($0 / step).rounded() * step })
  }

  private struct Case: Decodable {
    let rho, dx, dy, recorded: Double
  }

  @Test func undoesRoundingOfNormalPairs() throws {
    for one in try goldenJSON("recorded/rounded_normal.json", as: [Case].self) {
      let loss = try #require(
        RoundingLoss(one.recorded, [profile(step: one.dx)], [profile(step: one.dy)]))
      let truth = -log1p(-one.rho * one.rho) / 2
      // The variances are those of 20,000 rows: one percent of corrections of up to a third.
      expect(loss.unroundedNats / truth, within: 0.015, of: 1, "\(one)")
      #expect(loss.sides == ["x", "y"])
    }
  }

  @Test func saysNothingOfContinuousColumnsLabelsAndWideSides() throws {
    var random = RandomSource(seed: testSeed(5))
    let continuous = ColumnProfile(random.normals(500))
    let rounded = try profile(step: 0.5)
    #expect(RoundingLoss(0.2, [continuous], [continuous]) == nil)
    #expect(RoundingLoss(0.2, [continuous], []) == nil)
    #expect(RoundingLoss(0.2, [rounded, rounded], [continuous]) == nil)
    #expect(RoundingLoss(0.2, [rounded], [])?.sides == ["x"])
  }

  @Test func moreThanTheRoundingLeavesIsInfinite() throws {
    let rounded = try profile(step: 0.7)
    let loss = try #require(RoundingLoss(1.7, [rounded], [rounded]))
    #expect(loss.unroundedNats == .infinity)
    #expect(loss.note(1.7, error: 0.1)?.contains("nothing can be said") == true)
    #expect(loss.note(1.7, error: .infinity) == nil)
  }
}
