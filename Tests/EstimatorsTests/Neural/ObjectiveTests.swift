// SPDX-License-Identifier: MIT

import Estimators
import Testing

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

@Suite struct ObjectiveTests {
  private static let every: [(String, any Objective)] =
    GradientTests.objectives + [
      ("smile", JensenShannon(reading: .clipped(tau: 5))),
      ("ratio", JensenShannon(reading: .ratio)),
    ]

  /// MINE's gradient against the formula of the paper, written out: the past weighs 1 - rate.
  @Test func movingAverageStandsUnderTheGradient() {
    var objective = MovingAverageDonskerVaradhan(rate: 0.25)
    let batches: [[Double]] = [[0.3, -0.2, 1.0, 0.4], [1.5, 0.1, -0.6, 0.2], [0, 0, 2.0, -1.0]]
    var average = 0.0
    for (number, batch) in batches.enumerated() {
      let scores = Buffer<Double>(batch)
      let gradient = Buffer<Double>(4)
      _ = objective.loss(
        Scores(scores.start, rows: 2, shifts: [0, 1]), gradient: gradient.start)
      let mean = (exp(batch[2]) + exp(batch[3])) / 2
      average = number == 0 ? mean : 0.75 * average + 0.25 * mean
      #expect(abs(gradient.start[0] + 0.5) < 1e-14)
      #expect(abs(gradient.start[2] - exp(batch[2]) / 2 / average) < 1e-14)
      #expect(abs(gradient.start[3] - exp(batch[3]) / 2 / average) < 1e-14)
    }
  }

  /// No information is read off a critic that says nothing, by any objective.
  @Test(arguments: every.indices)
  func constantZeroCriticIsWorthNothing(index: Int) {
    let (name, objective) = Self.every[index]
    let zeros = Buffer<Double>(4 * 3)
    let scores = Scores(zeros.start, rows: 4, shifts: [0, 1, 2])
    #expect(abs(objective.evaluate(scores).value) < 1e-15, "\(name)")
    #expect(abs(objective.criterion(scores)) < 1e-15, "\(name)")
  }

  /// The optimal critic of a bivariate Gaussian is known; with it every reading is near the truth.
  @Test(arguments: every.indices)
  func trueDensityRatioReadsTheTruth(index: Int) {
    let (name, objective) = Self.every[index]
    let (rows, rho) = (3000, 0.8)
    let scores = Self.gaussianRatio(rows: rows, rho: rho, shifts: Array(0..<400))
    let held = objective.evaluate(Scores(scores.start, rows: rows, shifts: Array(0..<400)))
    // The standard deviation is 0.8 / sqrt(3000) = 0.015 and a little more for the broken pairs.
    expect(held.value, within: 0.068, of: 0.5108256, name)
  }

  @Test func infoNCEStaysBelowItsCeiling() {
    let scores = Self.gaussianRatio(rows: 64, rho: 0.9999, shifts: [0, 1, 2, 3])
    let held = InfoNCE().evaluate(Scores(scores.start, rows: 64, shifts: [0, 1, 2, 3]))
    #expect(held.ceiling == log(4))
    #expect(held.value <= log(4))
    expect(held.value, above: 1.2)
  }

  /// Song and Ermon's clip can only lower the mean over broken pairs, so it raises the reading.
  @Test func clippedReadingLiesAboveTheBound() {
    let scores = Self.gaussianRatio(rows: 300, rho: 0.99, shifts: Array(0..<100))
    let lent = Scores(scores.start, rows: 300, shifts: Array(0..<100))
    let clipped = JensenShannon(reading: .clipped(tau: 1)).evaluate(lent).value
    let bound = JensenShannon(reading: .clipped(tau: .infinity)).evaluate(lent).value
    #expect(bound == DonskerVaradhan().evaluate(lent).value)
    expect(clipped, above: bound + 0.1)
  }

  @Test func scoresFarBeyondTheRangeOfExpStayFinite() {
    let values: [Double] = [900, 800, -900, 850, 900, 20]
    let scores = Buffer<Double>(values)
    let lent = Scores(scores.start, rows: 2, shifts: [0, 1, 2])
    for objective: any Objective in [
      DonskerVaradhan(), InfoNCE(), JensenShannon(reading: .clipped(tau: 5)),
      MovingAverageDonskerVaradhan(rate: 0.1),
    ] {
      var objective = objective
      let gradient = Buffer<Double>(6)
      #expect(objective.loss(lent, gradient: gradient.start).isFinite)
      #expect(gradient.values.allSatisfy { $0.isFinite })
      #expect(objective.evaluate(lent).value.isFinite)
    }
  }

  /// The influence function of DV, by its definition: a row's weight raised by a little.
  @Test func influenceIsTheDerivativeByARowsWeight() {
    let (rows, shifts) = (12, Array(0..<12))
    let scores = Self.gaussianRatio(rows: rows, rho: 0.7, shifts: shifts)
    let held = DonskerVaradhan().evaluate(Scores(scores.start, rows: rows, shifts: shifts))
    func value(_ weights: [Double]) -> Double {
      var (real, total, broken, mass) = (0.0, 0.0, 0.0, 0.0)
      for i in 0..<rows {
        real += weights[i] * scores.start[i]
        total += weights[i]
        for k in 1..<rows {
          let weight = weights[i] * weights[(i + shifts[k]) % rows]
          broken += weight * exp(scores.start[k * rows + i])
          mass += weight
        }
      }
      return real / total - log(broken / mass)
    }
    let mean = held.influence.reduce(0, +) / Double(rows)
    for i in 0..<rows {
      var weights = [Double](repeating: 1, count: rows)
      weights[i] += 1e-6
      let plus = value(weights)
      weights[i] -= 2e-6
      let derivative = (plus - value(weights)) / 2e-6 * Double(rows)
      #expect(abs(derivative - (held.influence[i] - mean)) < 1e-6)
    }
  }

  /// ln p(x, y) / (p(x) p(y)) of a standard bivariate Gaussian, in the critic's layout.
  private static func gaussianRatio(rows: Int, rho: Double, shifts: [Int]) -> Buffer<Double> {
    var random = RandomSource(seed: testSeed(11))
    let x = random.normals(rows)
    let y = x.map { rho * $0 + (1 - rho * rho).squareRoot() * random.normal() }
    let scores = Buffer<Double>(rows * shifts.count)
    for (k, shift) in shifts.enumerated() {
      for i in 0..<rows {
        let (a, b) = (x[i], y[(i + shift) % rows])
        let quadratic = rho * (rho * a * a - 2 * a * b + rho * b * b)
        scores.start[k * rows + i] =
          -log(1 - rho * rho) / 2 - quadratic / (2 * (1 - rho * rho))
      }
    }
    return scores
  }
}
