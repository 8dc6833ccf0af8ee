// SPDX-License-Identifier: MIT

public import EstimatorAPI
import Estimators

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Two correlated pairs of columns, where a share alpha of the rows has y replaced by noise.
///
/// p(x, y) = (1 - alpha) P(x, y) + alpha P(x) N(y; 0, s^2 I). P has two pairs of correlation rho;
/// further columns are noise. With s^2 = 1 the noise hides among the signal ("inliers"), with a
/// larger s^2 it stands out.
///
/// ## The information
///
/// Let L = ln P(y | x) / N(y; 0, s^2 I) and M = ln P(y) / N(y; 0, s^2 I), over the two paired columns
/// of y, and m(u) = ln((1 - alpha) e^u + alpha). Then ln p(x, y) / (p(x) p(y)) = m(L) - m(M). Given
/// whether a row is signal or noise, L and M are quadratic forms of Gaussians in which each
/// eigenvalue comes twice, once a pair: sums of exponential variables. So the means of m(L) and
/// m(M) are integrals over one variable.
public struct ContaminatedPairs: GroundTruth {
  /// The number of columns of x.
  public let dx: Int
  /// The number of columns of y.
  public let dy: Int
  /// The correlation of each of the two pairs.
  public let correlation: Double
  /// The share alpha of noise rows.
  public let share: Double
  /// The variance s^2 of the noise.
  public let noiseVariance: Double
  private let exact: Once

  /// Creates the distribution.
  ///
  /// - Parameters:
  ///   - dx: the number of columns of x, at least 2.
  ///   - dy: the number of columns of y: 2, or more where the noise has variance 1.
  ///   - correlation: the correlation of each pair, between -1 and 1.
  ///   - share: the share of noise rows, between 0 and 1.
  ///   - noiseVariance: the variance of the noise, positive.
  public init(
    dx: Int, dy: Int, correlation: Double = 0.8, share: Double, noiseVariance: Double = 1
  ) {
    precondition(dx >= 2 && dy >= 2, "\(dx) x \(dy) columns; at least 2 x 2")
    precondition(abs(correlation) < 1, "correlation \(correlation)")
    precondition(share > 0 && share < 1, "share \(share)")
    precondition(noiseVariance > 0, "noise variance \(noiseVariance)")
    precondition(dy == 2 || noiseVariance == 1, "noise of another variance takes dy = 2, not \(dy)")
    self.dx = dx
    self.dy = dy
    self.correlation = correlation
    self.share = share
    self.noiseVariance = noiseVariance
    exact = Once { Self.information(correlation, share, noiseVariance) }
  }

  /// For example `contaminated-2-2-0.8-0.2-25.0`: sizes, correlation, share, noise variance.
  public var id: String { "contaminated-\(dx)-\(dy)-\(correlation)-\(share)-\(noiseVariance)" }

  /// One line of what it is.
  public var summary: String {
    "Multinormal \(dx) x \(dy) (2-pair), share \(share) of y replaced by noise of variance "
      + "\(noiseVariance)"
  }

  /// Continuous on both sides.
  public var kind: PairKind { .continuous }

  /// The mutual information, by quadrature.
  public var information: Information { Information(nats: exact.value.nats) }

  /// A bound on the quadrature's error.
  public var informationError: Information { Information(nats: exact.value.error) }

  /// Draws `count` independent rows.
  public func sample(_ count: Int, seed: UInt64) -> SamplePair {
    var source = RandomSource(seed: seed, samplerStream)
    let x = source.normals(count * dx)
    var y = source.normals(count * dy)
    let rest = (1 - correlation * correlation).squareRoot()
    for row in 0..<count {
      let isNoise = source.uniform() < share
      for k in 0..<dy {
        if isNoise {
          y[row * dy + k] *= noiseVariance.squareRoot()
        } else if k < 2 {
          y[row * dy + k] = correlation * x[row * dx + k] + rest * y[row * dy + k]
        }
      }
    }
    return SamplePair(x: x, dx: dx, y: y, dy: dy)
  }

