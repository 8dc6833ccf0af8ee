// SPDX-License-Identifier: MIT

import Estimators

/// Linear regression over a grid of ridges.
///
/// Minimized is the mean of (1 - w) (y - f)^2 + w (t - f)^2 plus ridge |b|^2 with f = x b + c, which
/// is ridge regression on (1 - w) y + w t: one factorization a ridge serves every teacher and weight.
struct RidgeLearner: DistillationLearner {
  /// Relative to the mean squared error, on standardized columns.
  static let ridges = [10, 3, 1, 0.3, 0.1, 0.03, 0.01, 3e-3, 1e-3, 1e-4]

  private let x: Matrix
  private let means: [Double]
  private let values: [Double]
  private let factors: [Cholesky?]

  init(_ x: Matrix, values: [Double]) {
    let means = (0..<x.columns).map { column in
      (0..<x.rows).reduce(0) { $0 + x[$1, column] } / Double(x.rows)
    }
    var centered = x
    for i in 0..<x.rows {
      for j in 0..<x.columns { centered[i, j] -= means[j] }
    }
    let second = gram(centered, scale: 1 / Double(x.rows))
    factors = Self.ridges.map { ridge in
      var penalized = second
      for j in 0..<x.columns { penalized[j, j] += ridge }
      return Cholesky(penalized)
    }
    self.x = centered
    self.means = means
    self.values = values
  }

  var settingCount: Int { Self.ridges.count }
  var refits: Bool { true }

  func fit(
    _ setting: Int, teaching: Teaching?, from start: (any DistilledModel)?
  ) -> any DistilledModel {
    var goal = values
    if let teaching {
      for i in goal.indices {
        goal[i] += teaching.weight * (teaching.opinions[i, 0] - goal[i])
      }
    }
    let mean = goal.reduce(0, +) / Double(goal.count)
    let centered = Matrix(rows: goal.count, columns: 1, values: goal.map { $0 - mean })
    var moments = multiply(transposing: x, centered)
    for j in moments.values.indices { moments.values[j] /= Double(goal.count) }
    // A ridge makes the matrix positive definite, so only an overflow has no factor.
    let weights = factors[setting]?.solve(moments) ?? Matrix(rows: x.columns, columns: 1)
    let shift = (0..<x.columns).reduce(0) { $0 + means[$1] * weights[$1, 0] }
    return LinearWeights(weights: weights, intercept: mean - shift)
  }
}

private struct LinearWeights: DistilledModel {
  let weights: Matrix
  let intercept: Double

  func outputs(_ x: Matrix) -> Matrix {
    var result = multiply(x, weights)
    for i in result.values.indices { result.values[i] += intercept }
    return result
  }
}
