// SPDX-License-Identifier: MIT

public import EstimatorAPI
import Estimators

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A joint Gaussian with prescribed mutual information.
///
/// In canonical coordinates r = min(dx, dy) pairs have the same correlation rho and everything else
/// is independent, so I = -(r / 2) ln(1 - rho^2). Each side is then turned by a random orthogonal
/// map: every column has unit variance and none is special, as in learned representations.
public struct GaussianTruth: GroundTruth {
  /// The number of columns of x.
  public let dx: Int
  /// The number of columns of y.
  public let dy: Int
  /// The mutual information.
  public let information: Information
  private let seed: UInt64
  /// 1 - rho^2, kept as such because rho rounds to 1 at high information.
  private let residual: Double
  private let mixX: Matrix
  private let mixY: Matrix

  /// Creates a Gaussian of the given dimensions and information.
  ///
  /// - Parameters:
  ///   - dx: the number of columns of x, at least 1.
  ///   - dy: the number of columns of y, at least 1.
  ///   - information: the mutual information, finite and not negative.
  ///   - seed: the seed of the two random orthogonal maps.
  public init(dx: Int, dy: Int, information: Information, mixing seed: UInt64 = 0) {
    precondition(dx >= 1 && dy >= 1, "dimensions \(dx) and \(dy); at least 1")
    precondition(
      information.nats >= 0 && information.nats.isFinite, "information \(information.nats) nats")
    self.dx = dx
    self.dy = dy
    self.information = information
    self.seed = seed
    residual = exp(-2 * information.nats / Double(min(dx, dy)))
    var source = RandomSource(seed: seed, samplerStream, 1)
    mixX = randomOrthogonal(dx, using: &source)
    mixY = randomOrthogonal(dy, using: &source)
  }

  /// For example `gaussian-5-5-0.5`; another mixing adds its seed.
  public var id: String {
    "gaussian-\(dx)-\(dy)-\(information.nats)" + (seed == 0 ? "" : "-mixing-\(seed)")
  }

  /// One line of what it is.
  public var summary: String {
    "Gaussian \(dx) x \(dy), \(min(dx, dy)) equal canonical correlations, rotated on each side"
  }

  /// Continuous on both sides.
  public var kind: PairKind { .continuous }

  /// Zero: the information is a closed form.
  public var informationError: Information { .zero }

  /// The canonical correlation of each of the min(dx, dy) pairs.
  public var canonicalCorrelation: Double {
    (-expm1(-2 * information.nats / Double(min(dx, dy)))).squareRoot()
  }

  /// Draws `count` independent rows.
  public func sample(_ count: Int, seed: UInt64) -> SamplePair {
    var source = RandomSource(seed: seed, samplerStream)
    let u = source.normals(count * dx)
    var v = source.normals(count * dy)
    let rho = canonicalCorrelation
    let sigma = residual.squareRoot()
    for row in 0..<count {
      for pair in 0..<min(dx, dy) {
        v[row * dy + pair] = rho * u[row * dx + pair] + sigma * v[row * dy + pair]
      }
    }
    return SamplePair(x: turned(u, by: mixX), dx: dx, y: turned(v, by: mixY), dy: dy)
  }

  /// The sum over canonical pairs of ln p(u, v) / (p(u) p(v)).
  public func pointwise(_ pair: SamplePair) -> [Double]? {
    guard let x = pair.x.samples, let y = pair.y.samples, x.dimension == dx, y.dimension == dy
    else { return nil }
    let u = turned(x.values, by: mixX.transposed)
    let v = turned(y.values, by: mixY.transposed)
    let rho = canonicalCorrelation
    return (0..<pair.count).map { row in
      var sum = 0.0
      for pair in 0..<min(dx, dy) {
        let a = u[row * dx + pair]
        let b = v[row * dy + pair]
        let deviation = b - rho * a
        sum += b * b - deviation * deviation / residual
      }
      return information.nats + sum / 2
    }
  }
}

/// Row-major rows times a square matrix.
func turned(_ rows: [Double], by matrix: Matrix) -> [Double] {
  let d = matrix.rows
  return multiply(Matrix(rows: rows.count / d, columns: d, values: rows), matrix).values
}
