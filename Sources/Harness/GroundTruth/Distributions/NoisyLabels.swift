// SPDX-License-Identifier: MIT

public import EstimatorAPI
import Estimators

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A Gaussian mixture whose labels are wrong in a share of the rows: there the label is one of the
/// other classes, each equally likely.
public struct NoisyLabels: GroundTruth {
  /// The mixture with right labels.
  public let base: GaussianMixtureTruth
  /// The share of wrong labels.
  public let wrongShare: Double
  private let exact: Once

  /// Creates the distribution; the share is from 0 to 1.
  public init(_ base: GaussianMixtureTruth, wrongShare: Double) {
    precondition((0...1).contains(wrongShare), "share of wrong labels \(wrongShare)")
    self.base = base
    self.wrongShare = wrongShare
    exact = Once { Self.information(base, wrongShare) }
  }

  /// For example `gaussian-mixture-5-10-1.5-wrong-0.2`.
  public var id: String { base.id + "-wrong-\(wrongShare)" }

  /// One line of what it is.
  public var summary: String { base.summary + ", share \(wrongShare) of labels wrong" }

  /// The number of columns of x.
  public var dx: Int { base.dx }

  /// 1: the labels.
  public var dy: Int { 1 }

  /// Continuous against labels.
  public var kind: PairKind { .mixed }

  /// The mutual information, by quadrature.
  public var information: Information { Information(nats: exact.value.nats) }

  /// A bound on the quadrature's error.
  public var informationError: Information { Information(nats: exact.value.error) }

  /// Draws `count` independent rows.
  public func sample(_ count: Int, seed: UInt64) -> SamplePair {
    let pair = base.sample(count, seed: seed)
    guard let labels = pair.y.labels else { preconditionFailure("a mixture has labels") }
    var source = RandomSource(seed: seed, samplerStream, 1)
    let classes = labels.classCount
    let codes = labels.codes.map { code -> Int32 in
      guard source.uniform() < wrongShare else { return code }
      return Int32((Int(code) + 1 + source.below(classes - 1)) % classes)
    }
    return SamplePair(x: pair.x, y: .labels(trusted(codes, classCount: classes)))
  }

  /// ln P(label | x) / P(label).
  public func pointwise(_ pair: SamplePair) -> [Double]? {
    guard let labels = pair.y.labels, labels.classCount == base.classProportions.count,
      let posteriors = base.posteriors(pair.x)
    else { return nil }
    let prior = blurred(base.classProportions)
    let classes = labels.classCount
    return (0..<pair.count).map { row in
      let code = Int(labels.codes[row])
      return log(blurred(posteriors[row * classes + code]) / prior[code])
    }
  }

  private func blurred(_ probabilities: [Double]) -> [Double] { probabilities.map(blurred) }

  private func blurred(_ probability: Double) -> Double {
    Self.blurred(probability, wrongShare, base.classProportions.count)
  }

  private static func blurred(_ p: Double, _ wrong: Double, _ classes: Int) -> Double {
    (1 - wrong) * p + wrong / Double(classes - 1) * (1 - p)
  }

  private static func information(
    _ base: GaussianMixtureTruth, _ wrong: Double
  ) -> NumericInformation {
    let classes = base.classProportions.count
    let prior = base.classProportions.map { blurred($0, wrong, classes) }
    let gain = { (posterior: [Double]) in
      var sum = 0.0
      for c in 0..<classes {
        let p = blurred(posterior[c], wrong, classes)
        if p > 0 { sum += p * log(p / prior[c]) }
      }
      return sum
    }
    let first = base.quadrature.mean(of: gain, step: 0.25, offset: 0)
    let second = base.quadrature.mean(of: gain, step: 0.25, offset: 0.5)
    return NumericInformation(
      nats: (first + second) / 2, error: abs(first - second) + 1e-12)
  }
}
