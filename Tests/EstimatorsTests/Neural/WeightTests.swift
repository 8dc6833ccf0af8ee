// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators
import Testing

/// What the weights of a network begin with, and what is kept of their path.
@Suite struct WeightTests {
  /// Every average is a weighted sum of the whole path; here that sum, term by term.
  @Test(arguments: [0, 0.5, 0.9, 0.995])
  func averageIsTheWeightedSumOfThePath(keeping: Double) {
    var random = RandomSource(seed: 3)
    let path = (0..<40).map { _ in random.normals(3) }
    var average = WeightAverage<Double>(count: 3, keeping: keeping)
    for (last, weights) in path.enumerated() {
      average.add(Buffer(weights))
      for column in 0..<3 {
        var (sum, left) = (0.0, 1.0)
        for step in stride(from: last + 1, through: 1, by: -1) {
          let k = step == 1 ? 0 : min(keeping, Double(step) / Double(step + 9))
          sum += left * (1 - k) * path[step - 1][column]
          left *= k
        }
        #expect(left == 0)
        #expect(abs(average.weights.values[column] - sum) < 1e-12)
      }
    }
  }

  @Test func averageOfSettledWeightsIsTheirPlace() {
    var average = WeightAverage<Float>(count: 1, keeping: 0.9)
    average.add(Buffer([100]))
    for _ in 0..<300 { average.add(Buffer([2])) }
    #expect(abs(average.weights.values[0] - 2) < 1e-5)
  }

  @Test func initialScaleMultipliesTheFirstLayerOnly() {
    func weights(_ scale: Double) -> [Double] {
      let network = DenseNetwork<Double>(widths: [3, 5, 4, 2], slope: 0)
      let parameters = Buffer<Double>(network.parameterCount)
      var random = RandomSource(seed: 1)
      network.initialize(parameters.start, using: &random, inputScale: scale)
      return parameters.values
    }
    let (whole, tenth) = (weights(1), weights(0.1))
    for index in whole.indices {
      let expected = index < 3 * 5 ? 0.1 * whole[index] : whole[index]
      #expect(abs(tenth[index] - expected) < 1e-15)
    }
  }

  @Test func criticsTakeTheirInitialScale() {
    func weights<C: Critic>(_ type: C.Type, _ scale: Double) -> [Double] where C.Scalar == Double {
      let shape = CriticShape(dx: 2, dy: 3, hidden: [4], embedding: 2, initialScale: scale)
      let critic = C(shape: shape, rows: 3, pairs: 6)
      let parameters = Buffer<Double>(critic.parameterCount)
      var random = RandomSource(seed: 1)
      critic.initialize(parameters, using: &random)
      return parameters.values
    }
    let joint = (weights(JointCritic<Double>.self, 1), weights(JointCritic<Double>.self, 0.1))
    #expect(zip(joint.0, joint.1).allSatisfy { abs(0.1 * $0 - $1) < 1e-15 })
    // The others are biases, and zeros at the output.
    #expect(joint.0.filter { $0 != 0 }.count == (2 + 3) * 4)

    let separable = (
      weights(SeparableCritic<Double>.self, 1), weights(SeparableCritic<Double>.self, 0.1)
    )
    let changed = zip(separable.0, separable.1).filter { $0 != $1 }
    #expect(changed.count == (2 + 3) * 4)
    #expect(changed.allSatisfy { abs(0.1 * $0.0 - $0.1) < 1e-15 })
  }
}