  /// m(L) - m(M), in the terms of the type's comment.
  public func pointwise(_ pair: SamplePair) -> [Double]? {
    guard let x = pair.x.samples, let y = pair.y.samples, x.dimension == dx, y.dimension == dy
    else { return nil }
    let residual = 1 - correlation * correlation
    return (0..<pair.count).map { row in
      var toSignal = log(noiseVariance / residual)
      var toMarginal = log(noiseVariance)
      for k in 0..<2 {
        let a = x.values[row * dx + k]
        let b = y.values[row * dy + k]
        let deviation = b - correlation * a
        toSignal += (b * b / noiseVariance - deviation * deviation / residual) / 2
        toMarginal += (b * b / noiseVariance - b * b) / 2
      }
      return Self.softened(toSignal, share) - Self.softened(toMarginal, share)
    }
  }

  /// m(u) = ln((1 - alpha) e^u + alpha), without overflow.
  private static func softened(_ u: Double, _ alpha: Double) -> Double {
    u > 0 ? u + log((1 - alpha) + alpha * exp(-u)) : log((1 - alpha) * exp(u) + alpha)
  }

  private static func information(
    _ rho: Double, _ alpha: Double, _ noise: Double
  ) -> NumericInformation {
    let residual = 1 - rho * rho
    let atSignal = log(noise / residual)
    let atMarginal = log(noise)
    // L under signal, in (x, (y - rho x) / sqrt(residual)); under noise, in (x, y / s).
    let signal = eigenvalues(
      rho * rho / noise, residual / noise - 1, rho * residual.squareRoot() / noise)
    let noisy = eigenvalues(
      -rho * rho / residual, 1 - noise / residual, rho * noise.squareRoot() / residual)
    let m = { (u: Double) in softened(u, alpha) }
    let terms = [
      (1 - alpha, meanOverExponentials(atSignal, signal, m)),
      (alpha, meanOverExponentials(atSignal, noisy, m)),
      // |y|^2 / 2 is exponential under signal, s^2 times that under noise.
      (alpha - 1, meanOverExponentials(atMarginal, (1 / noise - 1, 0), m)),
      (-alpha, meanOverExponentials(atMarginal, (1 - noise, 0), m)),
    ]
    return NumericInformation(
      nats: terms.reduce(0) { $0 + $1.0 * $1.1.value },
      error: terms.reduce(1e-14) { $0 + abs($1.0) * $1.1.error })
  }

  /// The eigenvalues of [[a, c], [c, b]]: not negative, then not positive, for the indefinite and
  /// semidefinite forms that occur here.
  private static func eigenvalues(
    _ a: Double, _ b: Double, _ c: Double
  ) -> (Double, Double) {
    let middle = (a + b) / 2
    let radius = hypot((a - b) / 2, c)
    return (max(0, middle + radius), min(0, middle - radius))
  }

  /// E m(start + p E1 + q E2) for two standard exponential variables and factors of which one is not
  /// negative and one is not positive.
  ///
  /// p E1 + q E2 has the density e^(-t / p) / (p - q) above 0 and e^(-t / q) / (p - q) below.
  private static func meanOverExponentials(
    _ start: Double, _ factors: (Double, Double), _ m: (Double) -> Double
  ) -> (value: Double, error: Double) {
    let up = max(factors.0, factors.1)
    let down = -min(factors.0, factors.1)
    guard up + down > 0 else { return (m(start), 0) }
    var total = (value: 0.0, error: 0.0)
    for slope in [up, -down] where slope != 0 {
      // m bends near 0: there the step is 1 / |slope| in the exponential's own scale.
      let bend = -start / slope
      let ends = [0.0, 50] + [-8, -1, 0, 1, 8].map { bend + $0 / abs(slope) }
      let part = adaptiveIntegral(ends.filter { (0...50).contains($0) }.sorted()) { t in
        exp(-t) * m(start + slope * t)
      }
      let share = abs(slope) / (up + down)
      total.value += share * part.value
      total.error += share * part.error
    }
    return total
  }
}
