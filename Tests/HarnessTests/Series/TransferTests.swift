// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators
import Foundation
import Harness
import Testing

@Suite struct TransferTests {
  /// Of white x, T(x -> y) = ln(1 + weight^2) / 2 at the lag of the coupling.
  ///
  /// 0.199 nats; the deviation of `gaussian` is sqrt(1 - exp(-2 T)) / sqrt(n) = 0.004; that of `ksg-1` about twice as much, and
  /// its bias toward zero below 0.01.
  @Test(arguments: [("gaussian", 0.0143), ("ksg-1", 0.04)])
  func coupledSeriesHaveTheClosedForm(estimator: String, tolerance: Double) throws {
    let (x, y) = SeriesDraws.coupled(
      20_000, coefficient: 0, own: 0.5, weight: 0.7, lag: 2, seed: 1)
    let forth = try SeriesDraws.transfer(x, y, TransferSettings(lag: 2), estimator: estimator)
    expect(
      forth.estimate.information.nats, within: tolerance, of: log(1 + 0.49) / 2, estimator)
    let back = try SeriesDraws.transfer(y, x, TransferSettings(lag: 2), estimator: estimator)
    expect(back.estimate.information.nats, within: tolerance, of: 0, estimator)
  }

  /// The definition by loops over all pairs of rows.
  @Test func nearestNeighborsAreThoseOfTheDefinition() throws {
    let (x, y) = SeriesDraws.coupled(260, coefficient: 0.5, own: 0.4, weight: 0.6, lag: 3, seed: 2)
    var random = RandomSource(seed: testSeed(2))
    let z = random.normals(260)
    var settings = TransferSettings(lag: 3, history: 2, sourceHistory: 2, givenLag: 1)
    settings.step = 2
    let groups = (0..<260).map { $0 < 140 ? 0 : 1 }
    for given in [nil, z] {
      let found = try SeriesDraws.transfer(
        x, y, given: given, settings, estimator: "ksg-1", ["k": "4"], groups: groups)
      // Row t needs x at t - 5 and y at t - 3.
      let rows = Array(5..<140) + Array(145..<260)
      #expect(found.rows == rows)
      let (past, now) = (rows.map { [x[$0 - 3], x[$0 - 5]] }, rows.map { [y[$0]] })
      let known = rows.map { t in
        [y[t - 1], y[t - 3]] + (given.map { z in [z[t - 1]] } ?? [])
      }
      let expected = Self.frenzelPompe(past, now, known, k: 4)
      #expect(abs(found.estimate.information.nats - expected) < 1e-9)
      let terms = try #require(found.pointwise)
      #expect(terms.count == 260)
      #expect(terms.indices.filter { !terms[$0].isNaN } == rows)
      let mean = terms.filter { !$0.isNaN }.reduce(0, +) / Double(rows.count)
      #expect(abs(mean - expected) < 1e-9)
    }
  }

  /// psi(k) - < psi(n_xz + 1) + psi(n_yz + 1) - psi(n_z + 1) >, counting what is nearer than the k-th neighbor.
  private static func frenzelPompe(
    _ x: [[Double]], _ y: [[Double]], _ z: [[Double]], k: Int
  ) -> Double {
    func gap(_ a: [Double], _ b: [Double]) -> Double {
      zip(a, b).reduce(0) { max($0, abs($1.0 - $1.1)) }
    }
    // psi(m + 1) = psi(m) + 1 / m, from psi(1) = -0.5772...
    func psi(_ m: Int) -> Double {
      (1..<m).reduce(-0.577_215_664_901_532_9) { $0 + 1 / Double($1) }
    }
    let n = x.count
    var sum = 0.0
    for i in 0..<n {
      let others = (0..<n).filter { $0 != i }
      let (gx, gy, gz) = (
        others.map { gap(x[i], x[$0]) }, others.map { gap(y[i], y[$0]) },
        others.map { gap(z[i], z[$0]) }
      )
      let reach = others.indices.map { max(gx[$0], gy[$0], gz[$0]) }.sorted()[k - 1]
      let nxz = others.indices.count { max(gx[$0], gz[$0]) < reach }
      let nyz = others.indices.count { max(gy[$0], gz[$0]) < reach }
      let nz = others.indices.count { gz[$0] < reach }
      sum += psi(k) - psi(nxz + 1) - psi(nyz + 1) + psi(nz + 1)
    }
    return sum / Double(n)
  }

