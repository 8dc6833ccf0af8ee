// SPDX-License-Identifier: MIT

package import EstimatorAPI

/// The first principal components of the standardized columns, as coordinates of the rows, with the
/// share of the variance they hold.
///
/// Components without variance are left out: there may be fewer than `count`.
///
/// - Throws: `constantColumn`, naming the column by `side`.
package func leadingComponents(
  of samples: Samples, count: Int, side: String
) throws(EstimatorError) -> (samples: Samples, varianceShare: Double) {
  let rows = try standardized(samples, side: side)
  let components = PrincipalComponents(rows, count: count)
  let coordinates = components.project(rows)
  return (
    try Samples(
      rowMajor: coordinates.values, count: coordinates.rows, dimension: coordinates.columns),
    components.share
  )
}
