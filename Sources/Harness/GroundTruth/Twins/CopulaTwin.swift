// SPDX-License-Identifier: MIT

public import EstimatorAPI
import Estimators

/// A twin of two continuous variables without classes: a Gaussian copula with the data's own
/// correlations of normal scores, under the data's own marginals.
///
/// Mutual information does not change under strictly increasing maps of single columns, so that of the
/// twin is that of the Gaussian behind it, exactly:
///
///     I = 1/2 ln (det R_x det R_y / det R)
///
/// It has the data's spectrum, which the ladder's equal canonical correlations have not, and its skew
/// and tails. It has no dependence beyond correlation of normal scores: the twin tells how an estimator
/// takes the data's marginals and spectrum, not how it takes clusters or curves.
public struct CopulaTwin: GroundTruth {
  /// `copula-twin` with the shape.
  public let id: String
  /// The dimension of x.
  public let dx: Int
  /// The dimension of y.
  public let dy: Int
  /// The information of the Gaussian.
  public let information: Information

  private let factor: Cholesky
  private let marginals: [Marginal]

  /// A twin of two continuous variables.
  ///
  /// Nil where a column repeats more than one value in twenty: maps to such columns are not strictly
  /// increasing, and the information would not be known.
  public init?(x: Samples, y: Samples) {
    var marginals: [Marginal] = []
    for side in [x, y] {
      for column in 0..<side.dimension {
        guard let marginal = Marginal(side.column(column)) else { return nil }
        marginals.append(marginal)
      }
    }
    guard let both = try? concatenated([x, y]), let scores = try? normalScores(both) else {
      return nil
    }
    let d = both.dimension
    let moments = covariance(scores)
    var correlations = Matrix.identity(d)
    // A thousandth of independence keeps the factor well-conditioned; the truth is that of the result.
    for i in 0..<d {
      for j in 0..<d where i != j {
        correlations[i, j] = 0.999 * moments[i, j] / (moments[i, i] * moments[j, j]).squareRoot()
      }
    }
    guard let factor = Cholesky(correlations),
      let left = Cholesky(correlations.block(rows: 0..<x.dimension, columns: 0..<x.dimension)),
      let right = Cholesky(correlations.block(rows: x.dimension..<d, columns: x.dimension..<d))
    else { return nil }
    self.factor = factor
    self.marginals = marginals
    (dx, dy) = (x.dimension, y.dimension)
    id = "copula-twin-\(dx)-\(dy)"
    information = Information(
      nats: (left.logDeterminant + right.logDeterminant - factor.logDeterminant) / 2)
  }

  /// One line.
  public var summary: String {
    "Gaussian copula with the data's correlations and marginals, \(dx) + \(dy) columns"
  }

  /// Continuous against continuous.
  public var kind: PairKind { .continuous }

  /// Zero: a closed form.
  public var informationError: Information { .zero }

  /// Draws rows.
  public func sample(_ count: Int, seed: UInt64) -> SamplePair {
    var random = RandomSource(seed: seed, samplerStream)
    let d = dx + dy
    let normals = Matrix(rows: count, columns: d, values: random.normals(count * d))
    let scores = multiply(normals, transposed: factor.factor)
    var (left, right) = ([Double](), [Double]())
    for row in 0..<count {
      for column in 0..<d {
        let value = marginals[column].value(at: scores[row, column])
        if column < dx { left.append(value) } else { right.append(value) }
      }
    }
    return SamplePair(x: left, dx: dx, y: right, dy: dy)
  }
}

/// A strictly increasing map from normal scores to a column's values: linear between the data's own
/// points, and on with the last slope beyond them.
private struct Marginal: Sendable {
  private let scores: [Double]
  private let values: [Double]

  /// Nil where more than one value in twenty is repeated, or there is one value only.
  init?(_ column: [Double]) {
    let sorted = column.sorted()
    let n = Double(sorted.count)
    var (scores, values) = ([Double](), [Double]())
    for (rank, value) in sorted.enumerated() where value != values.last {
      values.append(value)
      scores.append(normalQuantile((Double(rank) + 0.5) / n))
    }
    guard values.count >= 2, Double(values.count) >= 0.95 * n else { return nil }
    self.scores = scores
    self.values = values
  }

  func value(at score: Double) -> Double {
    // The last segment that starts at or below the score, by halving.
    var (low, high) = (0, scores.count - 1)
    while high - low > 1 {
      let middle = (low + high) / 2
      if scores[middle] <= score { low = middle } else { high = middle }
    }
    let slope = (values[high] - values[low]) / (scores[high] - scores[low])
    return values[low] + slope * (score - scores[low])
  }
}
