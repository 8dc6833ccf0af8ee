// SPDX-License-Identifier: MIT

public import EstimatorAPI
import Estimators

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// X uniform on [0, 1], Y = X + N with N uniform on [-epsilon, epsilon].
///
/// I = epsilon - ln(2 epsilon) for epsilon <= 1/2, else 1 / (4 epsilon).
public struct AdditiveUniform: GroundTruth {
  /// Half the width of the noise.
  public let epsilon: Double

  /// Creates the distribution; epsilon is positive.
  public init(epsilon: Double) {
    precondition(epsilon > 0 && epsilon.isFinite, "epsilon is \(epsilon)")
    self.epsilon = epsilon
  }

  /// For example `1v1-additive-0.1`.
  public var id: String { "1v1-additive-\(epsilon)" }

  /// One line of what it is.
  public var summary: String { "Uniform 1 x 1 (additive noise=\(epsilon))" }

  /// 1.
  public var dx: Int { 1 }

  /// 1.
  public var dy: Int { 1 }

  /// Continuous on both sides.
  public var kind: PairKind { .continuous }

  /// The mutual information.
  public var information: Information {
    Information(nats: epsilon <= 0.5 ? epsilon - log(2 * epsilon) : 1 / (4 * epsilon))
  }

  /// Zero: the information is a closed form.
  public var informationError: Information { .zero }

  /// Draws `count` independent rows.
  public func sample(_ count: Int, seed: UInt64) -> SamplePair {
    var source = RandomSource(seed: seed, samplerStream)
    let x = (0..<count).map { _ in source.uniform() }
    let y = x.map { $0 + epsilon * (2 * source.uniform() - 1) }
    return SamplePair(x: x, dx: 1, y: y, dy: 1)
  }

  /// ln of 1 over the length of [y - epsilon, y + epsilon] within [0, 1].
  public func pointwise(_ pair: SamplePair) -> [Double]? {
    guard let y = pair.y.samples, y.dimension == 1 else { return nil }
    return y.values.map { y in -log(min(1, y + epsilon) - max(0, y - epsilon)) }
  }
}
