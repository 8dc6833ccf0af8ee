// SPDX-License-Identifier: MIT

/// What the local-likelihood fit adds on average where the density is constant: C(k, d), for 30
/// neighbors.
///
/// One number for each k and d, as the neighbors of a row, scaled, are those of a Poisson process whatever
/// the density (Gao, Oh and Viswanath 2016, theorem 1). By simulation: scripts/lnn_constants.py, which
/// prints the table and its standard errors.
package enum LocalLikelihoodConstants {
  /// The number of neighbors that the fit uses, m.
  package static let neighbors = 30
  /// The k that are tabulated.
  package static let ks = 3...10
  /// The most columns that are tabulated.
  package static let maximumDimension = 6

  /// C(k, d).
  package static func constant(k: Int, dimension d: Int) -> Double {
    precondition(
      ks.contains(k) && (1...maximumDimension).contains(d), "no constant for k \(k), d \(d)")
    return table[d - 1][k - ks.lowerBound]
  }

  /// A line for each d; columns are k = 3, 4, ..., 10.
  private static let table: [[Double]] = [
    [1.10081, 1.50126, 1.75592, 1.95556, 2.12157, 2.26507, 2.39235, 2.50776],  // d = 1, +- 0.00572
    [1.75045, 2.10330, 2.37322, 2.59999, 2.79594, 2.96842, 3.12096, 3.25767],  // d = 2, +- 0.00195
    [2.68285, 3.07847, 3.38441, 3.63167, 3.83840, 4.01464, 4.16851, 4.30436],  // d = 3, +- 0.00171
    [3.90209, 4.31111, 4.61786, 4.86178, 5.06348, 5.23497, 5.38435, 5.51594],  // d = 4, +- 0.00070
    [5.27983, 5.68357, 5.98326, 6.22097, 6.41732, 6.58474, 6.73036, 6.85896],  // d = 5, +- 0.00072
    [6.77015, 7.16449, 7.45733, 7.68921, 7.88111, 8.04497, 8.18765, 8.31374],  // d = 6, +- 0.00072
  ]
}