  /// The largest value of the source ends a trial, that of the target begins the next.
  @Test func noPastCrossesTheBorderOfTrials() throws {
    var random = RandomSource(seed: testSeed(3))
    var (x, y) = (random.normals(400), random.normals(400))
    (x[199], y[200]) = (1000, 1000)
    let groups = (0..<400).map { $0 / 200 }
    let apart = try SeriesDraws.transfer(x, y, groups: groups)
    let joined = try SeriesDraws.transfer(x, y)
    // Independent: the mean is 0 and the deviation 1 / n; joined, the partial correlation is near 1.
    expect(apart.estimate.information.nats, below: 0.03)
    #expect(joined.estimate.information.nats > 1)
    #expect(apart.rows == Array(1..<200) + Array(201..<400))
  }

  /// z drives x after one row and y after two: x tells about y until z is given.
  ///
  /// x_{t-1} = z_{t-2} + noise / 2, y_t = z_{t-2} + noise / 2 of white z: the correlation is 0.8 and T = 0.51, with a deviation of 0.8 /
  /// sqrt(5000) = 0.011. Given z it is 0 with a deviation of 1 / n.
  @Test func aCommonDriverThatIsGivenLeavesNoTransfer() throws {
    var random = RandomSource(seed: testSeed(4))
    let n = 5000
    let z = random.normals(n)
    let x = (0..<n).map { ($0 > 0 ? z[$0 - 1] : 0) + random.normal() / 2 }
    let y = (0..<n).map { ($0 > 1 ? z[$0 - 2] : 0) + random.normal() / 2 }
    let alone = try SeriesDraws.transfer(x, y)
    expect(alone.estimate.information.nats, within: 0.04, of: -log(1 - 0.64) / 2)
    let given = try SeriesDraws.transfer(
      x, y, given: z, TransferSettings(lag: 1, givenLag: 2, permutations: 99, surrogates: "local"))
    expect(given.estimate.information.nats, within: 0.002, of: 0)
    // By nearest neighbors the deviation is near 0.01.
    let byNeighbors = try SeriesDraws.transfer(
      x, y, given: z, TransferSettings(lag: 1, givenLag: 2), estimator: "ksg-1")
    expect(byNeighbors.estimate.information.nats, within: 0.05, of: 0)
  }

  /// T(x -> y) = 0.2 nats against none, at deviations near 0.02.
  @Test func theDirectionIsRight() throws {
    for seed in UInt64(0)..<20 {
      let (x, y) = SeriesDraws.coupled(
        1000, coefficient: 0.5, own: 0.5, weight: 0.7, lag: 1, seed: 50 + seed)
      let forth = try SeriesDraws.transfer(x, y, estimator: "ksg-1")
      let back = try SeriesDraws.transfer(y, x, estimator: "ksg-1")
      #expect(forth.estimate.information.nats > back.estimate.information.nats + 0.05)
    }
  }

  /// Of 40 pairs at level 0.1 four are rejected on average, more than 11 with probability 0.0004; the coupled ones are
  /// all found: T / deviation is above 5.
  @Test(arguments: ["shift", "block", "local"])
  func theTestHoldsItsLevelAndFindsTransfer(surrogates: String) throws {
    var (rejected, found) = (0, 0)
    for seed in UInt64(0)..<40 {
      let (x, y) = SeriesDraws.coupled(
        300, coefficient: 0.9, own: 0.5, weight: 0.8, lag: 1, seed: 200 + seed)
      let settings = TransferSettings(lag: 1, permutations: 39, surrogates: surrogates)
      // The target drives nothing, though it remembers the source.
      let back = try SeriesDraws.transfer(y, x, settings, seed: seed)
      let forth = try SeriesDraws.transfer(x, y, settings, seed: seed)
      if try #require(back.test).pValue <= 0.1 { rejected += 1 }
      if try #require(forth.test).pValue <= 0.1 { found += 1 }
    }
    expect(rejected, atMost: 11)
    expect(found, atLeast: 39)
  }

