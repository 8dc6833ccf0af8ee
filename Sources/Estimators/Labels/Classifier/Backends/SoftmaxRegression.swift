// SPDX-License-Identifier: MIT

/// Multinomial logistic regression with a ridge on all weights but the intercepts.
///
/// Minimized is the mean loss of a ``SoftmaxGoal`` over the rows plus ridge / 2 times the squared
/// weights. Half a row of each class at the mean of x is added, so that a class without
/// rows keeps a finite intercept.
package struct SoftmaxRegression: Sendable {
  /// The rows' principal coordinates with a column of ones behind them.
  ///
  /// There the second moments are diagonal, which makes a step cheap, and there are no more of them
  /// than rows. Neither ridge nor fit changes under a rotation.
  private let design: Matrix
  /// The second moment of each coordinate, the ones' last.
  private let second: [Double]
  /// The principal directions as columns: d x coordinates.
  private let directions: Matrix
  /// The mean of each column of x.
  private let means: [Double]
  private let classCount: Int

  /// Prepares to fit to standardized rows, n x d: what all goals and ridges share.
  package init(_ x: Matrix, classCount: Int) {
    let n = x.rows
    means = (0..<x.columns).map { j in (0..<n).reduce(0) { $0 + x[$1, j] } / Double(n) }
    var centered = x
    for i in 0..<n {
      for j in 0..<x.columns { centered[i, j] -= means[j] }
    }
    let (values, vectors) = symmetricEigen(gram(centered, scale: 1 / Double(n)))
    let floor = 1e-12 * max(values.last ?? 0, 1e-12)
    let kept = values.indices.filter { values[$0] > floor }
    var directions = Matrix(rows: x.columns, columns: kept.count)
    for i in 0..<x.columns {
      for (place, column) in kept.enumerated() { directions[i, place] = vectors[i, column] }
    }
    self.directions = directions
    design = Matrix(
      besides: multiply(centered, directions), Matrix(rows: n, columns: 1, repeating: 1))
    second = kept.map { values[$0] } + [1]
    self.classCount = classCount
  }

  /// The minimum; a start near it saves most of the iterations.
  package func fit(
    _ goal: SoftmaxGoal, ridge: Double, from start: SoftmaxWeights? = nil
  ) -> SoftmaxWeights {
    precondition(goal.count == design.rows && goal.classCount == classCount, "a goal of other rows")
    let d = design.columns
    // Boehning's bound (1992, doi:10.1007/BF00048682): the Hessian is at most half of `second`
    // for each class, and so this is a step that never overshoots. A teacher's part has the factor
    // T^2 and logits over T, which cancel, so the bound holds for every weight and temperature.
    let bound = second.enumerated().map { i, moment in
      moment / 2 + (i < d - 1 ? ridge : 0.5 * Double(classCount) / Double(design.rows))
    }
    let initial =
      start.map(rotated)?.values ?? Array(repeating: 0, count: (d - 1) * classCount)
      + goal.shares.map(naturalLogarithm)
    let minimum = LBFGS(tolerance: 1e-6).minimize(
      from: initial,
      inverseHessian: { vector in
        var step = vector
        for i in 0..<d {
          for j in 0..<classCount { step[i * classCount + j] /= bound[i] }
        }
        return step
      },
      { loss(Matrix(rows: d, columns: classCount, values: $0), goal, ridge: ridge) })
    return SoftmaxWeights(
      weights: straightened(Matrix(rows: d, columns: classCount, values: minimum.point)),
      converged: minimum.converged)
  }

  /// Weights for columns of x as weights for ``design``.
  private func rotated(_ model: SoftmaxWeights) -> Matrix {
    let slopes = model.weights.block(rows: 0..<means.count, columns: 0..<classCount)
    let turned = multiply(transposing: directions, slopes)
    let shift = multiply(Matrix(rows: 1, columns: means.count, values: means), slopes)
    return Matrix(
      rows: design.columns, columns: classCount,
      values: turned.values
        + (0..<classCount).map { model.weights[means.count, $0] + shift[0, $0] })
  }

  /// Weights for ``design`` as weights for columns of x.
  private func straightened(_ weights: Matrix) -> Matrix {
    let last = design.columns - 1
    let slopes = multiply(
      directions, weights.block(rows: 0..<last, columns: 0..<classCount))
    let shift = multiply(Matrix(rows: 1, columns: means.count, values: means), slopes)
    return Matrix(
      rows: means.count + 1, columns: classCount,
      values: slopes.values + (0..<classCount).map { weights[last, $0] - shift[0, $0] })
  }

  /// The penalized mean loss, and its gradient.
  private func loss(
    _ weights: Matrix, _ goal: SoftmaxGoal, ridge: Double
  ) -> (value: Double, gradient: [Double]) {
    let last = (design.columns - 1) * classCount
    let each = 1 / Double(design.rows)
    var residual = multiply(design, weights)
    var value = goal.loss(logitsToGradient: &residual)
    var gradient = multiply(transposing: design, residual)
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

/// A fitted softmax regression.
package struct SoftmaxWeights: Sendable {
  /// (d + 1) x classes, the intercepts last.
  package let weights: Matrix
  /// Whether the fit met its tolerance.
  package let converged: Bool

  /// ln q(class | x) up to a constant for each row, for rows standardized as the training rows were.
  package func logits(_ x: Matrix) -> Matrix {
    multiply(Matrix(besides: x, Matrix(rows: x.rows, columns: 1, repeating: 1)), weights)
  }
}
