// SPDX-License-Identifier: MIT

public import EstimatorAPI
import Estimators

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// K equally likely Gaussians around one center; Y tells which one X comes from.
///
/// X ~ N(0, i^2 I) with i from 1 to K. Y is either the label i or, as in the benchmark, the number i with noise of variance 1e-4, from
/// which the label can be read but for an error of about e^-1250. The classes differ in radius
/// only, so no linear map separates them. With f_i the density of the radius in class i and f their
/// mean, I = (1 / K) sum of the integrals of f_i ln(f_i / f).
public struct ConcentricGaussians: GroundTruth {
  /// The number of columns of x.
  public let dx: Int
  /// The number of classes K.
  public let classCount: Int
  /// Whether y is labels; otherwise it is the class number with noise.
  public let labeled: Bool
  private let exact: Once

  /// Creates the distribution.
  public init(dimension: Int, classCount: Int, labeled: Bool = false) {
    precondition(dimension >= 1 && classCount >= 2, "\(dimension) columns, \(classCount) classes")
    dx = dimension
    self.classCount = classCount
    self.labeled = labeled
    exact = Once { Self.radialInformation(dimension, classCount) }
  }

  /// For example `3v1-concentric_gaussians-5`, or `labels-concentric-3-5`.
  public var id: String {
    labeled ? "labels-concentric-\(dx)-\(classCount)" : "\(dx)v1-concentric_gaussians-\(classCount)"
  }

  /// One line of what it is.
  public var summary: String {
    labeled
      ? "\(classCount) concentric Gaussians in \(dx) dimensions and their labels"
      : "Concentric \(dx) x 1 (\(classCount) classes)"
  }

  /// 1.
  public var dy: Int { 1 }

  /// Continuous against labels or against numbers.
  public var kind: PairKind { labeled ? .mixed : .continuous }

  /// The mutual information, by quadrature.
  public var information: Information { Information(nats: exact.value.nats) }

  /// A bound on the quadrature's error.
  public var informationError: Information { Information(nats: exact.value.error) }

  /// Draws `count` independent rows.
  public func sample(_ count: Int, seed: UInt64) -> SamplePair {
    var source = RandomSource(seed: seed, samplerStream)
    let codes = (0..<count).map { _ in Int32(source.below(classCount)) }
    var x = source.normals(count * dx)
    for k in x.indices { x[k] *= Double(codes[k / dx] + 1) }
    if labeled { return SamplePair(x: x, dx: dx, codes: codes, classCount: classCount) }
    let noise = source.normals(count)
    let y = codes.indices.map { Double(codes[$0] + 1) + Self.noise * noise[$0] }
    return SamplePair(x: x, dx: dx, y: y, dy: 1)
  }

  /// ln p(x, y) / (p(x) p(y)) from the class densities.
  public func pointwise(_ pair: SamplePair) -> [Double]? {
    guard let x = pair.x.samples, x.dimension == dx else { return nil }
    let squares = squaredNorms(x.values, dx)
    let weights = [Double](repeating: 1 / Double(classCount), count: classCount)
    let ofX = { (row: Int) in
      (1...classCount).map { i -> Double in
        let scale = Double(i)
        return -squares[row] / (2 * scale * scale) - Double(dx) * log(scale)
      }
    }
    if let labels = pair.y.labels, labeled, labels.classCount == classCount {
      return (0..<pair.count).map { row in
        let logs = ofX(row)
        return logs[Int(labels.codes[row])] - logSumExp(logs, weights: weights)
      }
    }
    guard let y = pair.y.samples, !labeled, y.dimension == 1 else { return nil }
    return (0..<pair.count).map { row in
      let logsX = ofX(row)
      let logsY = (1...classCount).map { i -> Double in
        let z = (y.values[row] - Double(i)) / Self.noise
        return -z * z / 2
      }
      return logSumExp(zip(logsX, logsY).map { $0 + $1 }, weights: weights)
        - logSumExp(logsX, weights: weights) - logSumExp(logsY, weights: weights)
    }
  }

  /// The standard deviation of y within a class.
  private static let noise = 0.01

  private static func radialInformation(_ d: Int, _ count: Int) -> NumericInformation {
    let d = Double(d)
    // The radius of a standard normal vector, as ln of its density.
    let logChi = { (r: Double) in
      (d - 1) * log(r) - r * r / 2 - (d / 2 - 1) * log(2) - logGamma(d / 2)
    }
    let weights = [Double](repeating: 1 / Double(count), count: count)
    // Breaks where the classes' radii lie; beyond 12 deviations of the widest is less than 1e-30.
    let reach = d.squareRoot()
    let ends = [0] + (1...count).map { Double($0) * reach } + [Double(count) * (reach + 12)]
    let result = adaptiveIntegral(ends) { r in
      guard r > 0 else { return 0 }
      let logs = (1...count).map { logChi(r / Double($0)) - log(Double($0)) }
      let mean = logSumExp(logs, weights: weights)
      return logs.reduce(0) { $0 + exp($1) * ($1 - mean) } / Double(count)
    }
    return NumericInformation(nats: result.value, error: result.error + 1e-14)
  }
}
