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
    expect(Double(small), in: 1.5...30.5)
  }

  @Test func independenceStopsEarly() throws {
    let tests = try (11..<23).map { seed in
      try PermutationTest(plugIn, request(60, information: 0, seed: seed), permutations: 5000)
    }
    // A p-value below 0.02, one of fifty, takes longer: three of twelve have probability 0.002 and four 0.0001.
    expect(
      tests.count { $0.stoppedEarly && $0.permutations < 1000 && $0.pValue > 0.02 }, atLeast: 9)
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
