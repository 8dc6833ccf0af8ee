// SPDX-License-Identifier: MIT

/// Multinomial logistic regression with a ridge on all weights but the intercepts.
///
/// Minimized is the mean of -ln q over the rows plus ridge / 2 times the squared weights. Half a
/// row of each class at the mean of x (x = 0) is added, so that a class without rows keeps a finite
/// intercept.
struct LogisticBackend: ClassifierBackend {
  static let ridges = [1, 0.1, 0.03, 0.01, 3e-3, 1e-3, 1e-4, 1e-5]

  var name: String { "logistic" }

  func path(_ rows: LabeledRows) -> any ClassifierPath { LogisticPath(rows) }
}

private struct LogisticPath: ClassifierPath {
  let settings = LogisticBackend.ridges.map { "ridge \($0)" }
  let rows: LabeledRows
  /// x with a column of ones behind it.
  let design: Matrix
  /// transpose(design) design / n.
  let second: Matrix

  init(_ rows: LabeledRows) {
    self.rows = rows
    design = Matrix(besides: rows.x, Matrix(rows: rows.count, columns: 1, repeating: 1))
    second = gram(design, scale: 1 / Double(rows.count))
  }

  func fit(_ setting: Int, from start: (any ClassifierModel)?) -> any ClassifierModel {
    let ridge = LogisticBackend.ridges[setting]
    let (d, classCount) = (design.columns, rows.classCount)
    // Boehning's bound (1992, doi:10.1007/BF00048682): the Hessian is at most half of `second`
    // for each class, and so this is a step that never overshoots.
    var bound = second
    for i in 0..<d {
      for j in 0..<d { bound[i, j] /= 2 }
      // A floor for columns that the training rows happen to hold constant.
      bound[i, i] += i < d - 1 ? ridge : 0.5 * Double(classCount) / Double(rows.count)
      bound[i, i] += 1e-9
    }
    let factor = Cholesky(bound)
    let initial =
      (start as? LogisticModel)?.weights
      ?? Matrix(
        rows: d, columns: classCount,
        values: [Double](repeating: 0, count: (d - 1) * classCount)
          + rows.shares.map(naturalLogarithm))
    let minimum = LBFGS(tolerance: 1e-6).minimize(
      from: initial.values,
      inverseHessian: { vector in
        factor?.solve(Matrix(rows: d, columns: classCount, values: vector)).values ?? vector
      },
      { loss(Matrix(rows: d, columns: classCount, values: $0), ridge: ridge) })
    return LogisticModel(
      weights: Matrix(rows: d, columns: classCount, values: minimum.point),
      converged: minimum.converged)
  }

  /// The penalized mean of -ln q, and its gradient.
  private func loss(_ weights: Matrix, ridge: Double) -> (value: Double, gradient: [Double]) {
    let (n, d, classCount) = (rows.count, design.columns, rows.classCount)
    let (each, last) = (1 / Double(n), (d - 1) * classCount)
    var residual = multiply(design, weights)
    var value = 0.0
    residual.values.withUnsafeMutableBufferPointer { q in
      rows.classes.withUnsafeBufferPointer { classes in
        for i in 0..<n {
          let row = i * classCount
          var highest = q[row]
          for j in 1..<classCount { highest = max(highest, q[row + j]) }
          value += highest - q[row + classes[i]]
          var sum = 0.0
          for j in 0..<classCount {
            q[row + j] = exponential(q[row + j] - highest)
            sum += q[row + j]
          }
          value += naturalLogarithm(sum)
          let scale = each / sum
          for j in 0..<classCount { q[row + j] *= scale }
          q[row + classes[i]] -= each
        }
      }
    }
    var gradient = multiply(transposing: design, residual)
    value *= each
    for i in 0..<last {
      value += ridge / 2 * weights.values[i] * weights.values[i]
      gradient.values[i] += ridge * weights.values[i]
    }
    let prior = Matrix(rows: 1, columns: classCount, values: Array(weights.values[last...]))
      .logSoftmax()
    for j in 0..<classCount {
      value -= each / 2 * prior.values[j]
      gradient.values[last + j] +=
        each / 2 * (Double(classCount) * exponential(prior.values[j]) - 1)
    }
    return (value, gradient.values)
  }
}

private struct LogisticModel: ClassifierModel {
  /// (d + 1) x classes, the intercepts last.
  let weights: Matrix
  let converged: Bool

  func logits(_ x: Matrix) -> Matrix {
    multiply(Matrix(besides: x, Matrix(rows: x.rows, columns: 1, repeating: 1)), weights)
  }
}
