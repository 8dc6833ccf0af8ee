// SPDX-License-Identifier: MIT

public import EstimatorAPI
import Estimators

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Labels and a Gaussian cloud around each class's mean, with prescribed mutual information.
///
/// Within a class x is spherical with unit variance. The class means stand on a line or on a
/// hexagonal lattice (``ClassMeans``) in q = min(dimension, C - 1, 2) dimensions, turned at random
/// into the `dimension` columns; the other directions are noise. The scale of the means is solved so
/// that I(X; Y) is what was asked, by a quadrature whose error is `informationError`.
public struct GaussianMixtureTruth: GroundTruth {
  /// The number of columns of x.
  public let dx: Int
  /// The probability of each class, adding up to 1.
  public let classProportions: [Double]
  /// The mutual information.
  public let information: Information
  /// A bound on the quadrature's error.
  public let informationError: Information
  private let seed: UInt64
  /// The q coordinates of each class's mean.
  private let means: Matrix
  /// q orthonormal rows of `dimension` columns.
  private let frame: Matrix

  /// Creates a mixture with the given information.
  ///
  /// - Parameters:
  ///   - dimension: the number of columns of x, at least 1.
  ///   - classProportions: two or more positive numbers; they are divided by their sum.
  ///   - information: the mutual information: from 0 to 0.999 of the labels' entropy.
  ///   - seed: the seed of the random directions of the means.
  /// - Throws: `invalidParameter`, with the bound, where no such mixture exists.
  public init(
    dimension: Int, classProportions: [Double], information: Information, mixing seed: UInt64 = 0
  ) throws(EstimatorError) {
    try Self.check(
      dimension: dimension, classProportions: classProportions, nats: information.nats)
    let total = classProportions.reduce(0, +)
    let weights = classProportions.map { $0 / total }
    let layout = ClassMeans(weights: weights, dimension: dimension)
    let quadrature = MixtureInformation(points: layout.points, weights: weights)
    let scale = quadrature.scale(for: information.nats)
    let reached = quadrature.value(scale: scale)
    var source = RandomSource(seed: seed, samplerStream, 1)
    dx = dimension
    self.classProportions = weights
    self.information = information
    informationError = Information(
      nats: scale == 0 ? 0 : reached.error + abs(reached.nats - information.nats))
    self.seed = seed
    means = Matrix(
      rows: weights.count, columns: layout.q,
      values: layout.points.flatMap { $0.map { $0 * scale } })
    frame = randomOrthogonal(dimension, using: &source)
      .block(rows: 0..<layout.q, columns: 0..<dimension)
  }

  /// For example `gaussian-mixture-5-10-0.5`: dimension, classes, nats.
  ///
  /// Unequal proportions are listed.
  public var id: String {
    let equal = classProportions.allSatisfy { abs($0 * Double(classProportions.count) - 1) < 1e-9 }
    let proportions = equal ? "" : "-p-" + classProportions.map { "\($0)" }.joined(separator: ",")
    return "gaussian-mixture-\(dx)-\(classProportions.count)-\(information.nats)" + proportions
      + (seed == 0 ? "" : "-mixing-\(seed)")
  }

  /// One line of what it is.
  public var summary: String {
    "\(classProportions.count) spherical Gaussian classes in \(dx) dimensions, "
      + "means in \(frame.rows) of them"
  }

  /// 1: the labels.
  public var dy: Int { 1 }

  /// Continuous against labels.
  public var kind: PairKind { .mixed }

  /// Draws `count` independent rows.
  public func sample(_ count: Int, seed: UInt64) -> SamplePair {
    var source = RandomSource(seed: seed, samplerStream)
    let codes = drawClasses(count, of: classProportions, using: &source)
    var x = source.normals(count * dx)
    let offsets = multiply(means, frame)
    for row in 0..<count {
      let offset = Int(codes[row]) * dx
      for column in 0..<dx { x[row * dx + column] += offsets.values[offset + column] }
    }
    return SamplePair(x: x, dx: dx, codes: codes, classCount: classProportions.count)
  }

  /// The integrals over this mixture: the scale is in the means already.
  var quadrature: MixtureInformation {
    MixtureInformation(
      points: (0..<means.rows).map { c in (0..<means.columns).map { means[c, $0] } },
      weights: classProportions)
  }

  /// The probability of each class given each row of x: rows x classes.
  func posteriors(_ x: Variable) -> [Double]? {
    guard let x = x.samples, x.dimension == dx else { return nil }
    return logLikelihoods(x).flatMap { logs in
      let total = logSumExp(logs, weights: classProportions)
      return zip(logs, classProportions).map { $1 * exp($0 - total) }
    }
  }

  /// ln p(x | y) / p(x).
  public func pointwise(_ pair: SamplePair) -> [Double]? {
    guard let x = pair.x.samples, let y = pair.y.labels, x.dimension == dx,
      y.classCount == classProportions.count
    else { return nil }
    return zip(logLikelihoods(x), y.codes).map { logs, code in
      logs[Int(code)] - logSumExp(logs, weights: classProportions)
    }
  }

  /// ln of each class's density at each row, up to a constant of the row.
  ///
  /// Only the q directions of the means count.
  private func logLikelihoods(_ x: Samples) -> [[Double]] {
    let rows = multiply(Matrix(rows: x.count, columns: dx, values: x.values), transposed: frame)
    let q = frame.rows
    return (0..<x.count).map { row in
      (0..<means.rows).map { c in
        (0..<q).reduce(0.0) { sum, axis in
          let z = rows.values[row * q + axis] - means.values[c * q + axis]
          return sum - z * z / 2
        }
      }
    }
  }

  /// Refuses what no mixture has, with the bound.
  static func check(
    dimension: Int, classProportions: [Double], nats: Double
  ) throws(EstimatorError) {
    let total = classProportions.reduce(0, +)
    guard dimension >= 1 else {
      throw invalid("dimension", "\(dimension)", "a whole number of at least 1")
    }
    guard classProportions.count >= 2, total.isFinite, classProportions.allSatisfy({ $0 > 0 })
    else {
      throw invalid("classProportions", "\(classProportions)", "two or more positive numbers")
    }
    let weights = classProportions.map { $0 / total }
    let entropy = weights.reduce(0) { $0 - $1 * log($1) }
    guard nats >= 0, nats <= 0.999 * entropy else {
      throw invalid(
        "information", "\(nats)",
        "a number from 0 to \(0.999 * entropy) nats, 0.999 of the labels' entropy")
    }
  }

  private static func invalid(_ name: String, _ found: String, _ needed: String) -> EstimatorError {
    .invalidParameter(name, found: found, needed: needed, estimator: "the Gaussian mixture")
  }
}
