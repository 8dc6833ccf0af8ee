// SPDX-License-Identifier: MIT

package import EstimatorAPI

/// One side reduced for the autoencoder: its columns mapped by the training rows (``Marginals``),
/// clipped, projected on their principal components, and scaled to a mean variance of 1 over these.
package struct ReducedSide: Sendable {
  private let input: NetworkInput
  private let marginals: Marginals
  private let components: PrincipalComponents
  private let factor: Double

  /// Fits the training rows.
  package init(
    _ input: NetworkInput, training: [Int], components count: Int, marginals: MarginalMap.Choice
  ) {
    self.input = input
    self.marginals = Marginals(input, rows: training, choice: marginals)
    let rows = Self.clipped(self.marginals.matrix(input, rows: training))
    components = PrincipalComponents(rows, count: count)
    let projected = components.project(rows)
    let square = projected.values.reduce(0) { $0 + $1 * $1 }
    factor = (Double(projected.values.count) / max(square, 1e-300)).squareRoot()
  }

  /// The number of components.
  package var dimension: Int { components.directions.columns }

  /// The share of the training rows' variance that the components have.
  package var varianceShare: Double { components.share }

  /// How many columns were mapped to normal scores.
  package var scoredColumns: Int { marginals.scoredColumns }

  /// The given rows, reduced: rows x dimension.
  package func rows(_ indices: [Int]) -> Matrix {
    var result = components.project(Self.clipped(marginals.matrix(input, rows: indices)))
    for i in result.values.indices { result.values[i] *= factor }
    return result
  }

  /// Ten standard deviations, as published: one wild value must not own the squared error.
  private static var limit: Double { 10 }

  private static func clipped(_ matrix: Matrix) -> Matrix {
    var result = matrix
    for i in result.values.indices { result.values[i] = min(max(result.values[i], -limit), limit) }
    return result
  }

  /// How many values of the given rows are clipped.
  package func clippedValues(_ indices: [Int]) -> Int {
    marginals.matrix(input, rows: indices).values.count { abs($0) > Self.limit }
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
