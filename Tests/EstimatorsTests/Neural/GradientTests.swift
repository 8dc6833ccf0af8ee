// SPDX-License-Identifier: MIT

import Estimators
import Testing

/// Central differences of float64 builds of the code that trains in float32.
@Suite struct GradientTests {
  static let step = 1e-5

  @Test(arguments: [[5, 1], [5, 4, 1], [3, 7, 5, 2]], [0.0, 0.2])
  func denseNetwork(widths: [Int], slope: Double) {
    var random = RandomSource(seed: 1)
    let rows = 6
    let network = DenseNetwork<Double>(widths: widths, slope: slope)
    let parameters = Buffer<Double>(network.parameterCount)
    network.initialize(parameters.start, using: &random)
    for i in 0..<parameters.count { parameters.start[i] += 0.1 * random.normal() }
    let input = Buffer<Double>(random.normals(rows * widths[0]))
    let outputs = rows * widths[widths.count - 1]
    let direction = random.normals(outputs)
    let workspace = Buffer<Double>(network.workspaceCount(rows: rows))

    func value() -> Double {
      network.forward(
        parameters.start, input: input.start, workspace: workspace.start, rows: rows)
      let output = workspace.start + network.output(rows: rows)
      return (0..<outputs).reduce(0) { $0 + direction[$1] * output[$1] }
    }
    _ = value()
    let scratch = Buffer<Double>(network.workspaceCount(rows: rows))
    for i in 0..<outputs { scratch.start[network.output(rows: rows) + i] = direction[i] }
    let gradients = Buffer<Double>(parameters.count)
    let inputGradient = Buffer<Double>(input.count)
    network.backward(
      parameters.start, gradients: gradients.start, input: input.start, workspace: workspace.start,
      scratch: scratch.start, inputGradient: inputGradient.start, rows: rows)
    expectClose(gradients.values, differences(parameters, value))
    expectClose(inputGradient.values, differences(input, value))
  }

  @Test(arguments: [0.0, 0.2], [[3], [5, 4]])
  func jointCritic(slope: Double, hidden: [Int]) {
    checkCritic(JointCritic<Double>.self, slope: slope, hidden: hidden, shifts: [0, 1, 4])
  }

  @Test(arguments: [[0, 1, 2, 3, 4, 5], [0, 2]])
  func separableCritic(shifts: [Int]) {
    checkCritic(SeparableCritic<Double>.self, slope: 0.1, hidden: [6, 4], shifts: shifts)
  }

  private func checkCritic<C: Critic>(
    _ type: C.Type, slope: Double, hidden: [Int], shifts: [Int]
  ) where C.Scalar == Double {
    var random = RandomSource(seed: 2)
    let rows = 6
    let shape = CriticShape(dx: 3, dy: 2, hidden: hidden, embedding: 3, slope: slope)
    let critic = C(shape: shape, rows: rows, pairs: rows * shifts.count)
    let parameters = Buffer<Double>(random.normals(critic.parameterCount))
    let x = Buffer<Double>(random.normals(rows * 3))
    let y = Buffer<Double>(random.normals(rows * 2))
    let scores = Buffer<Double>(rows * shifts.count)
    let direction = Buffer<Double>(random.normals(rows * shifts.count))

    func value() -> Double {
      critic.embed(parameters, x: x.start, y: y.start, rows: rows)
      critic.score(parameters, shifts: shifts, scores: scores.start)
      return (0..<scores.count).reduce(0) { $0 + direction.start[$1] * scores.start[$1] }
    }
    _ = value()
    let gradients = Buffer<Double>(parameters.count)
    critic.backward(
      parameters, gradients: gradients, shifts: shifts, scoreGradients: direction.start)
    expectClose(gradients.values, differences(parameters, value))
  }

  static let objectives: [(String, any Objective)] = [
    ("dv", DonskerVaradhan()),
    ("mine, first batch", MovingAverageDonskerVaradhan(rate: 0.01)),
    ("nwj", NguyenWainwrightJordan()),
    ("infonce", InfoNCE()),
    ("js", JensenShannon(reading: .nguyenWainwrightJordan)),
    ("hellinger", HellingerRatio()),
    ("kl", KullbackLeiblerRatio()),
  ]

  @Test(arguments: objectives.indices)
  func objective(index: Int) {
    let (name, fresh) = Self.objectives[index]
    var random = RandomSource(seed: 3)
    let (rows, shifts) = (5, [0, 1, 3])
    let scores = Buffer<Double>(random.normals(rows * shifts.count))
    let slopes = Buffer<Double>(scores.count)
    let scratch = Buffer<Double>(scores.count)
    var objective = fresh
    _ = objective.loss(
      Scores(scores.start, rows: rows, shifts: shifts), gradient: slopes.start)
    let numeric = differences(scores) {
      var objective = fresh
      return objective.loss(
        Scores(scores.start, rows: rows, shifts: shifts), gradient: scratch.start)
    }
    expectClose(slopes.values, numeric, name)
  }

  private func differences(_ at: Buffer<Double>, _ value: () -> Double) -> [Double] {
    (0..<at.count).map { i in
      let kept = at.start[i]
      at.start[i] = kept + Self.step
      let above = value()
      at.start[i] = kept - Self.step
      let below = value()
      at.start[i] = kept
      return (above - below) / (2 * Self.step)
    }
  }

  /// Within 1e-6 of the largest entry: a hundred times tighter than asked, far above rounding.
  private func expectClose(_ found: [Double], _ numeric: [Double], _ name: String = "") {
    let scale = numeric.map(abs).max() ?? 0
    #expect(scale > 0)
    for i in found.indices {
      #expect(abs(found[i] - numeric[i]) <= 1e-6 * scale, "\(name) \(i)")
    }
  }
}
