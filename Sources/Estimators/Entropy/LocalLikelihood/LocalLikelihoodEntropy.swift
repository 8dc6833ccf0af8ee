// SPDX-License-Identifier: MIT

import EstimatorAPI

/// The terms of a differential entropy by local likelihood; their mean is the entropy in nats.
///
/// Around row i a Gaussian is fitted to its m = ``LocalLikelihoodConstants/neighbors`` nearest rows
/// under the weights w_j = exp(-r_j^2 / 2), r_j their distances in units of the k-th one, rho. With
/// S0, mu and Sigma the weights' sum and the weighted mean and covariance of the offsets / rho,
///
///     c_i = ln S0 - ln det(Sigma) / 2 - mu' Sigma^-1 mu / 2
///     H_i = d ln rho + ln V_d + ln(n - 1) - psi(k) + C(k, d) - c_i
///
/// V_d is the volume of the unit ball. The first four parts are Kozachenko's and Leonenko's entropy;
/// the rest, of mean zero where the density is constant, follows its slope and curvature.
///
/// - Throws: `repeatedRows` where a k-th neighbor is at distance 0, `singularCovariance` where the
///   neighbors of a row lie in fewer dimensions, `cancelled`.
func localLikelihoodTerms(
  _ rows: Matrix, name: String, k: Int, threads: Int,
  isCancelled: @escaping @Sendable () -> Bool
) throws(EstimatorError) -> [Double] {
  let (n, d) = (rows.rows, rows.columns)
  let m = LocalLikelihoodConstants.neighbors
  let search = NearestRows(rows)
  let half = Double(d) / 2
  let volume = half * naturalLogarithm(.pi) - logGamma(half + 1)
  let constant =
    volume + naturalLogarithm(Double(n - 1)) - digamma(Double(k))
    + LocalLikelihoodConstants.constant(k: k, dimension: d)
  let chunk = 256
  let parts = parallelMap((n + chunk - 1) / chunk, threads: threads) { index -> [Double?] in
    guard !isCancelled() else { return [] }
    return (index * chunk..<min((index + 1) * chunk, n)).map { place in
      let (squares, offsets) = search.nearest(m, to: place)
      let square = squares[k - 1]
      guard square > 0 else { return nil }
      guard let fit = localFit(squares, offsets, square: square, dimension: d) else { return .nan }
      return half * naturalLogarithm(square) + constant - fit
    }
  }
  if isCancelled() { throw .cancelled }
  var terms = [Double](repeating: 0, count: n)
  for (place, term) in parts.joined().enumerated() {
    guard let term else {
      throw EstimatorError(
        .init(rawValue: "repeatedRows"),
        "Row \(search.order[place]) has its \(k) nearest rows at distance 0 in \(name); there is no "
          + "density where values repeat. Remove them, or use mixed-ksg.")
    }
    guard term.isFinite else {
      throw EstimatorError(
        .singularCovariance,
        "The \(m) rows nearest to row \(search.order[place]) lie in fewer dimensions than \(name) has; "
          + "remove columns that others determine.")
    }
    terms[search.order[place]] = term
  }
  return terms
}

/// c_i of ``localLikelihoodTerms(_:name:k:threads:isCancelled:)``; nil where Sigma is singular.
private func localFit(
  _ squares: [Double], _ offsets: [Double], square: Double, dimension d: Int
) -> Double? {
  let inverse = 1 / square.squareRoot()
  var mass = 0.0
  var mean = [Double](repeating: 0, count: d)
  var second = Matrix(rows: d, columns: d)
  for (j, distance) in squares.enumerated() {
    let weight = exponential(-distance / square / 2)
    mass += weight
    for a in 0..<d {
      let scaled = weight * offsets[j * d + a] * inverse
      mean[a] += scaled
      for b in 0...a { second[a, b] += scaled * offsets[j * d + b] * inverse }
    }
  }
  for a in 0..<d { mean[a] /= mass }
  for a in 0..<d {
    for b in 0...a { second[a, b] = second[a, b] / mass - mean[a] * mean[b] }
  }
  guard let factor = Cholesky(second) else { return nil }
  let white = factor.solveLower(Matrix(rows: d, columns: 1, values: mean)).values
  let distance = white.reduce(0) { $0 + $1 * $1 }
  return naturalLogarithm(mass) - factor.logDeterminant / 2 - distance / 2
}
