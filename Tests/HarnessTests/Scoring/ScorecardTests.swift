// SPDX-License-Identifier: MIT

import EstimatorAPI
import Foundation
import Harness
import Testing

@Suite struct ScorecardTests {
  static let regime = Regime(kind: .continuous, n: 400, dx: 1, dy: 1, classes: 0)

  private func score(
    _ estimator: PlantedEstimator, levels: [Double] = [0, 0.5, 1], threads: Int = 2,
    replicates: Int = 60
  ) throws -> Scorecard {
    let family = TruthFamily.standard(for: .continuous)
    let truths = try family.truths(for: Self.regime, ladder: levels.map { Information(nats: $0) })
    return try Scorer(replicates: replicates, seed: testSeed(3), threads: threads).score(
      estimator, parameters: ParameterValues([:]), on: truths, family: family.name,
      regime: Self.regime)
  }

  @Test func anUnbiasedEstimatorScoresNoBias() throws {
    for level in try score(PlantedEstimator("plug-in")).levels {
      // The plug-in of one pair of columns is off by 1/(2n) only.
      expect(level.bias, within: 4 * level.biasError + 1 / 400, of: 0)
      #expect(level.failureCount == 0)
    }
  }

  @Test func aPlantedBiasIsFound() throws {
    let fair = try score(PlantedEstimator("fair"))
    let shifted = try score(PlantedEstimator("shifted") { value, _ in value + 0.25 })
    for (a, b) in zip(fair.levels, shifted.levels) {
      #expect(abs(b.bias - a.bias - 0.25) < 1e-12)
      #expect(abs(b.sd - a.sd) < 1e-12)
      expect(b.rmse, above: 0.2)
    }
  }

  @Test func theSpreadIsThatOfNormalTheory() throws {
    // The standard deviation of the plug-in is |rho| / sqrt(n) to first order.
    let level = try score(PlantedEstimator("plug-in"), levels: [0.5], replicates: 400).levels[0]
    let rho = (1 - exp(-1.0)).squareRoot()
    expect(level.sd, within: 4 * level.sdError + 0.002, of: rho / 20)
  }

  @Test func failuresAreRowsAndAreCounted() throws {
    let shaky = PlantedEstimator("shaky") { (value, seed) throws(EstimatorError) in
      if seed % 3 == 0 { throw EstimatorError(.failed, "Every third seed is too much.") }
      return value
    }
    let level = try score(shaky, levels: [0.5]).levels[0]
    #expect(level.replicates == 60)
    #expect(level.failureCount > 5)
    #expect(level.failures.keys.sorted() == ["Every third seed is too much."])
  }

  @Test func aNumberThatIsNotFiniteIsAFailure() throws {
    let broken = PlantedEstimator("broken") { value, seed in seed % 2 == 0 ? .nan : value }
    let level = try score(broken, levels: [0.5]).levels[0]
    #expect(level.failureCount > 10)
    #expect(level.mean.isFinite)
    #expect(level.failures.keys.first?.contains("nan nats") == true)
  }

  @Test func aLevelWithoutSuccessesIsAnError() {
    let dead = PlantedEstimator("dead") { (_, _) throws(EstimatorError) in
      throw EstimatorError(.failed, "Never works.")
    }
    #expect(throws: EstimatorError(.failed, "Never works.")) { try score(dead) }
  }

  @Test func theNumberOfThreadsChangesNothing() throws {
    let one = try score(PlantedEstimator("plug-in"), threads: 1).withoutTiming()
    let four = try score(PlantedEstimator("plug-in"), threads: 4).withoutTiming()
    #expect(one == four)
  }

  @Test func coverageIsTheShareOfIntervalsThatHoldTheTruth() throws {
    let trials = [0.9, 1.05, 1.3, 0.6].map { value in
      plantedTrial(
        of: 1, Estimate(Information(nats: value), standardError: Information(nats: 0.1)))
    }
    let level = try #require(LevelScore(truth: Information(nats: 1), trials: trials))
    #expect(level.coverage == 0.5)
  }
}
