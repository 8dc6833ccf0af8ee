// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators
import Harness
import Testing

@Suite struct PermutationTestTests {
  private let plugIn = PlantedEstimator("plug-in")

  private func request(_ n: Int, information: Double, seed: UInt64) throws -> EstimationRequest {
    let truth = GaussianTruth(dx: 1, dy: 1, information: Information(nats: information))
    let pair = truth.sample(n, seed: testSeed(seed))
    return try EstimationRequest(x: pair.x, y: pair.y, seed: testSeed(seed), threads: 2)
  }

  @Test func dependenceHasTheLeastPValue() throws {
    let test = try PermutationTest(
      plugIn, request(200, information: 0.5, seed: 1), permutations: 99)
    #expect(test.pValue == 0.01)
    #expect(test.permutations == 99 && !test.stoppedEarly)
  }

  @Test func pValuesUnderIndependenceAreUniform() throws {
    let values = try (0..<80).map { seed in
      try PermutationTest(
        plugIn, request(40, information: 0, seed: UInt64(seed)), permutations: 99, enough: 100
      ).pValue
    }
    // At level 0.2: mean 16, standard deviation 3.6.
    let small = values.filter { $0 <= 0.2 }.count
    expect(Double(small), in: 3.5...28.5)
  }

  @Test func independenceStopsEarly() throws {
    let test = try PermutationTest(
      plugIn, request(60, information: 0, seed: 11), permutations: 5000)
    #expect(test.stoppedEarly)
    expect(test.permutations, atMost: 999)
    expect(test.pValue, above: 0.02)
  }

  @Test func aConstantVariableHasPValueOne() throws {
    let request = try EstimationRequest(
      x: .samples(Samples([3, 3, 3, 3])), y: .samples(Samples([1, 2, 3, 4])))
    #expect(try PermutationTest(plugIn, request, permutations: 99).pValue == 1)
  }

  @Test func threadsDoNotChangeIt() throws {
    var request = try request(50, information: 0.02, seed: 4)
    request.threads = 1
    let one = try PermutationTest(plugIn, request, permutations: 200)
    request.threads = 4
    #expect(try PermutationTest(plugIn, request, permutations: 200) == one)
  }
}
