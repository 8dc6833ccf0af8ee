// SPDX-License-Identifier: MIT

/// Lower bounds on the information from a log density ratio, at rows it was not fitted to.
///
/// With T the ratio's logarithm, P the joint distribution and Q the product of the marginals:
///
///     NWJ  E_P T + 1 - E_Q e^T          (Nguyen, Wainwright and Jordan 2010)
///     DV   E_P T - ln E_Q e^T           (Donsker and Varadhan 1983)
///
/// DV is at least NWJ. Q is drawn by pairing x of each row with y of others, `shifts` times.
struct BoundScore: Sendable {
  let nguyenWainwrightJordan: Double
  let donskerVaradhan: Double
  /// The mean of ln p(y | x) + ln p(x | y): how well each side is told from the other.
  let conditional: Double
  /// The standard error of the mean of T over the joint rows.
  let error: Double

  init(_ ratio: any DensityRatio, _ rows: Matrix, dx: Int, shifts: Int) {
    let n = rows.rows
    let (mean, error) = meanAndError(ratio.logRatios(rows))
    var sum = 0.0
    for shift in 1...shifts {
      // The rows are in random order; every shift by less than n pairs each x with a foreign y.
      let offset = shift * max(n / (shifts + 1), 1)
      var mixed = rows
      for i in 0..<n {
        let other = (i + offset) % n
        for j in dx..<rows.columns { mixed[i, j] = rows[other, j] }
      }
      sum += sumOfExponentials(ratio.logRatios(mixed), count: n)
    }
    let product = sum / Double(n * shifts)
    nguyenWainwrightJordan = mean + 1 - product
    donskerVaradhan = mean - naturalLogarithm(product)
    let conditionals = ratio.logConditionals(rows)
    conditional = conditionals.reduce(0, +) / Double(n)
    self.error = error
  }
}
