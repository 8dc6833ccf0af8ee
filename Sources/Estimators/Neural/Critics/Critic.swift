// SPDX-License-Identifier: MIT

/// A critic T(x, y): the function whose values at real and at broken pairs bound the information.
///
/// A batch of B pairs (x_i, y_i) is broken by cyclic shifts: x_i meets y_((i + s) mod B), s = 1 ...
/// B - 1. A shift is a derangement, so no real pair is ever counted as a broken one, and as the
/// batch itself is drawn at random, a shift is as random as any other pairing. All B - 1 shifts
/// together are all broken pairs of the batch. The scores lie by shift: `scores[k * B + i]` is the
/// score of x_i with y_((i + shifts[k]) mod B).
///
/// `embed` computes once per x and once per y what can be; then `score`; then `backward` after the
/// same two calls.
package protocol Critic: AnyObject {
  /// The number that the network is made of.
  associatedtype Scalar: NetworkScalar

  /// Creates workspaces for at most `rows` rows and `pairs` pairs at a time.
  init(shape: CriticShape, rows: Int, pairs: Int)

  /// Whether `score` takes any number of shifts, not only as many as the pairs it was made for.
  static var scoresAllShiftsAtOnce: Bool { get }

  /// The number of weights and biases.
  var parameterCount: Int { get }

  /// Draws the parameters; the untrained critic is the constant 0.
  func initialize(_ parameters: Buffer<Scalar>, using random: inout RandomSource)

  /// Takes in x (rows x dx) and y (rows x dy), which must stay where they are until `backward`.
  func embed(
    _ parameters: Buffer<Scalar>, x: UnsafePointer<Scalar>, y: UnsafePointer<Scalar>, rows: Int)

  /// The scores (shifts x rows) of the embedded rows.
  func score(_ parameters: Buffer<Scalar>, shifts: [Int], scores: UnsafeMutablePointer<Scalar>)

  /// Adds the gradient by every parameter, given the gradient by every score of the last `score`.
  func backward(
    _ parameters: Buffer<Scalar>, gradients: Buffer<Scalar>, shifts: [Int],
    scoreGradients: UnsafePointer<Scalar>)
}

/// The widths of a critic.
package struct CriticShape: Sendable, Hashable {
  /// The columns of x.
  package var dx: Int
  /// The columns of y.
  package var dy: Int
  /// The hidden widths, at least one.
  package var hidden: [Int]
  /// The width of the two embeddings of a separable critic.
  package var embedding: Int
  /// The slope of LeakyReLU below zero; 0 is ReLU.
  package var slope: Double
  /// What the deviation of the first layer's weights is multiplied by.
  package var initialScale: Double

  /// Creates a shape.
  package init(
    dx: Int, dy: Int, hidden: [Int], embedding: Int = 32, slope: Double = 0,
    initialScale: Double = 1
  ) {
    self.dx = dx
    self.dy = dy
    self.hidden = hidden
    self.embedding = embedding
    self.slope = slope
    self.initialScale = initialScale
  }
}
