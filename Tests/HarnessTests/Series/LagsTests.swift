// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators
import Foundation
import Harness
import Testing

@Suite struct LagsTests {
  /// I = -ln(1 - r^2) / 2 with r(lag) = 0.8 sd(x) / sd(y) times 0.6^|lag - 2|.
  ///
  /// r is at most 0.71, and the deviation of the estimate about r / sqrt(n_eff), where 20,000 rows are worth 11,000 or more:
  /// at most 0.007.
  @Test func coupledAutoregressionsHaveTheClosedForm() throws {
    let (x, y) = SeriesDraws.coupled(
      20_000, coefficient: 0.6, weight: 0.8, lag: 2, seed: 1)
    let found = try SeriesDraws.lags(x, y, LagsSettings(-3...6))
    let variance = 1 / (1 - 0.36)
    for (lag, estimate, error, _) in found.lags {
      let r =
        0.8 * (variance / (0.64 * variance + 1)).squareRoot() * pow(0.6, Double(abs(lag - 2)))
      expect(estimate.information.nats, within: 0.026, of: -log(1 - r * r) / 2, "lag \(lag)")
      #expect(try #require(error) < 0.02)
    }
    #expect(found.lags[found.peak].lag == 2)
  }

  /// Numbers at all lags are of the same rows, and each is that of the pair made by hand.
  @Test func aLagIsTheEstimateOfThePairsAtThatLag() throws {
    let (x, y) = SeriesDraws.coupled(300, coefficient: 0.5, weight: 1, lag: 1, seed: 2)
    let found = try SeriesDraws.lags(x, y, LagsSettings(-2...3), estimator: "ksg-1", threads: 2)
    #expect(found.rows == Array(2..<297))
    for (lag, estimate, _, _) in found.lags {
      let pair = try EstimationRequest(
        x: .samples(Samples(Array(x[2..<297]))),
        y: .samples(Samples(Array(y[2 + lag..<297 + lag]))))
      let expected = try KSG1Estimator().estimate(pair).information.nats
      #expect(estimate.information.nats == expected)
    }
  }

  /// The largest value of x ends a trial, that of y begins the next: paired, they would be all that counts.
  @Test func noPairCrossesTheBorderOfTrials() throws {
    var random = RandomSource(seed: testSeed(3))
    var (x, y) = (random.normals(400), random.normals(400))
    (x[199], y[200]) = (1000, 1000)
    let groups = (0..<400).map { $0 / 200 }
    let apart = try SeriesDraws.lags(x, y, LagsSettings(0...1), groups: groups)
    let joined = try SeriesDraws.lags(x, y, LagsSettings(0...1))
    // Independent: the mean is 0 and the deviation 1 / n; joined, r is near 1.
    expect(apart.lags[1].estimate.information.nats, below: 0.03)
    #expect(joined.lags[1].estimate.information.nats > 1)
    #expect(apart.rows == Array(0..<199) + Array(200..<399))
    #expect(apart.trials == 2)
  }

  @Test func aTrialThatIsTooShortIsCounted() throws {
    var random = RandomSource(seed: testSeed(4))
    let groups = [Int](repeating: 0, count: 90) + [Int](repeating: 1, count: 4)
    let found = try SeriesDraws.lags(
      random.normals(94), random.normals(94), LagsSettings(-2...2), groups: groups)
    #expect(found.shortTrials == 1)
    #expect(found.rows == Array(2..<88))
    let error = #expect(throws: EstimatorError.self) {
      try SeriesDraws.lags(random.normals(94), random.normals(94), LagsSettings(-47...47))
    }
    #expect(error?.code == .tooFewSamples)
  }

  /// Of 40 independent pairs at level 0.1 four are rejected on average, more than 11 with probability 0.0004.
  @Test(arguments: ["shift", "block"])
  func theMaximumOverLagsHoldsItsLevel(surrogates: String) throws {
    var rejected = 0
    for seed in UInt64(0)..<40 {
      let x = SeriesDraws.coupled(400, coefficient: 0.9, weight: 0, lag: 1, seed: 100 + 2 * seed).x
      let y = SeriesDraws.coupled(400, coefficient: 0.9, weight: 0, lag: 1, seed: 101 + 2 * seed).x
      let found = try SeriesDraws.lags(
        x, y, LagsSettings(-5...5, permutations: 99, surrogates: surrogates), seed: seed)
      if try #require(found.test).pValue <= 0.1 { rejected += 1 }
    }
    expect(rejected, atMost: 11)
  }

  /// A shift of one series is kept by lag and shift together; the maxima are those of the rows moved by hand.
  @Test func thePValueOfAShiftIsThatOfTheMovedSeries() throws {
    let (x, y) = SeriesDraws.coupled(120, coefficient: 0.7, weight: 0.1, lag: 1, seed: 5)
    let lags = -2...2
    let found = try SeriesDraws.lags(x, y, LagsSettings(lags, permutations: 20), seed: 9)
    let best = found.lags[found.peak].estimate.information.nats
    var reached = 0
    let test = try #require(found.test)
    for index in 0..<test.permutations {
      var random = RandomSource(seed: 9, fnv1a("permutation"), UInt64(index))
      let order = Surrogates.shift.rows(120, groups: nil, memory: 1, random: &random)
      let moved = order.map { y[$0] }
      let largest = try SeriesDraws.lags(x, moved, LagsSettings(lags)).lags
        .map(\.estimate.information.nats).max()
      if try #require(largest) >= best { reached += 1 }
    }
    #expect(test.reached == reached)
  }

  @Test func aDependenceIsFoundAtItsLag() throws {
    let (x, y) = SeriesDraws.coupled(1500, coefficient: 0.8, weight: 1, lag: 4, seed: 6)
    let found = try SeriesDraws.lags(
      x, y, LagsSettings(-6...6, permutations: 99), estimator: "ksg-1", ["theiler": "5"])
    #expect(found.lags[found.peak].lag == 4)
    // 13 of 1500 shifts meet the peak again: the p-value is 0.01, or 0.05 with four of them among 99.
    expect(try #require(found.test).pValue, below: 0.06)
  }

  @Test func threadsChangeNoBit() throws {
    let (x, y) = SeriesDraws.coupled(300, coefficient: 0.8, weight: 0.2, lag: 1, seed: 7)
    for surrogates in ["shift", "block", "shuffle"] {
      let outcomes = try [1, 3].map { threads in
        try SeriesDraws.lags(
          x, y, LagsSettings(-3...3, permutations: 39, surrogates: surrogates),
          estimator: "ksg-1", threads: threads)
      }
      #expect(outcomes[0].lags.map(\.estimate) == outcomes[1].lags.map(\.estimate))
      #expect(outcomes[0].test == outcomes[1].test)
    }
  }

  @Test func gapsEndTrials() {
    #expect(Trials.groups(nil, brokenAtGapsOf: [0, 1, 3, 4, 7]) == [0, 0, 1, 1, 2])
    #expect(Trials.groups([5, 5, 5, 6, 6], brokenAtGapsOf: [0, 1, 3, 4, 5]) == [0, 0, 1, 2, 2])
    #expect(Trials(count: 5, groups: [1, 1, 2, 1, 1]).ranges == [0..<2, 2..<3, 3..<5])
  }
}
