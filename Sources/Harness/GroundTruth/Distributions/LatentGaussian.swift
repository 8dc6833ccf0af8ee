// SPDX-License-Identifier: MIT

public import EstimatorAPI
import Estimators

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Wide, nearly low-rank sides: `rank` latent pairs in many columns, with a little noise everywhere.
///
/// Each side is a random rotation of (latent coordinates of variance 1, zeros) plus independent noise
/// of standard deviation `noise` in every column. Measured with that noise the latent pairs keep the
/// canonical correlation that gives the information asked for: I = -(rank / 2) ln(1 - rho^2).
/// Representations of networks look like this: few directions matter, all are there.
public struct LatentGaussian: GroundTruth {
  /// The number of latent pairs.
  public let rank: Int
  /// The number of columns of x.
  public let dx: Int
  /// The number of columns of y.
  public let dy: Int
  /// The standard deviation of the noise in every column; a latent coordinate has 1.
  public let noise: Double
  /// The mutual information.
  public let information: Information
  private let latent: GaussianTruth
  private let mixX: Matrix
  private let mixY: Matrix

  /// Creates the distribution.
  public init(
    rank: Int, dx: Int, dy: Int, information: Information, noise: Double = 0.1,
    mixing seed: UInt64 = 0
  ) {
    precondition(rank >= 1 && rank <= min(dx, dy), "rank \(rank) in \(dx) x \(dy) columns")
    precondition(noise > 0 && noise.isFinite, "noise \(noise); it must be positive")
    self.rank = rank
    self.dx = dx
    self.dy = dy
    self.noise = noise
    self.information = information
    latent = GaussianTruth(dx: rank, dy: rank, information: information, mixing: seed)
    var source = RandomSource(seed: seed, samplerStream, 3)
    mixX = randomOrthogonal(dx, using: &source)
    mixY = randomOrthogonal(dy, using: &source)
  }

  /// For example `latent-3-32-32-1.0-0.1`: rank, columns, nats, noise.
  public var id: String { "latent-\(rank)-\(dx)-\(dy)-\(information.nats)-\(noise)" }

  /// One line of what it is.
  public var summary: String {
    "\(rank) latent Gaussian pairs in \(dx) x \(dy) columns, noise \(noise)"
  }

  /// Continuous on both sides.
  public var kind: PairKind { .continuous }

  /// Zero: the information is a closed form.
  public var informationError: Information { .zero }

  /// Draws `count` independent rows.
  ///
  /// A latent coordinate plus its noise has variance 1 + noise^2: the sum is drawn at once.
  public func sample(_ count: Int, seed: UInt64) -> SamplePair {
    var source = RandomSource(seed: seed, samplerStream, 1)
    let pair = latent.sample(count, seed: seed)
    guard let u = pair.x.samples, let v = pair.y.samples else {
      preconditionFailure("the latent pairs are continuous")
    }
    return SamplePair(
      x: widened(u.values, dx, mixX, &source), dx: dx, y: widened(v.values, dy, mixY, &source),
      dy: dy)
  }

  /// That of the latent pairs: the other directions are independent of them and of each other.
  public func pointwise(_ pair: SamplePair) -> [Double]? {
    guard let x = pair.x.samples, let y = pair.y.samples, x.dimension == dx, y.dimension == dy
    else { return nil }
    return latent.pointwise(
      SamplePair(
        x: narrowed(x.values, dx, mixX), dx: rank, y: narrowed(y.values, dy, mixY), dy: rank))
  }

  private func widened(
    _ latent: [Double], _ d: Int, _ mix: Matrix, _ source: inout RandomSource
  ) -> [Double] {
    let scale = (1 + noise * noise).squareRoot()
    var rows = source.normals(latent.count / rank * d)
    for k in rows.indices {
      let column = k % d
      rows[k] = column < rank ? scale * latent[k / d * rank + column] : noise * rows[k]
    }
    return turned(rows, by: mix)
  }

  private func narrowed(_ rows: [Double], _ d: Int, _ mix: Matrix) -> [Double] {
    let scale = (1 + noise * noise).squareRoot()
    let straight = turned(rows, by: mix.transposed)
    return (0..<rows.count / d * rank).map { straight[$0 / rank * d + $0 % rank] / scale }
  }
}
