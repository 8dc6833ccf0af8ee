// SPDX-License-Identifier: MIT

import EstimatorAPI
import Foundation
import Harness
import Testing

/// The plug-in -ln(1 - r^2) / 2 of one column each, bent by a planted fault: cheap, and wrong in a
/// way that a test knows.
struct PlantedEstimator: MutualInformationEstimator {
  let descriptor: EstimatorDescriptor
  let bend: @Sendable (Double, UInt64) throws(EstimatorError) -> Double

  init(
    _ id: String,
    _ bend: @escaping @Sendable (Double, UInt64) throws(EstimatorError) -> Double = { value, _ in
      value
    }
  ) {
    descriptor = EstimatorDescriptor(
      id: id, version: "1", summary: "planted", reference: "none",
      traits: EstimatorTraits(kinds: [.continuous], minimumSamples: 4))
    self.bend = bend
  }

  func estimate(_ request: EstimationRequest) throws(EstimatorError) -> Estimate {
    let (x, y) = try request.continuousPair(for: descriptor)
    let r = correlation(x.column(0), y.column(0))
    return Estimate(Information(nats: try bend(-log(1 - r * r) / 2, request.seed)))
  }

  var entry: EstimatorRegistry.Entry {
    EstimatorRegistry.Entry(descriptor: descriptor, origin: "test") {
      (_) throws(EstimatorError) in self
    }
  }
}

func correlation(_ x: [Double], _ y: [Double]) -> Double {
  let n = Double(x.count)
  let (mx, my) = (x.reduce(0, +) / n, y.reduce(0, +) / n)
  var (xx, yy, xy) = (0.0, 0.0, 0.0)
  for (a, b) in zip(x, y) {
    xx += (a - mx) * (a - mx)
    yy += (b - my) * (b - my)
    xy += (a - mx) * (b - my)
  }
  return xy / (xx * yy).squareRoot()
}

/// A trial with a prescribed outcome.
func plantedTrial(of truth: Double, _ estimate: Estimate) -> Trial {
  Trial(
    truth: "planted", information: Information(nats: truth), n: 100, seed: 0,
    outcome: .estimate(estimate), seconds: 0.001)
}

/// A scorecard whose means follow `response` exactly, with a standard deviation of `sd`.
func plantedScorecard(
  _ levels: [Double], sd: Double = 0.02, response: (Double) -> Double
) throws -> Scorecard {
  let scored = try levels.map { level in
    // 16 trials, half above and half below: their standard deviation is the offset x sqrt(16/15).
    let offset = sd * (15.0 / 16).squareRoot()
    let trials = (0..<16).map { index in
      plantedTrial(
        of: level,
        Estimate(Information(nats: response(level) + (index % 2 == 0 ? offset : -offset))))
    }
    return try #require(LevelScore(truth: Information(nats: level), trials: trials))
  }
  return Scorecard(
    estimator: "planted", version: "1", parameters: ParameterValues([:]),
    regime: Regime(kind: .continuous, n: 100, dx: 1, dy: 1, classes: 0), truth: "planted", seed: 0,
    levels: scored)
}
