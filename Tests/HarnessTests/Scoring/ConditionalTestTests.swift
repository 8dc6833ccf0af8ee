// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators
import Foundation
import Harness
import Testing

@Suite struct ConditionalTestTests {
  /// x <- z -> y by bent arrows, and with `weight` an arrow from x to y.
  private func chain(_ n: Int, weight: Double, seed: UInt64) throws -> EstimationRequest {
    var random = RandomSource(seed: testSeed(seed), 0xC1)
    let z = random.normals(n)
    let x = z.map { 2 * tanh($0) + random.normal() / 2 }
    let y = zip(z, x).map { $0 * $0 + weight * $1 + random.normal() / 2 }
    return try EstimationRequest(
      x: .samples(Samples(x)), y: .samples(Samples(y)), given: .samples(Samples(z)),
      seed: testSeed(seed))
  }

  private func pValue(
    _ request: EstimationRequest, by estimator: any MutualInformationEstimator
  ) throws -> Double {
    try PermutationTest(estimator, request, permutations: 39, surrogates: .local).pValue
  }

  /// Of 40 chains at level 0.1 four are rejected on average, more than 11 with probability 0.0004.
  ///
  /// Without z the tie is plain (0.2 nats at a deviation of 0.03), and with an arrow of its own the partial correlation given z is 0.45.
  @Test func chainsHoldTheLevelAndArrowsAreFound() throws {
    var (rejected, found, blind) = (0, 0, 0)
    for seed in UInt64(0)..<40 {
      if try pValue(chain(400, weight: 0, seed: seed), by: KSG1Estimator()) <= 0.1 { rejected += 1 }
      guard seed < 10 else { continue }
      if try pValue(chain(400, weight: 0.5, seed: seed), by: KSG1Estimator()) <= 0.1 { found += 1 }
      let whole = try chain(400, weight: 0, seed: seed)
      let alone = try whole.with(x: whole.x, y: whole.y)
      if try PermutationTest(KSG1Estimator(), alone, permutations: 39).pValue <= 0.1 { blind += 1 }
    }
    expect(rejected, atMost: 11)
    expect(found, atLeast: 9)
    expect(blind, atLeast: 9)
  }

  /// A model that is wrong about the arrows is held to the level by its surrogates, which keep the arrows.
  @Test func aStraightModelOfBentArrowsHoldsTheLevel() throws {
    let rejected = try (0..<40).count { seed in
      try pValue(chain(400, weight: 0, seed: 500 + UInt64(seed)), by: GaussianEstimator()) <= 0.1
    }
    expect(rejected, atMost: 11)
  }

  /// Classes of labels with means of their own for x and for y.
  @Test func labelsThatAreGivenHoldTheLevel() throws {
    var (rejected, found) = (0, 0)
    for seed in UInt64(0)..<40 {
      var random = RandomSource(seed: testSeed(seed), 0xC2)
      let z = (0..<200).map { _ in Int32(random.below(3)) }
      let x = z.map { 3 * Double($0) + random.normal() }
      func request(_ weight: Double) throws -> EstimationRequest {
        let y = zip(z, x).map { -2 * Double($0) + weight * ($1 - 3 * Double($0)) + random.normal() }
        return try EstimationRequest(
          x: .samples(Samples(x)), y: .samples(Samples(y)), given: .labels(Labels(z)),
          seed: testSeed(seed))
      }
      if try pValue(request(0), by: GaussianEstimator()) <= 0.1 { rejected += 1 }
      // A correlation of 0.45 within the classes is 6 standard errors.
      if try pValue(request(0.5), by: GaussianEstimator()) <= 0.1 { found += 1 }
    }
    expect(rejected, atMost: 11)
    expect(found, atLeast: 38)
  }

  @Test func rowsTradePlacesWithinClassesAndNeighborhoods() throws {
    var random = RandomSource(seed: testSeed(1))
    let classes = (0..<120).map { Int32($0 % 7) }
    let local = try LocalPermutation(given: .labels(Labels(classes)), seed: 1)
    let rows = local.rows(using: &random)
    #expect(rows.sorted() == Array(0..<120))
    #expect(rows.indices.allSatisfy { classes[$0] == classes[rows[$0]] })
    // In one column the five nearest rows are at most four ranks away.
    let z = random.normals(500)
    let near = try LocalPermutation(given: .samples(Samples(z)), seed: 1).rows(using: &random)
    let rank = AverageRanks(z).ranks
    #expect(near.indices.allSatisfy { abs(rank[$0] - rank[near[$0]]) <= 4 })
    // Nearly all rows move, and few come twice.
    expect(near.indices.count { near[$0] != $0 }, atLeast: 350)
    expect(Set(near).count, atLeast: 400)
    // Values of z that repeat: rows of a value, in random order, trade places with each other.
    let coarse = z.map { ($0 * 2).rounded() }
    let tied = try LocalPermutation(given: .samples(Samples(coarse)), seed: 1)
      .rows(using: &random)
    expect(tied.indices.count { coarse[$0] == coarse[tied[$0]] }, atLeast: 470)
  }

  @Test func labelsOfOneRowEachAreRefused() throws {
    let error = #expect(throws: EstimatorError.self) {
      try LocalPermutation(given: .labels(Labels(Array(0..<30))), seed: 0)
    }
    #expect(error?.code == .tooFewSamples)
  }
}
