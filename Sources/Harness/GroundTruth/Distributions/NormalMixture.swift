// SPDX-License-Identifier: MIT

public import EstimatorAPI
import Estimators

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A mixture of joint Gaussians over the columns of x, then of y.
///
/// Its information comes from a quadrature over one column of x and one of y: columns that are
/// independent of everything else and alike in all components may stand beside them.
public struct NormalMixture: GroundTruth {
  /// One component.
  public struct Component: Sendable, Hashable, Codable {
    /// Its share; shares are divided by their sum.
    public var weight: Double
    /// The mean of the columns of x, then of y.
    public var mean: [Double]
    /// The rows of the covariance matrix.
    public var covariance: [[Double]]

    /// Creates a component.
    public init(weight: Double = 1, mean: [Double], covariance: [[Double]]) {
      self.weight = weight
      self.mean = mean
      self.covariance = covariance
    }
  }

  /// The number of columns of x.
  public let dx: Int
  /// The number of columns of y.
  public let dy: Int
  /// A name with the parameters.
  public let id: String
  /// One line of what it is.
  public let summary: String
  private let weights: [Double]
  private let means: [[Double]]
  private let shapes: [EllipticalShape]
  private let exact: Once

  /// Creates a mixture.
  ///
  /// - Throws: `shapeMismatch` or `singularCovariance` for a bad component, `dimensionOutOfRange`
  ///   where more than one column on a side takes part in the dependence.
  public init(
    id: String, summary: String, dx: Int, dy: Int, components: [Component]
  ) throws(EstimatorError) {
    let d = dx + dy
    let total = components.reduce(0) { $0 + $1.weight }
    guard total.isFinite, !components.isEmpty, components.allSatisfy({ $0.weight > 0 }) else {
      throw .invalidParameter(
        "weight", found: "\(components.map(\.weight))", needed: "positive numbers", estimator: id)
    }
    for component in components where component.mean.count != d {
      throw .shapeMismatch(
        "mean", found: "\(component.mean.count) numbers", needed: "\(d): dx + dy")
    }
    var shapes: [EllipticalShape] = []
    for component in components {
      shapes.append(try EllipticalShape(dx: dx, dy: dy, matrix: component.covariance))
    }
    let active = (0..<d).filter { Self.takesPart($0, in: components) }
    let ofX = active.filter { $0 < dx }
    let ofY = active.filter { $0 >= dx }
    guard ofX.count <= 1, ofY.count <= 1 else {
      throw EstimatorError(
        .dimensionOutOfRange,
        "Mixture \(id) has \(ofX.count) x \(ofY.count) columns that differ between components or "
          + "depend on others; its exact information takes at most 1 x 1.")
    }
    let weights = components.map { $0.weight / total }
    self.dx = dx
    self.dy = dy
    self.id = id
    self.summary = summary
    self.weights = weights
    self.shapes = shapes
    means = components.map(\.mean)
    let (i, j) = (ofX.first ?? 0, ofY.first ?? dx)
    let planar = zip(components, weights).map { component, weight in
      PlanarComponent(
        weight: weight, meanX: component.mean[i], meanY: component.mean[j],
        varianceX: component.covariance[i][i], varianceY: component.covariance[j][j],
        covariance: component.covariance[i][j])
    }
    exact = Once { planarMixtureInformation(planar) }
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
    let d = dx + dy
    let codes = drawClasses(count, of: weights, using: &source)
    var rows = [Double](repeating: 0, count: count * d)
    for (c, shape) in shapes.enumerated() {
      let members = codes.indices.filter { Int(codes[$0]) == c }
      let deviations = shape.normals(members.count, using: &source)
      for (i, row) in members.enumerated() {
        for k in 0..<d { rows[row * d + k] = means[c][k] + deviations[i * d + k] }
      }
    }
    return shapes[0].split(rows)
  }

  /// ln of the joint density over the product of the marginal ones.
  public func pointwise(_ pair: SamplePair) -> [Double]? {
    guard let x = pair.x.samples, let y = pair.y.samples, x.dimension == dx, y.dimension == dy
    else { return nil }
    let logs = zip(shapes, means).map { shape, mean in
      shape.logDensities(
        SamplePair(
          x: shifted(x.values, by: mean[..<dx]), dx: dx,
          y: shifted(y.values, by: mean[dx...]), dy: dy))
    }
    return (0..<pair.count).map { row in
      logSumExp(logs.map { $0[row].joint }, weights: weights)
        - logSumExp(logs.map { $0[row].x }, weights: weights)
        - logSumExp(logs.map { $0[row].y }, weights: weights)
    }
  }

  /// False for a column that tells nothing: alike in all components and uncorrelated in each.
  private static func takesPart(_ column: Int, in components: [Component]) -> Bool {
    let first = components[0]
    return components.contains { component in
      component.mean[column] != first.mean[column]
        || component.covariance[column][column] != first.covariance[column][column]
        || component.covariance[column].indices.contains {
          $0 != column && component.covariance[column][$0] != 0
        }
    }
  }
}

/// Rows less a vector.
func shifted(_ rows: [Double], by mean: ArraySlice<Double>) -> [Double] {
  let mean = Array(mean)
  return rows.indices.map { rows[$0] - mean[$0 % mean.count] }
}
