// SPDX-License-Identifier: MIT

/// A multilayer perceptron: linear layers with LeakyReLU between them and a linear output.
///
/// It owns no numbers. Parameters lie in one flat buffer, a layer after the other as W (from x to)
/// and b (to), so that Adam and the best weights are single passes over it.
package struct DenseNetwork<Scalar: NetworkScalar> {
  /// Input, hidden and output widths, for example 40, 16, 8, 1.
  package let widths: [Int]
  /// Where the parameters begin in the flat buffer.
  package let offset: Int
  /// The slope of LeakyReLU below zero; 0 is ReLU.
  package let slope: Scalar

  /// Creates the shape.
  package init(widths: [Int], offset: Int = 0, slope: Scalar = 0) {
    precondition(widths.count >= 2, "a network needs an input and an output")
    self.widths = widths
    self.offset = offset
    self.slope = slope
  }

  /// The number of linear layers.
  package var layers: Int { widths.count - 1 }

  /// The number of weights and biases.
  package var parameterCount: Int {
    (0..<layers).reduce(0) { $0 + (widths[$1] + 1) * widths[$1 + 1] }
  }

  /// The size of a workspace for `rows` rows: the output of every layer, in order.
  package func workspaceCount(rows: Int) -> Int { rows * widths.dropFirst().reduce(0, +) }

  /// Where layer `layer`'s weights begin; its bias follows them.
  @inline(__always)
  package func weights(_ layer: Int) -> Int {
    var start = offset
    for before in 0..<layer { start += (widths[before] + 1) * widths[before + 1] }
    return start
  }

  /// Where layer `layer`'s output begins in a workspace of `rows` rows.
  @inline(__always)
  package func output(_ layer: Int, rows: Int) -> Int {
    var start = 0
    for before in 0..<layer { start += rows * widths[before + 1] }
    return start
  }

  /// Where the network's output begins in a workspace of `rows` rows.
  @inline(__always)
  package func output(rows: Int) -> Int { output(layers - 1, rows: rows) }

  /// Fills `workspace` with the output of every layer for `input` (rows x widths[0]).
  package func forward(
    _ parameters: UnsafePointer<Scalar>, input: UnsafePointer<Scalar>,
    workspace: UnsafeMutablePointer<Scalar>, rows: Int
  ) {
    var source = input
    for layer in 0..<layers {
      let (from, to) = (widths[layer], widths[layer + 1])
      let w = parameters + weights(layer)
      let bias = w + from * to
      let target = workspace + output(layer, rows: rows)
      linearForward(source, weights: w, output: target, rows: rows, from: from, to: to)
      if layer == layers - 1 {
        biasForward(target, bias: bias, rows: rows, columns: to)
      } else {
        biasAndLeakyReLUForward(target, bias: bias, slope: slope, rows: rows, columns: to)
      }
      source = UnsafePointer(target)
    }
  }

  /// Adds the gradient by every parameter to `gradients`.
  ///
  /// `scratch` is a second workspace, whose last part holds the gradient by the output (rows x
  /// widths.last) on entry; the gradient by the input is written where it is wanted.
  package func backward(
    _ parameters: UnsafePointer<Scalar>, gradients: UnsafeMutablePointer<Scalar>,
    input: UnsafePointer<Scalar>, workspace: UnsafePointer<Scalar>,
    scratch: UnsafeMutablePointer<Scalar>, inputGradient: UnsafeMutablePointer<Scalar>?, rows: Int
  ) {
    for layer in stride(from: layers - 1, through: 0, by: -1) {
      let (from, to) = (widths[layer], widths[layer + 1])
      let start = weights(layer)
      let outputGradient = scratch + output(layer, rows: rows)
      let source = layer == 0 ? input : workspace + output(layer - 1, rows: rows)
      linearBackwardWeights(
        source, outputGradient: outputGradient, gradient: gradients + start,
        rows: rows, from: from, to: to)
      linearBackwardBias(
        outputGradient: outputGradient, gradient: gradients + start + from * to, rows: rows, to: to)
      guard let target = layer == 0 ? inputGradient : scratch + output(layer - 1, rows: rows)
      else { return }
      linearBackwardInput(
        outputGradient: outputGradient, weights: parameters + start, gradient: target,
        rows: rows, from: from, to: to)
      if layer > 0 { leakyReLUBackward(target, output: source, slope: slope, count: rows * from) }
    }
  }

  /// Draws normal weights and sets the biases to 0.
  ///
  /// The variance is 2 / from where an activation follows, 1 / from at the output (He et al. 2015,
  /// doi:10.1109/ICCV.2015.123).
  ///
  /// `inputScale` multiplies the deviation of the first layer, and so, as ReLU passes a factor on,
  /// that of the whole network's output.
  ///
  /// A zero output layer makes the untrained network the constant 0: then a training that never
  /// gets better on the stopping rows ends exactly at no information.
  package func initialize(
    _ parameters: UnsafeMutablePointer<Scalar>, using random: inout RandomSource,
    inputScale: Double = 1, zeroOutput: Bool = false
  ) {
    for layer in 0..<layers {
      let (from, to) = (widths[layer], widths[layer + 1])
      let isOutput = layer == layers - 1
      let scale = layer == 0 ? inputScale : 1
      let deviation = scale * ((isOutput ? 1 : 2) / Double(from)).squareRoot()
      let start = parameters + weights(layer)
      for index in 0..<from * to {
        start[index] = isOutput && zeroOutput ? 0 : Scalar(deviation * random.normal())
      }
      for index in 0..<to { start[from * to + index] = 0 }
    }
  }
}
