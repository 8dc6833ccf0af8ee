// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators
import Foundation
import Harness
import Testing

@Suite struct SurrogateTests {
  /// A first-order autoregression.
  static func autoregression(_ n: Int, _ coefficient: Double, seed: UInt64) throws -> Samples {
    var random = RandomSource(seed: testSeed(seed), 0xA5)
    var values: [Double] = []
    var last = random.normal() / (1 - coefficient * coefficient).squareRoot()
    for _ in 0..<n {
      last = coefficient * last + random.normal()
      values.append(last)
    }
    return try Samples(values)
  }

  private func pair(
    _ n: Int, _ coefficient: Double, seed: UInt64
  ) throws -> EstimationRequest {
    try EstimationRequest(
      x: .samples(Self.autoregression(n, coefficient, seed: 2 * seed)),
      y: .samples(Self.autoregression(n, coefficient, seed: 2 * seed + 1)), seed: testSeed(seed))
  }

  /// Independent autoregressions are found dependent about as often as the level says.
  ///
  /// Of 40 pairs at level 0.1 four rejections are expected, and more than 11 have probability 0.0004.
  /// Shuffles reject 23 with a standard deviation of 3.
  @Test(arguments: [Surrogates.shift, .block])
  func independentSeriesAreNotFoundDependent(surrogates: Surrogates) throws {
    var (rejected, byShuffle) = (0, 0)
    for seed in 0..<40 {
      let request = try pair(400, 0.9, seed: UInt64(seed))
      let test = try PermutationTest(
        GaussianEstimator(), request, permutations: 99, surrogates: surrogates)
      if test.pValue <= 0.1 { rejected += 1 }
      if try PermutationTest(GaussianEstimator(), request, permutations: 99).pValue <= 0.1 {
        byShuffle += 1
      }
    }
    expect(rejected, atMost: 11)
    expect(byShuffle, atLeast: 11)
  }

  @Test(arguments: [Surrogates.shift, .block])
  func dependentSeriesAreFound(surrogates: Surrogates) throws {
    let x = try Self.autoregression(600, 0.8, seed: 7)
    let noise = try Self.autoregression(600, 0.8, seed: 8)
    let y = try Samples(zip(x.values, noise.values).map { $0 + $1 })
    let test = try PermutationTest(
      GaussianEstimator(), EstimationRequest(x: .samples(x), y: .samples(y)), permutations: 99,
      surrogates: surrogates)
    expect(test.pValue, atMost: 0.02)
  }

  /// Ten groups of ten rows that share a value, drawn for x and for y by itself.
  ///
  /// At level 0.1 four of 40 independent pairs are rejected on average, and more than 11 with
  /// probability 0.0004. Rows shuffled one by one reject 22 with a standard deviation of 3.
  @Test func aShuffleExchangesWholeGroups() throws {
    var (rejected, byRows) = (0, 0)
    for seed in UInt64(0)..<40 {
      var random = RandomSource(seed: testSeed(seed), 0x67)
      let groups = (0..<100).map { $0 / 10 }
      func side() throws -> Variable {
        let shared = random.normals(10)
        return .samples(try Samples(groups.map { 2 * shared[$0] + random.normal() }))
      }
      let (x, y) = (try side(), try side())
      let grouped = try EstimationRequest(x: x, y: y, groups: groups, seed: testSeed(seed))
      let alone = try EstimationRequest(x: x, y: y, seed: testSeed(seed))
      if try PermutationTest(GaussianEstimator(), grouped, permutations: 99).pValue <= 0.1 {
        rejected += 1
      }
      if try PermutationTest(GaussianEstimator(), alone, permutations: 99).pValue <= 0.1 {
        byRows += 1
      }
    }
    expect(rejected, atMost: 11)
    expect(byRows, atLeast: 11)
  }

  @Test func groupsThatAreTooFewOfOneSizeRefuseAShuffle() throws {
    let request = try pair(60, 0.2, seed: 1)
    let groups = (0..<60).map { $0 / 20 }
    let error = #expect(throws: EstimatorError.self) {
      try PermutationTest(
        GaussianEstimator(),
        EstimationRequest(x: request.x, y: request.y, groups: groups), permutations: 99)
    }
    #expect(error?.code == .tooFewSamples)
  }

  @Test func rearrangementsArePermutationsThatStayWithinGroups() {
    let groups = (0..<90).map { $0 < 30 ? 0 : $0 < 70 ? 1 : 2 }
    for surrogates in Surrogates.unconditional {
      var random = RandomSource(seed: testSeed(3))
      let rows = surrogates.rows(90, groups: groups, memory: 4, random: &random)
      #expect(rows.sorted() == Array(0..<90))
      #expect(rows.indices.allSatisfy { groups[$0] == groups[rows[$0]] })
      #expect(rows != Array(0..<90))
    }
  }

  @Test func aShiftKeepsTheSeriesButForOneSeam() {
    var random = RandomSource(seed: testSeed(4))
    let rows = Surrogates.shift.rows(200, groups: nil, memory: 10, random: &random)
    let breaks = (1..<200).count { rows[$0] != rows[$0 - 1] + 1 }
    #expect(breaks == 1)
    // Every lag but none: see Surrogates.
    #expect((1..<200).contains(rows[0]))
  }

  @Test func independentRowsAreNotTakenForSeries() throws {
    var found = 0
    for seed in 0..<300 {
      var random = RandomSource(seed: testSeed(seed), 0xB7)
      let (x, y) = (random.normals(200), random.normals(200).map { exp($0) })
      if RowMemory(.samples(try Samples(x)), .samples(try Samples(y))).isOrdered { found += 1 }
    }
    // 0.3 are expected at the most: see RowMemoryTests.
    expect(found, atMost: 3)
  }

  @Test func anAutoregressionIsWorthFewerRows() throws {
    // n (1 - a^2) / (1 + a^2): 600 rows at 0.95 are worth 31. The spread over seeds is a factor of 1.6.
    let request = try pair(600, 0.95, seed: 5)
    let memory = RowMemory(request.x, request.y)
    #expect(memory.isOrdered)
    #expect(memory.effectiveRows > 6 && memory.effectiveRows < 160)
    #expect(memory.warning?.code == "orderedRows")
  }

  @Test func sortedLabelsAreNoSeries() throws {
    let labels = try Labels((0..<300).map { $0 / 100 })
    let x = try Samples((0..<300).map { Double($0 / 100) + sin(Double($0 * $0)) })
    #expect(!RowMemory(.samples(x), .labels(labels)).isOrdered)
  }
}
