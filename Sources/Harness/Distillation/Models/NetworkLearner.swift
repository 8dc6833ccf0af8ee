// SPDX-License-Identifier: MIT

import Estimators

/// A multilayer perceptron trained by Adam over a grid of weight decays, stopped early on held-out
/// rows.
///
/// The weights kept are those of the least loss by the labels on the stopping rows; training ends
/// after ``patience`` epochs without a better one. Every fit begins at the same random weights and
/// draws the same batches, so that paired differences are not differences of luck.
struct NetworkLearner: DistillationLearner {
  /// Decoupled weight decays, the most rigid first.
  static let decays = [1, 0.1, 0.01]
  static let rate = 3e-3
  static let batch = 64
  static let epochs = 300
  static let patience = 20

  private let network: DenseNetwork<Float>
  private let x: [Float]
  private let rows: Int
  private let target: DistillationTarget
  private let stopping: HeldRows
  private let random: RandomSource

  init(
    _ x: Matrix, target: DistillationTarget, hidden: [Int], stopping: HeldRows?,
    random: RandomSource
  ) {
    network = DenseNetwork(widths: [x.columns] + hidden + [target.outputs])
    self.x = x.values.map { Float($0) }
    rows = x.rows
    self.target = target
    self.stopping = stopping ?? HeldRows(x: x, target: target)
    self.random = random
  }

  var settingCount: Int { Self.decays.count }
  var refits: Bool { false }

  func fit(
    _ setting: Int, teaching: Teaching?, from start: (any DistilledModel)?
  ) -> any DistilledModel {
    _ = singleThreadedBLAS
    var random = self.random
    let parameters = Buffer<Float>(network.parameterCount)
    network.initialize(parameters.start, using: &random)
    let gradients = Buffer<Float>(network.parameterCount)
    var adam = Adam<Float>(count: parameters.count, decay: Self.decays[setting])
    let size = min(Self.batch, rows)
    let input = Buffer<Float>(size * network.widths[0])
    let workspace = Buffer<Float>(network.workspaceCount(rows: size))
    let scratch = Buffer<Float>(network.workspaceCount(rows: size))
    var best = NetworkWeights(network: network, parameters: parameters.values)
    var least = stopping.target.score(best.outputs(stopping.x)).loss
    var bestEpoch = 0
    for epoch in 1...Self.epochs where epoch - bestEpoch <= Self.patience {
      let order = random.permutation(rows)
      for first in stride(from: 0, to: rows - size + 1, by: size) {
        let batch = Array(order[first..<first + size])
        gather(batch, into: input)
        network.forward(
          parameters.start, input: input.start, workspace: workspace.start, rows: size)
        let out = network.output(rows: size)
        let count = size * target.outputs
        var outputs = Matrix(
          rows: size, columns: target.outputs,
          values: (0..<count).map { Double(workspace.start[out + $0]) })
        gradient(&outputs, batch, teaching)
        for i in 0..<count { scratch.start[out + i] = Float(outputs.values[i]) }
        gradients.clear()
        network.backward(
          parameters.start, gradients: gradients.start, input: input.start,
          workspace: workspace.start, scratch: scratch.start, inputGradient: nil, rows: size)
        adam.step(parameters, gradients: gradients, rate: Self.rate)
      }
      let model = NetworkWeights(network: network, parameters: parameters.values)
      let loss = stopping.target.score(model.outputs(stopping.x)).loss
      if loss < least { (best, least, bestEpoch) = (model, loss, epoch) }
    }
    return best
  }

  private func gather(_ batch: [Int], into input: Buffer<Float>) {
    let d = network.widths[0]
    x.withUnsafeBufferPointer { x in
      for (i, row) in batch.enumerated() {
        for j in 0..<d { input.start[i * d + j] = x[row * d + j] }
      }
    }
  }

  /// The outputs of a batch become the gradient of its mean loss.
  private func gradient(_ outputs: inout Matrix, _ batch: [Int], _ teaching: Teaching?) {
    let opinions = teaching?.opinions.selecting(rows: batch)
    switch target {
    case .classes(let codes, let count):
      let part = teaching.flatMap { teaching in
        opinions.map {
          SoftmaxGoal.Teaching(
            probabilities: $0, weight: teaching.weight, temperature: teaching.temperature)
        }
      }
      let goal = SoftmaxGoal(classes: batch.map { codes[$0] }, classCount: count, teaching: part)
      _ = goal.loss(logitsToGradient: &outputs)
    case .numbers(let values):
      let weight = teaching?.weight ?? 0
      for (i, row) in batch.enumerated() {
        let hard = outputs[i, 0] - values[row]
        let soft = outputs[i, 0] - (opinions?[i, 0] ?? values[row])
        outputs[i, 0] =
          2 * ((1 - weight) * hard + weight * soft) / Double(batch.count)
      }
    }
  }
}

/// A trained network.
private struct NetworkWeights: DistilledModel {
  let network: DenseNetwork<Float>
  let parameters: [Float]

  func outputs(_ x: Matrix) -> Matrix {
    let input = x.values.map { Float($0) }
    let workspace = Buffer<Float>(network.workspaceCount(rows: x.rows))
    network.forward(
      parameters, input: input, workspace: workspace.start, rows: x.rows)
    let start = network.output(rows: x.rows)
    let columns = network.widths[network.layers]
    return Matrix(
      rows: x.rows, columns: columns,
      values: (0..<x.rows * columns).map { Double(workspace.start[start + $0]) })
  }
}
