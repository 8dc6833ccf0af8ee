// SPDX-License-Identifier: MIT

package import EstimatorAPI
import Estimators

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// LogME: the log evidence of a Bayesian linear model of the labels, per row (You, Liu, Wang, Long 2021,
/// arXiv 2102.11005).
///
/// With weights of precision alpha and noise of precision beta, both at their best,
///
///     log p(y | F) / n = max over alpha, beta of
///       [d/2 ln alpha + n/2 ln beta - n/2 ln 2 pi - beta/2 |F m - y|^2 - alpha/2 |m|^2
///        - 1/2 ln det(alpha I + beta F'F)] / n,   m = beta (alpha I + beta F'F)^-1 F'y,
///
/// found by MacKay's fixed point on the spectrum of F'F. Classes are scored one against the rest, and
/// the mean over classes is the score. Higher is better; it has no unit and no zero.
///
/// - Returns: the score; O(n d^2 + d^3) in all.
package func logME(_ features: Samples, _ labels: Variable) -> Double? {
  let f = Matrix(rows: features.count, columns: features.dimension, values: features.values)
  let (spectrum, vectors) = symmetricEigen(multiply(transposing: f, f))
  let targets: [[Double]] =
    switch labels {
    case .samples(let numbers): (0..<numbers.dimension).map(numbers.column)
    case .labels(let classes):
      classes.classSizes.indices.filter { classes.classSizes[$0] > 0 }
        .map { code in classes.codes.map { Int($0) == code ? 1 : 0 } }
    }
  let scores = targets.map { target -> Double in
    let column = Matrix(rows: target.count, columns: 1, values: target)
    let projected = multiply(transposing: vectors, multiply(transposing: f, column)).values
    return evidence(
      spectrum: spectrum, projected: projected,
      square: target.reduce(0) { $0 + $1 * $1 }, n: Double(target.count))
  }
  let mean = scores.reduce(0, +) / Double(scores.count)
  return mean.isFinite ? mean : nil
}

/// `projected` is V'F'y; directions without variance have no part.
private func evidence(
  spectrum: [Double], projected: [Double], square: Double, n: Double
) -> Double {
  let least = (spectrum.last ?? 0) * 1e-12
  // For each direction its eigenvalue and the squared coordinate of y in it.
  let directions = zip(spectrum, projected).filter { $0.0 > least }
    .map { (value: $0.0, square: $0.1 * $0.1 / $0.0) }
  let outside = max(0, square - directions.reduce(0) { $0 + $1.square })
  var (alpha, beta) = (1.0, 1.0)
  var (weights, residual) = (0.0, 0.0)
  for _ in 0..<10_000 {
    let ratio = alpha / beta
    var effective = 0.0
    (weights, residual) = (0, outside)
    for (value, square) in directions {
      let shrink = value / (value + ratio)
      effective += shrink
      weights += square * shrink * shrink / value
      residual += square * (1 - shrink) * (1 - shrink)
    }
    // An empty direction or a perfect fit would divide by zero.
    let (newAlpha, newBeta) = (
      effective / max(weights, 1e-300), (n - effective) / max(residual, 1e-300)
    )
    let change = abs(newAlpha / newBeta / ratio - 1)
    (alpha, beta) = (newAlpha, newBeta)
    if change < 1e-9 || alpha / beta > 1e12 { break }
  }
  let logDeterminant = directions.reduce(0) { $0 + log(1 + beta * $1.value / alpha) }
  return
    (n / 2 * log(beta / (2 * .pi)) - beta / 2 * residual - alpha / 2 * weights - logDeterminant / 2)
    / n
}
