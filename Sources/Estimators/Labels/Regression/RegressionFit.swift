// SPDX-License-Identifier: MIT

/// One fold's part in a cross-fitted regression: ln q(y | x) = ln N(y; f(x), s S) at rows that had no
/// part in f, s or S.
///
/// S is the covariance of the training rows' residuals; s, the counterpart of a classifier's
/// temperature, is what brings it to the size of residuals on rows not trained on. Of the other
/// folds, the next one chooses backend and setting and measures s for models that are trained on
/// the rest; the choice is then fitted to all other folds.
struct RegressionFit: Sendable {
  /// The rows that were scored.
  let rows: [Int]
  /// ln q(y | x) at each of them.
  let scores: [Double]
  /// The chosen backend and setting.
  let choice: String
  /// s.
  let scale: Double

  /// Nil where no residuals have a regular covariance, or it was cancelled.
  init?(
    _ all: NumberedRows, _ folds: StratifiedFolds, fold: Int, backends: [any RegressionBackend],
    isCancelled: () -> Bool
  ) {
    let inner = (fold + 1) % folds.count
    let validation = all.selecting(folds.rows(inner))
    let rest = all.selecting(folds.rows(without: [fold, inner]))
    var best: (backend: any RegressionBackend, setting: Int, scale: Double, loss: Double)?
    for backend in backends {
      let path = backend.path(rest)
      var previous = Double.infinity
      // From rigid to flexible until a setting does worse than the one before.
      for setting in path.settings.indices {
        if isCancelled() { return nil }
        guard let fitted = GaussianResiduals(path.fit(setting), rest) else { continue }
        let scale = fitted.scale(on: validation)
        let loss = -fitted.logDensities(validation, scale: scale).reduce(0, +)
        if loss < best?.loss ?? .infinity { best = (backend, setting, scale, loss) }
        if loss >= previous { break }
        previous = loss
      }
    }
    guard let best, !isCancelled() else { return nil }
    let training = all.selecting(folds.rows(without: [fold]))
    let path = best.backend.path(training)
    guard let fitted = GaussianResiduals(path.fit(best.setting), training) else { return nil }
    rows = folds.rows(fold)
    scores = fitted.logDensities(all.selecting(rows), scale: best.scale)
    choice = "\(best.backend.name): \(path.settings[best.setting])"
    scale = best.scale
  }
}

/// A model of the mean with the covariance of its residuals.
private struct GaussianResiduals {
  let model: any RegressionModel
  let factor: Cholesky

  init?(_ model: any RegressionModel, _ rows: NumberedRows) {
    let residuals = Self.residuals(model, rows)
    guard let factor = Cholesky(gram(residuals, scale: 1 / Double(rows.count))) else { return nil }
    self.model = model
    self.factor = factor
  }

  /// The mean over rows and columns of the squared residuals in units of S.
  func scale(on rows: NumberedRows) -> Double {
    let squares = squares(rows)
    // Residuals of exactly 0 have no likelihood that is finite.
    return max(squares.reduce(0, +) / Double(squares.count * rows.y.columns), 1e-12)
  }

  func logDensities(_ rows: NumberedRows, scale: Double) -> [Double] {
    let constant =
      Double(rows.y.columns) * naturalLogarithm(2 * .pi * scale) / 2 + factor.logDeterminant / 2
    return squares(rows).map { -constant - $0 / scale / 2 }
  }

  private func squares(_ rows: NumberedRows) -> [Double] {
    squaredLengths(factor.solveLower(Self.residuals(model, rows).transposed))
  }

  private static func residuals(_ model: any RegressionModel, _ rows: NumberedRows) -> Matrix {
    var residuals = model.means(rows.x)
    for i in residuals.values.indices { residuals.values[i] -= rows.y.values[i] }
    return residuals
  }
}
