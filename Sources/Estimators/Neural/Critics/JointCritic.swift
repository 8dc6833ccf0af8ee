// SPDX-License-Identifier: MIT

/// T(x, y) = MLP([x, y]) with one output.
///
/// The first layer is linear in [x, y], so its product is computed once per x and once per y and
/// added for each pair: at P pairs of B rows that layer costs B instead of P rows.
package final class JointCritic<Scalar: NetworkScalar>: Critic {
  private let shape: CriticShape
  private let width: Int
  /// The layers after the first.
  private let tail: DenseNetwork<Scalar>
  private let slope: Scalar

  // The first layer of x with the bias, of y, and their gradients: rows x width each.
  private let first: (x: Buffer<Scalar>, y: Buffer<Scalar>)
  private let firstGradient: (x: Buffer<Scalar>, y: Buffer<Scalar>)
  // pairs x width: the first layer's output of each pair, and its gradient.
  private let hidden: Buffer<Scalar>
  private let hiddenGradient: Buffer<Scalar>
  private let workspace: Buffer<Scalar>
  private let scratch: Buffer<Scalar>
  private var rows = 0
  private var x: UnsafePointer<Scalar>
  private var y: UnsafePointer<Scalar>

  package init(shape: CriticShape, rows: Int, pairs: Int) {
    precondition(!shape.hidden.isEmpty, "a critic needs a hidden layer")
    self.shape = shape
    width = shape.hidden[0]
    slope = Scalar(shape.slope)
    tail = DenseNetwork(
      widths: shape.hidden + [1], offset: (shape.dx + shape.dy + 1) * shape.hidden[0],
      slope: Scalar(shape.slope))
    first = (Buffer(rows * width), Buffer(rows * width))
    firstGradient = (Buffer(rows * width), Buffer(rows * width))
    hidden = Buffer(pairs * width)
    hiddenGradient = Buffer(pairs * width)
    workspace = Buffer(tail.workspaceCount(rows: pairs))
    scratch = Buffer(tail.workspaceCount(rows: pairs))
    x = UnsafePointer(hidden.start)
    y = x
  }

  package static var scoresAllShiftsAtOnce: Bool { false }

  package var parameterCount: Int { tail.offset + tail.parameterCount }

  package func initialize(_ parameters: Buffer<Scalar>, using random: inout RandomSource) {
    let inputs = shape.dx + shape.dy
    let deviation = shape.initialScale * (2 / Double(inputs)).squareRoot()
    for index in 0..<inputs * width {
      parameters.start[index] = Scalar(deviation * random.normal())
    }
    for index in 0..<width { parameters.start[inputs * width + index] = 0 }
    tail.initialize(parameters.start, using: &random, zeroOutput: true)
  }

  package func embed(
    _ parameters: Buffer<Scalar>, x: UnsafePointer<Scalar>, y: UnsafePointer<Scalar>, rows: Int
  ) {
    (self.x, self.y, self.rows) = (x, y, rows)
    let weights = parameters.start
    linearForward(
      x, weights: weights, output: first.x.start, rows: rows, from: shape.dx, to: width)
    linearForward(
      y, weights: weights + shape.dx * width, output: first.y.start,
      rows: rows, from: shape.dy, to: width)
    biasForward(
      first.x.start, bias: weights + (shape.dx + shape.dy) * width, rows: rows, columns: width)
  }

  package func score(
    _ parameters: Buffer<Scalar>, shifts: [Int], scores: UnsafeMutablePointer<Scalar>
  ) {
    let pairs = rows * shifts.count
    precondition(pairs * width <= hidden.count, "\(pairs) pairs exceed the workspace")
    for (k, shift) in shifts.enumerated() {
      // Row i meets row i + shift, and from rows - shift on it meets row i + shift - rows.
      addAndActivate(k * rows, from: 0, count: rows - shift, offset: shift)
      addAndActivate(k * rows, from: rows - shift, count: shift, offset: shift - rows)
    }
    tail.forward(
      parameters.start, input: hidden.start, workspace: workspace.start, rows: pairs)
    scores.update(from: workspace.start + tail.output(rows: pairs), count: pairs)
  }

  /// hidden[base + i] = f(first.x[i] + first.y[i + offset]) for `count` rows from `from` on.
  @inline(__always)
  private func addAndActivate(_ base: Int, from: Int, count: Int, offset: Int) {
    let a = UnsafePointer(first.x.start + from * width)
    let b = UnsafePointer(first.y.start + (from + offset) * width)
    let target = hidden.start + (base + from) * width
    let slope = slope
    for index in 0..<count &* width {
      let value = a[index] + b[index]
      let scaled = slope * value
      target[index] = value > scaled ? value : scaled
    }
  }

  package func backward(
    _ parameters: Buffer<Scalar>, gradients: Buffer<Scalar>, shifts: [Int],
    scoreGradients: UnsafePointer<Scalar>
  ) {
    let pairs = rows * shifts.count
    (scratch.start + tail.output(rows: pairs)).update(from: scoreGradients, count: pairs)
    tail.backward(
      parameters.start, gradients: gradients.start, input: hidden.start,
      workspace: workspace.start, scratch: scratch.start, inputGradient: hiddenGradient.start,
      rows: pairs)
    leakyReLUBackward(
      hiddenGradient.start, output: hidden.start, slope: slope, count: pairs * width)

    firstGradient.x.clear()
    firstGradient.y.clear()
    for (k, shift) in shifts.enumerated() {
      accumulate(k * rows, from: 0, count: rows - shift, offset: shift)
      accumulate(k * rows, from: rows - shift, count: shift, offset: shift - rows)
    }
    linearBackwardWeights(
      x, outputGradient: firstGradient.x.start, gradient: gradients.start,
      rows: rows, from: shape.dx, to: width)
    linearBackwardWeights(
      y, outputGradient: firstGradient.y.start, gradient: gradients.start + shape.dx * width,
      rows: rows, from: shape.dy, to: width)
    linearBackwardBias(
      outputGradient: firstGradient.x.start,
      gradient: gradients.start + (shape.dx + shape.dy) * width, rows: rows, to: width)
  }

  /// Adds the gradient of the pairs to those of the rows that they are made of.
  @inline(__always)
  private func accumulate(_ base: Int, from: Int, count: Int, offset: Int) {
    let a = firstGradient.x.start + from * width
    let b = firstGradient.y.start + (from + offset) * width
    let source = UnsafePointer(hiddenGradient.start + (base + from) * width)
    for index in 0..<count &* width {
      a[index] += source[index]
      b[index] += source[index]
    }
  }
}
