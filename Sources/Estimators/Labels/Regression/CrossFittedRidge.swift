// SPDX-License-Identifier: MIT

package import EstimatorAPI

/// Out-of-fold ridge regression: each row is predicted by a linear model that never saw it.
///
/// Each fold's ridge is the one with the least generalized cross-validation on its training rows
/// (Golub, Heath and Wahba 1979, doi:10.1080/00401706.1979.10489751), from 15 between 1e-4 n and
/// 1e3 n.
package struct CrossFittedRidge: Sendable {
  /// The predicted number of each row.
  package let predictions: [Double]

  /// Fits; rows of one group are predicted by models that saw none of it.
  ///
  /// - Throws: `constantColumn` or `tooFewSamples`.
  package init(
    _ samples: Samples, _ target: [Double], groups: [Int]? = nil, folds: Int = 5, seed: UInt64,
    threads: Int, side: String
  ) throws(EstimatorError) {
    guard samples.count >= 2 * folds else {
      throw .tooFewSamples(found: samples.count, needed: 2 * folds, estimator: "ridge")
    }
    let rows = try standardized(samples, side: side)
    let dealt = StratifiedFolds(
      [Int](repeating: 0, count: rows.rows), groups: groups, classCount: 1, folds: folds,
      seed: seed)
    let fits = parallelMap(folds, threads: threads) { fold -> [(row: Int, value: Double)] in
      let training = dealt.rows(without: [fold])
      let held = dealt.rows(fold)
      guard !held.isEmpty, training.count > 1 else { return [] }
      let model = RidgeModel(rows.selecting(rows: training), training.map { target[$0] })
      return zip(held, model.predict(rows.selecting(rows: held))).map { ($0, $1) }
    }
    var values = [Double](repeating: target.reduce(0, +) / Double(target.count), count: rows.rows)
    for (row, value) in fits.joined() { values[row] = value }
    predictions = values
  }
}

/// A ridge regression with an intercept.
private struct RidgeModel {
  private let means: [Double]
  private let intercept: Double
  private let coefficients: Matrix

  init(_ x: Matrix, _ y: [Double]) {
    let (n, d) = (x.rows, x.columns)
    var means = [Double](repeating: 0, count: d)
    for i in 0..<n {
      for j in 0..<d { means[j] += x[i, j] / Double(n) }
    }
    let center = y.reduce(0, +) / Double(n)
    var centered = x
    for i in 0..<n {
      for j in 0..<d { centered[i, j] -= means[j] }
    }
    let target = Matrix(rows: n, columns: 1, values: y.map { $0 - center })
    let (values, vectors) = symmetricEigen(multiply(transposing: centered, centered))
    let spectrum = values.map { max($0, 0) }
    // The target's coordinates: those of X'y along the eigenvectors.
    let scores = multiply(transposing: vectors, multiply(transposing: centered, target)).values
    let square = target.values.reduce(0) { $0 + $1 * $1 }
    var best = (criterion: Double.infinity, ridge: Double(n))
    for step in 0..<15 {
      let ridge = Double(n) * exponential(naturalLogarithm(10) * (-4 + Double(step) / 2))
      var (residual, degrees) = (square, 1.0)
      for (value, score) in zip(spectrum, scores) {
        let shrunk = value + ridge
        residual += score * score * (value / (shrunk * shrunk) - 2 / shrunk)
        degrees += value / shrunk
      }
      let room = 1 - degrees / Double(n)
      guard room > 0 else { continue }
      let criterion = residual / (room * room)
      if criterion < best.criterion { best = (criterion, ridge) }
    }
    let shrunk = zip(scores, spectrum).map { $0 / ($1 + best.ridge) }
    coefficients = multiply(vectors, Matrix(rows: d, columns: 1, values: shrunk))
    self.means = means
    intercept = center
  }

  func predict(_ x: Matrix) -> [Double] {
    let products = multiply(x, coefficients).values
    let shift = zip(means, coefficients.values).reduce(0) { $0 + $1.0 * $1.1 }
    return products.map { $0 - shift + intercept }
  }
}
