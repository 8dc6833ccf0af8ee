// SPDX-License-Identifier: MIT

/// Cross-predictive autoencoders.
///
/// Two encoders z_x = e(x), z_y = f(y), four decoders, and the loss
///
///     reconstruction (|x - x(z_x)|^2 + |y - y(z_y)|^2) + |y - y(z_x)|^2 + |x - x(z_y)|^2,
///
/// each square a mean over rows and columns (Gowri et al. 2024, arXiv:2409.02732, equation 5).
package final class CrossAutoencoder<Scalar: NetworkScalar> {
  private let rows: Int
  private let reconstruction: Double
  /// The encoders of x and y.
  package let encoders: [ResidualNetwork<Scalar>]
  /// The decoder from side s to side t at `2 s + t`.
  package let decoders: [ResidualNetwork<Scalar>]
  private let widths: [Int]
  private let latents: Int
  private let encoded: [Buffer<Scalar>]
  private let encodedGradient: [Buffer<Scalar>]
  private let decoded: Buffer<Scalar>
  private let decodedGradient: Buffer<Scalar>
  private let spare: Buffer<Scalar>

  /// Creates the shape and workspaces for at most `rows` rows.
  package init(
    dx: Int, dy: Int, hidden: Int, latents: Int, reconstruction: Double, rows: Int
  ) {
    self.rows = rows
    self.reconstruction = reconstruction
    self.latents = latents
    let widths = [dx, dy]
    self.widths = widths
    var offset = 0
    func network(from: Int, to: Int) -> ResidualNetwork<Scalar> {
      let made = ResidualNetwork<Scalar>(from: from, hidden: hidden, to: to, offset: offset)
      offset += made.parameterCount
      return made
    }
    encoders = widths.map { network(from: $0, to: latents) }
    decoders = (0..<4).map { network(from: latents, to: widths[$0 % 2]) }
    encoded = encoders.map { Buffer($0.workspaceCount(rows: rows)) }
    encodedGradient = encoders.map { Buffer($0.workspaceCount(rows: rows)) }
    let size = decoders.map { $0.workspaceCount(rows: rows) }.max() ?? 0
    decoded = Buffer(size)
    decodedGradient = Buffer(size)
    spare = Buffer(rows * max(dx, dy, latents))
  }

  /// The number of weights and biases.
  package var parameterCount: Int {
    (encoders + decoders).reduce(0) { $0 + $1.parameterCount }
  }

  /// The latents of one side (0 is x, 1 is y) of `count` rows: count x latents.
  package func encode(
    _ parameters: Buffer<Scalar>, side: Int, input: UnsafePointer<Scalar>, count: Int
  ) -> UnsafePointer<Scalar> {
    precondition(count <= rows, "\(count) rows exceed the workspace")
    encoders[side].forward(
      parameters.start, input: input, workspace: encoded[side].start, rows: count)
    return UnsafePointer(encoded[side].start)
  }

  /// The loss and its cross-predictive part; adds the gradients where a buffer is given.
  package func loss(
    _ parameters: Buffer<Scalar>, gradients: Buffer<Scalar>?, x: UnsafePointer<Scalar>,
    y: UnsafePointer<Scalar>, count: Int
  ) -> (total: Double, cross: Double) {
    let inputs = [x, y]
    for side in 0..<2 {
      _ = encode(parameters, side: side, input: inputs[side], count: count)
      encodedGradient[side].clear()
    }
    var (total, cross) = (0.0, 0.0)
    for from in 0..<2 {
      for to in 0..<2 {
        let weight = from == to ? reconstruction : 1
        let error = decode(
          parameters, gradients: gradients, from: from, to: to, target: inputs[to], count: count,
          weight: weight)
        total += weight * error
        if from != to { cross += error }
      }
    }
    if let gradients {
      for side in 0..<2 {
        encoders[side].backward(
          parameters.start, gradients: gradients.start, input: inputs[side],
          workspace: encoded[side].start, scratch: encodedGradient[side].start,
          inputGradient: nil, spare: spare.start, rows: count)
      }
    }
    return (total, cross)
  }

  /// The mean squared error of one decoder.
  private func decode(
    _ parameters: Buffer<Scalar>, gradients: Buffer<Scalar>?, from: Int, to: Int,
    target: UnsafePointer<Scalar>, count: Int, weight: Double
  ) -> Double {
    let decoder = decoders[2 * from + to]
    decoder.forward(
      parameters.start, input: encoded[from].start, workspace: decoded.start, rows: count)
    let elements = count * widths[to]
    let factor = Scalar(2 * weight / Double(elements))
    var sum = 0.0
    for index in 0..<elements {
      let error = decoded.start[index] - target[index]
      sum += Double(error * error)
      decodedGradient.start[index] = factor * error
    }
    if let gradients {
      decoder.backward(
        parameters.start, gradients: gradients.start, input: encoded[from].start,
        workspace: decoded.start, scratch: decodedGradient.start,
        inputGradient: encodedGradient[from].start, spare: spare.start, rows: count)
    }
    return sum / Double(elements)
  }
}
