// SPDX-License-Identifier: MIT

public import EstimatorAPI
import Estimators

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// One variable uniform on m classes counted from 0, the other uniform on [class, class + 2].
///
/// Gao et al. 2017 (arXiv 1709.06212). I = ln m - ((m - 1) / m) ln 2. The class comes as a number with
/// atoms, for estimators of mixed type, on the x side; or, labeled, as labels on the y side.
public struct UniformMixture: GroundTruth {
  /// The number of classes m.
  public let classCount: Int
  /// Whether the class is labels; otherwise a number.
  public let labeled: Bool

  /// Creates the distribution of two or more classes.
  public init(classCount: Int, labeled: Bool = false) {
    precondition(classCount >= 2, "\(classCount) classes; at least 2")
    self.classCount = classCount
    self.labeled = labeled
  }

  /// For example `uniform-mixture-5`, or `labels-uniform-mixture-5`.
  public var id: String { (labeled ? "labels-" : "") + "uniform-mixture-\(classCount)" }

  /// One line of what it is.
  public var summary: String {
    labeled
      ? "Uniform on [class, class + 2] and its label, \(classCount) classes"
      : "Class number (atoms) and a uniform on [class, class + 2], \(classCount) classes"
  }

  /// 1.
  public var dx: Int { 1 }

  /// 1.
  public var dy: Int { 1 }

  /// Two numbers, or a number and labels.
  public var kind: PairKind { labeled ? .mixed : .continuous }

  /// The mutual information.
  public var information: Information {
    let m = Double(classCount)
    return Information(nats: log(m) - (m - 1) / m * log(2))
  }

  /// Zero: the information is a closed form.
  public var informationError: Information { .zero }

  /// Draws `count` independent rows.
  public func sample(_ count: Int, seed: UInt64) -> SamplePair {
    var source = RandomSource(seed: seed, samplerStream)
    let codes = (0..<count).map { _ in Int32(source.below(classCount)) }
    let values = codes.map { Double($0) + 2 * source.uniform() }
    if labeled { return SamplePair(x: values, dx: 1, codes: codes, classCount: classCount) }
    return SamplePair(x: codes.map { Double($0) }, dx: 1, y: values, dy: 1)
  }

  /// ln m where the number tells the class, ln(m / 2) where two classes overlap.
  public func pointwise(_ pair: SamplePair) -> [Double]? {
    guard let values = (labeled ? pair.x : pair.y).samples, values.dimension == 1 else {
      return nil
    }
    let m = Double(classCount)
    return values.values.map { $0 < 1 || $0 >= m ? log(m) : log(m / 2) }
  }
}
