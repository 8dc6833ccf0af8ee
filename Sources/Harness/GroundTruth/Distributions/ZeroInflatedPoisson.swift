// SPDX-License-Identifier: MIT

public import EstimatorAPI
import Estimators

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// X exponential with mean 1; Y is 0 with probability p, else a Poisson count with mean X.
///
/// The counts come as numbers with atoms. The information is a sum over counts within an integral
/// over x. It is not (1 - p) times its value at p = 0, as is sometimes stated: a zero does not tell
/// whether it is an inflated one.
public struct ZeroInflatedPoisson: GroundTruth {
  /// The probability p of an inflated zero.
  public let inflation: Double
  private let exact: Once

  /// Creates the distribution; the inflation is from 0 to below 1.
  public init(inflation: Double) {
    precondition(inflation >= 0 && inflation < 1, "inflation \(inflation)")
    self.inflation = inflation
    exact = Once { Self.information(inflation) }
  }

  /// For example `zero-inflated-poisson-0.15`.
  public var id: String { "zero-inflated-poisson-\(inflation)" }

  /// One line of what it is.
  public var summary: String {
    "Exponential rate and its Poisson count (atoms), set to 0 with probability \(inflation)"
  }

  /// 1.
  public var dx: Int { 1 }

  /// 1.
  public var dy: Int { 1 }

  /// Two numbers, the second with atoms.
  public var kind: PairKind { .continuous }

  /// The mutual information, by quadrature.
  public var information: Information { Information(nats: exact.value.nats) }

  /// A bound on the quadrature's error.
  public var informationError: Information { Information(nats: exact.value.error) }

  /// Draws `count` independent rows.
  public func sample(_ count: Int, seed: UInt64) -> SamplePair {
    var source = RandomSource(seed: seed, samplerStream)
    var x: [Double] = []
    var y: [Double] = []
    for _ in 0..<count {
      let rate = -log(1 - source.uniform())
      x.append(rate)
      // Inversion: the rates are small.
      let isInflated = source.uniform() < inflation
      var u = source.uniform()
      var term = exp(-rate)
      var k = 0.0
      while u >= term, term > 0 {
        u -= term
        k += 1
        term *= rate / k
      }
      y.append(isInflated ? 0 : k)
    }
    return SamplePair(x: x, dx: 1, y: y, dy: 1)
  }

  /// ln P(y | x) / P(y).
  public func pointwise(_ pair: SamplePair) -> [Double]? {
    guard let x = pair.x.samples, let y = pair.y.samples, x.dimension == 1, y.dimension == 1
    else { return nil }
    return zip(x.values, y.values).map { Self.ratio($1, rate: $0, inflation).logRatio }
  }

  /// P(k | x) and ln P(k | x) / P(k).
  ///
  /// Over the exponential rate a Poisson count is geometric: 2^-(k + 1).
  private static func ratio(
    _ k: Double, rate: Double, _ p: Double
  ) -> (probability: Double, logRatio: Double) {
    let marginal = -(k + 1) * log(2)
    guard k > 0 else {
      let zero = p + (1 - p) * exp(-rate)
      return (zero, log(zero / (p + (1 - p) / 2)))
    }
    let given = k * log(rate) - rate - lgamma(k + 1)
    return ((1 - p) * exp(given), given - marginal)
  }

  private static func information(_ p: Double) -> NumericInformation {
    let result = adaptiveIntegral([0, 1, 5, 20, 60]) { rate in
      guard rate > 0 else { return 0 }
      // Beyond 12 standard deviations of the count the terms do not count.
      let last = Int(rate + 12 * rate.squareRoot() + 30)
      var sum = 0.0
      for k in 0...last {
        let term = ratio(Double(k), rate: rate, p)
        sum += term.probability * term.logRatio
      }
      return exp(-rate) * sum
    }
    return NumericInformation(nats: result.value, error: result.error + 1e-13)
  }
}
