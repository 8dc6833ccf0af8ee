// SPDX-License-Identifier: MIT

/// Adam (Kingma and Ba 2015, arXiv:1412.6980), with the decoupled weight decay of Loshchilov and
/// Hutter 2019 (arXiv:1711.05101) where one is asked for.
///
/// For each parameter p with gradient g at step t:
///
///     m = b1 m + (1 - b1) g        v = b2 v + (1 - b2) g g
///     p = p - rate (m / (1 - b1^t) / (sqrt(v / (1 - b2^t)) + epsilon) + decay p)
package struct Adam<Scalar: NetworkScalar> {
  private let m: Buffer<Scalar>
  private let v: Buffer<Scalar>
  private var power1 = 1.0
  private var power2 = 1.0
  private let decay: Double

  private static var b1: Double { 0.9 }
  private static var b2: Double { 0.999 }
  private static var epsilon: Double { 1e-8 }

  /// A state for `count` parameters.
  package init(count: Int, decay: Double = 0) {
    m = Buffer(count)
    v = Buffer(count)
    self.decay = decay
  }

  /// One step against the gradients.
  package mutating func step(
    _ parameters: Buffer<Scalar>, gradients: Buffer<Scalar>, rate: Double
  ) {
    power1 *= Self.b1
    power2 *= Self.b2
    // rate m / (1 - b1^t) / (sqrt(v) / sqrt(1 - b2^t) + epsilon), with one division an element.
    let unbias = (1 - power2).squareRoot()
    update(
      parameters.start, gradients.start, m.start, v.start, count: parameters.count,
      rate: Scalar(rate * unbias / (1 - power1)), epsilon: Scalar(Self.epsilon * unbias),
      keep: Scalar(1 - rate * decay))
  }

  @inline(__always)
  private func update(
    _ parameters: UnsafeMutablePointer<Scalar>, _ gradients: UnsafePointer<Scalar>,
    _ m: UnsafeMutablePointer<Scalar>, _ v: UnsafeMutablePointer<Scalar>, count: Int,
    rate: Scalar, epsilon: Scalar, keep: Scalar
  ) {
    let (b1, b2) = (Scalar(Self.b1), Scalar(Self.b2))
    let (c1, c2) = (1 - b1, 1 - b2)
    for index in 0..<count {
      let g = gradients[index]
      let first = b1 * m[index] + c1 * g
      let second = b2 * v[index] + c2 * g * g
      m[index] = first
      v[index] = second
      parameters[index] = keep * parameters[index] - rate * first / (second.squareRoot() + epsilon)
    }
  }
}
