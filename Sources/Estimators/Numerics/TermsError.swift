// SPDX-License-Identifier: MIT

/// The standard error of the mean of terms that neighbors make: nearby rows share neighbors, so terms
/// depend on one another, and the error of a mean of independent ones is too small.
///
/// The factor is the mean ratio of the standard deviation over 40 samples to that error, for `ksg-1`,
/// `ksg-2`, `mixed-ksg` and `ross` on ten families at 300 and 2,000 rows; the ratios were 0.96 to 1.6
/// (`Benchmarks/recorded`).
///
/// - Parameter terms: the contributions of the rows, in nats; at least two.
/// - Returns: the standard error of their mean, in nats.
package func errorOfNeighborTerms(_ terms: [Double]) -> Double {
  1.25 * meanAndError(terms).error
}
