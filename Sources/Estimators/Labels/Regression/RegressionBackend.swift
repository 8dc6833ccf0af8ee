// SPDX-License-Identifier: MIT

/// A way to learn the mean of y given x: a family of models from the most rigid to the most flexible.
protocol RegressionBackend: Sendable {
  /// The name in the diagnostics.
  var name: String { get }
  /// Prepares to fit the family to rows.
  func path(_ rows: NumberedRows) -> any RegressionPath
}

/// The family on one set of rows.
protocol RegressionPath {
  /// The settings by name, the most rigid first.
  var settings: [String] { get }
  /// Fits one setting.
  func fit(_ setting: Int) -> any RegressionModel
}

/// A fitted mean of y given x.
protocol RegressionModel: Sendable {
  /// The mean at each row: rows x dy.
  func means(_ x: Matrix) -> Matrix
}

/// Rows with the numbers that are to be told from them.
struct NumberedRows: Sendable {
  /// Standardized columns, n x d.
  let x: Matrix
  /// n x dy.
  let y: Matrix

  /// The number of rows.
  var count: Int { x.rows }

  /// The rows at these indices.
  func selecting(_ rows: [Int]) -> NumberedRows {
    NumberedRows(x: x.selecting(rows: rows), y: y.selecting(rows: rows))
  }
}

/// Least squares with a ridge on all weights but the intercepts: what logistic regression is for
/// classes.
struct LinearRegression: RegressionBackend {
  static let ridges = [1, 0.1, 0.01, 1e-3, 1e-5, 1e-8]

  var name: String { "linear" }

  func path(_ rows: NumberedRows) -> any RegressionPath { LinearPath(rows) }
}

private struct LinearPath: RegressionPath {
  let settings = LinearRegression.ridges.map { "ridge \($0)" }
  /// x with a column of ones behind it.
  let design: Matrix
  let rows: NumberedRows

  init(_ rows: NumberedRows) {
    self.rows = rows
    design = Matrix(besides: rows.x, Matrix(rows: rows.count, columns: 1, repeating: 1))
  }

  func fit(_ setting: Int) -> any RegressionModel {
    let each = 1 / Double(rows.count)
    var normal = gram(design, scale: each)
    for i in 0..<normal.rows - 1 { normal[i, i] += LinearRegression.ridges[setting] }
    guard let factor = Cholesky(normal) else {
      // Columns that depend on one another and too small a ridge: no weights, and no predictions.
      return LinearModel(weights: Matrix(rows: design.columns, columns: rows.y.columns))
    }
    var moments = multiply(transposing: design, rows.y)
    for i in moments.values.indices { moments.values[i] *= each }
    return LinearModel(weights: factor.solve(moments))
  }
}

private struct LinearModel: RegressionModel {
  /// (d + 1) x dy, the intercepts last.
  let weights: Matrix

  func means(_ x: Matrix) -> Matrix {
    multiply(Matrix(besides: x, Matrix(rows: x.rows, columns: 1, repeating: 1)), weights)
  }
}