  @Test func theLagAndTheHistoryAreChosen() throws {
    let (x, y) = SeriesDraws.coupled(2000, coefficient: 0, own: 0.3, weight: 1, lag: 4, seed: 8)
    var settings = TransferSettings(lag: nil, permutations: 19)
    settings.maxLag = 6
    let found = try SeriesDraws.transfer(x, y, settings, estimator: "ksg-1")
    #expect(found.lag == 4)
    #expect(found.lagsTried.map(\.lag) == Array(1...6))
    #expect(try #require(found.test).pValue == 0.05)

    // y_t = 1.2 y_{t-1} - 0.8 y_{t-2}: one value leaves 2.8 times the noise, two leave the noise.
    var random = RandomSource(seed: testSeed(9))
    var series = [0.0, 0.0]
    for _ in 0..<2000 {
      let n = series.count
      series.append(1.2 * series[n - 1] - 0.8 * series[n - 2] + random.normal())
    }
    let order = try SeriesDraws.transfer(
      random.normals(2002), series, TransferSettings(lag: 1, history: nil, sourceHistory: nil))
    #expect(order.history == 2)
    #expect(order.histories.target.count == 5)
    // Noise is predicted by the mean of four others: 1 + 1/4, with a deviation of 1.25 sqrt(2 / 2000) = 0.04.
    for error in order.histories.source { expect(error, within: 0.14, of: 1.25) }
  }

  /// y copies the parity of x one row and two rows before in nine of ten rows: T = ln 2 - H(0.1) from two values, 0 from one.
  ///
  /// The deviation is about 0.66 / sqrt(4000) = 0.010.
  @Test func labelsHaveAHistoryToo() throws {
    var random = RandomSource(seed: testSeed(10))
    let n = 4000
    let x = (0..<n).map { _ in Int32(random.below(2)) }
    let y = (0..<n).map { t -> Int32 in
      t < 2 || random.uniform() < 0.1 ? Int32(random.below(2)) : x[t - 1] ^ x[t - 2]
    }
    func transfer(_ history: Int?) throws -> TransferOperation.Outcome {
      var settings = TransferSettings(lag: 1, sourceHistory: history ?? 2)
      settings.history = history == nil ? nil : 1
      return try TransferOperation(
        settings, estimator: nil, [:], .builtIn(), source: .labels(Labels(x)),
        target: .labels(Labels(y)), given: nil, groups: nil, seed: 0, threads: 1,
        isCancelled: { false }
      ).run()
    }
    let wrong = 0.05
    let truth = log(2.0) + wrong * log(wrong) + (1 - wrong) * log(1 - wrong)
    expect(try transfer(2).estimate.information.nats, within: 0.036, of: truth)
    expect(try transfer(1).estimate.information.nats, within: 0.004, of: 0)
    // y itself is as good as white: the shortest history.
    #expect(try transfer(nil).history == 1)
  }

  @Test func theMeanOfSurrogatesIsTakenOff() throws {
    let (x, y) = SeriesDraws.coupled(300, coefficient: 0.5, own: 0.5, weight: 0, lag: 1, seed: 11)
    var settings = TransferSettings(lag: 1, permutations: 59)
    settings.correctBias = true
    let found = try SeriesDraws.transfer(x, y, settings, estimator: "ksg-1")
    let moments = try #require(found.surrogateMoments)
    #expect(found.test?.permutations == 59)
    #expect(found.correctedNats == found.estimate.information.nats - moments.mean)
    #expect(moments.deviation > 0)
  }

  @Test func threadsChangeNoBit() throws {
    let (x, y) = SeriesDraws.coupled(300, coefficient: 0.8, weight: 0.2, lag: 1, seed: 12)
    for surrogates in ["shift", "local"] {
      let outcomes = try [1, 3].map { threads in
        try SeriesDraws.transfer(
          x, y, TransferSettings(lag: nil, history: nil, permutations: 39, surrogates: surrogates),
          estimator: "ksg-1", threads: threads)
      }
      #expect(outcomes[0].estimate == outcomes[1].estimate)
      #expect(outcomes[0].test == outcomes[1].test)
      #expect(outcomes[0].histories.target == outcomes[1].histories.target)
    }
  }
}
