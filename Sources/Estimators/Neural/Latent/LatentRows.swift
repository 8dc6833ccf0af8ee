// SPDX-License-Identifier: MIT

package import EstimatorAPI

/// One side reduced for the autoencoder: standardized by the training rows, clipped, projected on
/// their principal components, and scaled to a mean variance of 1 over the components.
package struct ReducedSide: Sendable {
  private let input: NetworkInput
  private let scale: Standardization
  private let components: PrincipalComponents
  private let factor: Double

  /// Fits the training rows.
  package init(_ input: NetworkInput, training: [Int], components count: Int) {
    self.input = input
    scale = Standardization(input, rows: training)
    let rows = Self.standardized(input, scale, training)
    components = PrincipalComponents(rows, count: count)
    let projected = components.project(rows)
    let square = projected.values.reduce(0) { $0 + $1 * $1 }
    factor = (Double(projected.values.count) / max(square, 1e-300)).squareRoot()
  }

  /// The number of components.
  package var dimension: Int { components.directions.columns }

  /// The share of the training rows' variance that the components have.
  package var varianceShare: Double { components.share }

  /// The given rows, reduced: rows x dimension.
  package func rows(_ indices: [Int]) -> Matrix {
    var result = components.project(Self.standardized(input, scale, indices))
    for i in result.values.indices { result.values[i] *= factor }
    return result
  }

  /// Ten standard deviations, as published: one wild value must not own the squared error.
  private static var limit: Double { 10 }

  private static func standardized(
    _ input: NetworkInput, _ scale: Standardization, _ indices: [Int]
  ) -> Matrix {
    let d = input.dimension
    var result = Matrix(rows: indices.count, columns: d)
    for (index, row) in indices.enumerated() {
      for column in 0..<d {
        let value =
          (input.values[row * d + column] - scale.means[column]) / scale.deviations[column]
        result.values[index * d + column] = min(max(value, -limit), limit)
      }
    }
    return result
  }

  /// How many values of the given rows are clipped.
  package func clippedValues(_ indices: [Int]) -> Int {
    let d = input.dimension
    return indices.reduce(0) { sum, row in
      sum
        + (0..<d).count { column in
          abs((input.values[row * d + column] - scale.means[column]) / scale.deviations[column])
            > Self.limit
        }
    }
  }
}

extension Matrix {
  /// Samples of the same rows and columns.
  ///
  /// - Throws: `nonFinite`.
  package func samples() throws(EstimatorError) -> Samples {
    try Samples(rowMajor: values, count: rows, dimension: columns)
  }

  /// The first columns.
  package func prefix(columns count: Int) -> Matrix {
    block(rows: 0..<rows, columns: 0..<count)
  }

  /// Every column minus its mean.
  package func centered() -> Matrix {
    var result = self
    for j in 0..<columns {
      let mean = (0..<rows).reduce(0) { $0 + self[$1, j] } / Double(rows)
      for i in 0..<rows { result[i, j] -= mean }
    }
    return result
  }
}
