// SPDX-License-Identifier: MIT

public import EstimatorAPI
import Estimators

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Labels against labels: x of given class shares goes through a noisy channel.
///
/// With probability 1 - noise, y is x modulo the number of y's classes; otherwise y is any class
/// with equal probability. The noise is solved for so that I(x; y) is as prescribed, which is
/// exact: the joint table is known.
public struct SymmetricChannelTruth: GroundTruth {
  /// The id, with the class counts and the information.
  public let id: String
  /// One line.
  public let summary: String
  /// The exact mutual information.
  public let information: Information
  /// Zero: the joint table is known.
  public let informationError = Information.zero
  private let shares: [Double]
  private let yClasses: Int
  private let noise: Double

  /// Creates a channel of a given mutual information.
  ///
  /// - Throws: `failed` where the classes cannot hold the information asked for.
  public init(
    xProportions: [Double], yClasses: Int, information: Information
  ) throws(EstimatorError) {
    let total = xProportions.reduce(0, +)
    let shares = xProportions.map { $0 / total }
    let most = Self.information(shares: shares, yClasses: yClasses, noise: 0)
    guard information >= .zero, information <= most else {
      throw EstimatorError(
        .failed,
        "A channel of \(shares.count) to \(yClasses) classes holds 0 to \(most.nats) nats; "
          + "\(information.nats) were asked for.")
    }
    // The information falls as the noise rises: bisect.
    var low = 0.0
    var high = 1.0
    for _ in 0..<60 {
      let middle = (low + high) / 2
      let held = Self.information(shares: shares, yClasses: yClasses, noise: middle)
      if held > information { low = middle } else { high = middle }
    }
    self.shares = shares
    self.yClasses = yClasses
    self.noise = information == .zero ? 1 : (low + high) / 2
    self.information = information
    id = "symmetric-channel-\(shares.count)-\(yClasses)-\(information.nats)"
    summary = "\(shares.count) classes through a symmetric channel to \(yClasses)"
  }

  /// One column of labels.
  public var dx: Int { 1 }
  /// One column of labels.
  public var dy: Int { 1 }
  /// Labels against labels.
  public var kind: PairKind { .discrete }

  /// Draws rows.
  public func sample(_ count: Int, seed: UInt64) -> SamplePair {
    var source = RandomSource(seed: seed)
    let cumulative = shares.reduce(into: [Double]()) { $0.append(($0.last ?? 0) + $1) }
    var xCodes: [Int32] = []
    var yCodes: [Int32] = []
    for _ in 0..<count {
      let u = source.uniform()
      let x = cumulative.firstIndex { u < $0 } ?? shares.count - 1
      let isNoise = source.uniform() < noise
      xCodes.append(Int32(x))
      yCodes.append(Int32(isNoise ? source.below(yClasses) : x % yClasses))
    }
    return SamplePair(
      x: Self.labels(xCodes, classes: shares.count), y: Self.labels(yCodes, classes: yClasses))
  }

  /// The log ratio of the joint table to its margins, per row.
  public func pointwise(_ pair: SamplePair) -> [Double]? {
    guard let x = pair.x.labels, let y = pair.y.labels else { return nil }
    let joint = Self.joint(shares: shares, yClasses: yClasses, noise: noise)
    let marginal = Self.marginal(joint, yClasses: yClasses)
    return zip(x.codes, y.codes).map { x, y in
      log(joint[Int(x)][Int(y)] / (shares[Int(x)] * marginal[Int(y)]))
    }
  }

  private static func labels(_ codes: [Int32], classes: Int) -> Variable {
    do {
      return .labels(try Labels(codes: codes, names: (0..<classes).map(String.init)))
    } catch {
      preconditionFailure("a channel drew a class out of range: \(error)")
    }
  }

  private static func joint(shares: [Double], yClasses: Int, noise: Double) -> [[Double]] {
    shares.enumerated().map { x, share in
      (0..<yClasses).map { y in
        share * (noise / Double(yClasses) + (x % yClasses == y ? 1 - noise : 0))
      }
    }
  }

  private static func marginal(_ joint: [[Double]], yClasses: Int) -> [Double] {
    (0..<yClasses).map { y in joint.reduce(0) { $0 + $1[y] } }
  }

  private static func information(
    shares: [Double], yClasses: Int, noise: Double
  ) -> Information {
    let joint = joint(shares: shares, yClasses: yClasses, noise: noise)
    let marginal = marginal(joint, yClasses: yClasses)
    var nats = 0.0
    for (x, row) in joint.enumerated() {
      for (y, p) in row.enumerated() where p > 0 {
        nats += p * log(p / (shares[x] * marginal[y]))
      }
    }
    return Information(nats: nats)
  }
}
