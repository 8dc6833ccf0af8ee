// SPDX-License-Identifier: MIT

/// A network with ReLU layers whose output is added to that of a simpler model.
///
/// Its output layer starts at zero, so a training that never helps on the stopping rows leaves the
/// simpler model as it was.
struct AddedNetwork: Sendable {
  private let widths: [Int]
  private let parameters: [Float]

  /// How it is trained: Adam on minibatches, until the loss on the stopping rows has not fallen for
  /// `patience` steps; the weights of its least value are kept.
  struct Training: Sendable {
    var steps = 3000
    var batch = 128
    var rate = 2e-3
    var decay = 1e-2
    var patience = 300
    var checkEvery = 25
  }

  /// Trains on the rows `training` of x and keeps what is best on the rows `stopping`; `base` has
  /// the simpler model's output for every row.
  init(
    hidden: [Int], x: Matrix, base: Matrix, loss: any OutputLoss, training: [Int],
    stopping: [Int], plan: Training = Training(), random: inout RandomSource,
    isCancelled: () -> Bool
  ) {
    widths = [x.columns] + hidden + [base.columns]
    let network = DenseNetwork<Float>(widths: widths)
    let weights = Buffer<Float>(network.parameterCount)
    network.initialize(weights.start, using: &random, zeroOutput: true)
    let best = Buffer<Float>(weights.count)
    best.copy(weights)
    let gradients = Buffer<Float>(weights.count)
    var adam = Adam<Float>(count: weights.count, decay: plan.decay)
    let size = min(plan.batch, training.count)
    let (input, output) = (x.columns, base.columns)
    let rows = Buffer<Float>(size * input)
    let workspace = Buffer<Float>(network.workspaceCount(rows: size))
    let scratch = Buffer<Float>(workspace.count)
    let held = (x: x.selecting(rows: stopping), base: base.selecting(rows: stopping))
    func heldLoss() -> Double {
      let outputs = Self.outputs(network, weights, held.x).adding(held.base)
      return loss.evaluate(outputs, rows: stopping).value
    }
    var (least, bestStep, step) = (heldLoss(), 0, 0)
    var order = training
    var next = order.count
    while step < plan.steps, step - bestStep < plan.patience, !isCancelled() {
      if order.count - next < size {
        order = random.permutation(order.count).map { order[$0] }
        next = 0
      }
      let batch = Array(order[next..<next + size])
      next += size
      var outputs = base.selecting(rows: batch)
      for (i, row) in batch.enumerated() {
        for j in 0..<input { rows.start[i * input + j] = Float(x[row, j]) }
      }
      network.forward(
        weights.start, input: rows.start, workspace: workspace.start, rows: size)
      let last = network.output(rows: size)
      for i in outputs.values.indices { outputs.values[i] += Double(workspace.start[last + i]) }
      let (value, gradient) = loss.evaluate(outputs, rows: batch)
      // The simpler model stands where a network leaves the numbers.
      guard value.isFinite else { break }
      for i in 0..<size * output { scratch.start[last + i] = Float(gradient.values[i]) }
      gradients.clear()
      network.backward(
        weights.start, gradients: gradients.start, input: rows.start, workspace: workspace.start,
        scratch: scratch.start, inputGradient: nil, rows: size)
      adam.step(weights, gradients: gradients, rate: plan.rate)
      step += 1
      guard step % plan.checkEvery == 0 else { continue }
      let found = heldLoss()
      if found < least {
        (least, bestStep) = (found, step)
        best.copy(weights)
      }
    }
    parameters = best.values
  }

  /// What it adds at each row.
  func outputs(_ x: Matrix) -> Matrix {
    let network = DenseNetwork<Float>(widths: widths)
    return Self.outputs(network, Buffer<Float>(parameters.map { Double($0) }), x)
  }

  private static func outputs(
    _ network: DenseNetwork<Float>, _ parameters: Buffer<Float>, _ x: Matrix
  ) -> Matrix {
    let columns = network.widths[network.widths.count - 1]
    var result = Matrix(rows: x.rows, columns: columns)
    let block = 512
    let workspace = Buffer<Float>(network.workspaceCount(rows: min(block, x.rows)))
    for start in stride(from: 0, to: x.rows, by: block) {
      let count = min(block, x.rows - start)
      let values = x.values[start * x.columns..<(start + count) * x.columns]
      let input = Buffer<Float>(Array(values))
      network.forward(
        parameters.start, input: input.start, workspace: workspace.start, rows: count)
      let last = network.output(rows: count)
      for i in 0..<count * columns {
        result.values[start * columns + i] = Double(workspace.start[last + i])
      }
    }
    return result
  }
}

extension Matrix {
  /// The sum of two matrices of one shape.
  func adding(_ other: Matrix) -> Matrix {
    var sum = self
    for i in sum.values.indices { sum.values[i] += other.values[i] }
    return sum
  }
}
