// SPDX-License-Identifier: MIT

import EstimatorAPI

extension GaussianInformation {
  /// I(x; y | z) of jointly Gaussian rows: the information of what is left of x and y when z is
  /// regressed out of both.
  ///
  /// The scatter matrix of these residuals is Wishart with dz degrees of freedom less (Anderson
  /// 2003, theorem 4.3.3). So everything that is exact for n rows, the correction, the standard
  /// error and Wilks' test, is exact here for n - dz rows.
  ///
  /// - Throws: `constantColumn`; `singularCovariance` with columns of z, x and y.
  init(_ x: Samples, _ y: Samples, given z: Samples) throws(EstimatorError) {
    let (n, dx, dz) = (x.count, x.dimension, z.dimension)
    let sides = Matrix(besides: try standardized(x, side: "x"), try standardized(y, side: "y"))
    let columns = Matrix(besides: try standardized(z, side: "z"), sides)
    let d = columns.columns
    let whole = try RegularCorrelation(
      gram(columns, scale: 1 / Double(n - 1)),
      ["z": 0..<dz, "x": dz..<dz + dx, "y": dz + dx..<d], count: n)
    // With z first, R = L transpose(L) has the factor of the partial covariance in its last block.
    let rest = whole.cholesky.factor.block(rows: dz..<d, columns: dz..<d)
    try self.init(covariance: multiply(rest, transposed: rest), dx: dx, count: n - dz)
  }
}
