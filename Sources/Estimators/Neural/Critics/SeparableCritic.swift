// SPDX-License-Identifier: MIT

/// The inner product of two multilayer perceptrons: T(x, y) = f(x)'g(y), `embedding` outputs each.
///
/// All B x B scores of a batch are one matrix product, so broken pairs cost next to nothing.
package final class SeparableCritic<Scalar: NetworkScalar>: Critic {
  private let shape: CriticShape
  private let f: DenseNetwork<Scalar>
  private let g: DenseNetwork<Scalar>
  private let workspace: (f: Buffer<Scalar>, g: Buffer<Scalar>)
  private let scratch: (f: Buffer<Scalar>, g: Buffer<Scalar>)
  /// A block of rows of the score matrix, block x rows; the whole matrix in training.
  private let matrix: Buffer<Scalar>
  private var rows = 0
  private var x: UnsafePointer<Scalar>
  private var y: UnsafePointer<Scalar>

  package init(shape: CriticShape, rows: Int, pairs: Int) {
    self.shape = shape
    let slope = Scalar(shape.slope)
    f = DenseNetwork(widths: [shape.dx] + shape.hidden + [shape.embedding], slope: slope)
    g = DenseNetwork(
      widths: [shape.dy] + shape.hidden + [shape.embedding], offset: f.parameterCount, slope: slope)
    workspace = (
      Buffer(f.workspaceCount(rows: rows)), Buffer(g.workspaceCount(rows: rows))
    )
    scratch = (Buffer(f.workspaceCount(rows: rows)), Buffer(g.workspaceCount(rows: rows)))
    matrix = Buffer(rows * min(rows, Self.blockRows))
    x = UnsafePointer(matrix.start)
    y = x
  }

  /// Enough for any batch: a training step needs its matrix whole.
  private static var blockRows: Int { 1024 }

  package static var scoresAllShiftsAtOnce: Bool { true }

  package var parameterCount: Int { f.parameterCount + g.parameterCount }

  package func initialize(_ parameters: Buffer<Scalar>, using random: inout RandomSource) {
    // f ends in zeros, so the product is 0 and f moves first.
    f.initialize(
      parameters.start, using: &random, inputScale: shape.initialScale, zeroOutput: true)
    g.initialize(parameters.start, using: &random, inputScale: shape.initialScale)
  }

  package func embed(
    _ parameters: Buffer<Scalar>, x: UnsafePointer<Scalar>, y: UnsafePointer<Scalar>, rows: Int
  ) {
    (self.x, self.y, self.rows) = (x, y, rows)
    f.forward(parameters.start, input: x, workspace: workspace.f.start, rows: rows)
    g.forward(parameters.start, input: y, workspace: workspace.g.start, rows: rows)
  }

  private var embeddedX: UnsafeMutablePointer<Scalar> { workspace.f.start + f.output(rows: rows) }
  private var embeddedY: UnsafeMutablePointer<Scalar> { workspace.g.start + g.output(rows: rows) }

  package func score(
    _ parameters: Buffer<Scalar>, shifts: [Int], scores: UnsafeMutablePointer<Scalar>
  ) {
    var start = 0
    while start < rows {
      let count = min(Self.blockRows, rows - start)
      Scalar.multiply(
        embeddedX + start * shape.embedding, transposed: false, embeddedY, transposed: true,
        into: matrix.start, rows: count, columns: rows, inner: shape.embedding, adding: 0)
      for (k, shift) in shifts.enumerated() {
        for i in 0..<count {
          let j = start &+ i &+ shift
          scores[k &* rows &+ start &+ i] = matrix.start[i &* rows &+ (j < rows ? j : j &- rows)]
        }
      }
      start += count
    }
  }

  package func backward(
    _ parameters: Buffer<Scalar>, gradients: Buffer<Scalar>, shifts: [Int],
    scoreGradients: UnsafePointer<Scalar>
  ) {
    precondition(rows <= Self.blockRows, "a batch of \(rows); at most \(Self.blockRows)")
    if shifts.count < rows { matrix.clear() }
    for (k, shift) in shifts.enumerated() {
      for i in 0..<rows {
        let j = i &+ shift
        matrix.start[i &* rows &+ (j < rows ? j : j &- rows)] = scoreGradients[k &* rows &+ i]
      }
    }
    // dF = dS G and dG = dS' F, each rows x embedding.
    Scalar.multiply(
      matrix.start, transposed: false, embeddedY, transposed: false,
      into: scratch.f.start + f.output(rows: rows),
      rows: rows, columns: shape.embedding, inner: rows, adding: 0)
    Scalar.multiply(
      matrix.start, transposed: true, embeddedX, transposed: false,
      into: scratch.g.start + g.output(rows: rows),
      rows: rows, columns: shape.embedding, inner: rows, adding: 0)
    f.backward(
      parameters.start, gradients: gradients.start, input: x, workspace: workspace.f.start,
      scratch: scratch.f.start, inputGradient: nil, rows: rows)
    g.backward(
      parameters.start, gradients: gradients.start, input: y, workspace: workspace.g.start,
      scratch: scratch.g.start, inputGradient: nil, rows: rows)
  }
}
