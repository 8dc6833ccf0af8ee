// SPDX-License-Identifier: MIT

package import EstimatorAPI

/// One variable as a network takes it: numbers as they are, labels one column a class (1 in the
/// row's class, 0 elsewhere).
package struct NetworkInput: Sendable {
  /// Row-major, count x dimension.
  package let values: [Double]
  /// The number of rows.
  package let count: Int
  /// The number of columns.
  package let dimension: Int
  /// Whether the columns stand for classes.
  package let isOneHot: Bool

  /// Reads a variable; `side` is its name in errors.
  ///
  /// - Throws: `constantColumn` where a column does not vary; a single class is one.
  package init(_ variable: Variable, side: String) throws(EstimatorError) {
    count = variable.count
    switch variable {
    case .samples(let samples):
      (values, dimension, isOneHot) = (samples.values, samples.dimension, false)
    case .labels(let labels):
      // Classes without a row would be constant columns.
      var columnOf = [Int](repeating: -1, count: labels.classCount)
      var columns = 0
      for code in labels.codes where columnOf[Int(code)] < 0 {
        columnOf[Int(code)] = columns
        columns += 1
      }
      var encoded = [Double](repeating: 0, count: labels.count * columns)
      for (row, code) in labels.codes.enumerated() {
        encoded[row * columns + columnOf[Int(code)]] = 1
      }
      (values, dimension, isOneHot) = (encoded, columns, true)
    }
    var varies = [Bool](repeating: false, count: dimension)
    for row in 1..<max(count, 1) {
      for column in 0..<dimension where values[row * dimension + column] != values[column] {
        varies[column] = true
      }
    }
    if let column = varies.firstIndex(of: false) {
      throw .constantColumn(side: side, column: column, value: values[column])
    }
  }
}

/// The mean and the deviation of each column over the training rows, and over no others.
package struct Standardization: Sendable {
  /// Means by column.
  package let means: [Double]
  /// Standard deviations by column; 1 where the training rows do not vary.
  package let deviations: [Double]

  /// Measures the given rows.
  package init(_ input: NetworkInput, rows: [Int]) {
    self.init(input.values, dimension: input.dimension, rows: rows)
  }

  /// Measures the given rows of a matrix.
  package init(_ matrix: Matrix, rows: [Int]) {
    self.init(matrix.values, dimension: matrix.columns, rows: rows)
  }

  private init(_ values: [Double], dimension d: Int, rows: [Int]) {
    var means = [Double](repeating: 0, count: d)
    for row in rows {
      for column in 0..<d { means[column] += values[row * d + column] }
    }
    for column in 0..<d { means[column] /= Double(rows.count) }
    var squares = [Double](repeating: 0, count: d)
    for row in rows {
      for column in 0..<d {
        let difference = values[row * d + column] - means[column]
        squares[column] += difference * difference
      }
    }
    self.means = means
    deviations = squares.map { square in
      let deviation = (square / Double(rows.count)).squareRoot()
      return deviation > 0 && deviation.isFinite ? deviation : 1
    }
  }

  /// All rows of a matrix, standardized.
  package func apply(_ matrix: Matrix) -> Matrix {
    var result = matrix
    result.values.withUnsafeMutableBufferPointer { values in
      for row in 0..<matrix.rows {
        for column in 0..<matrix.columns {
          let index = row * matrix.columns + column
          values[index] = (values[index] - means[column]) / deviations[column]
        }
      }
    }
    return result
  }
}
