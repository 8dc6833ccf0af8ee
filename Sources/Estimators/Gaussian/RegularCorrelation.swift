// SPDX-License-Identifier: MIT

import EstimatorAPI

/// A correlation matrix that was found to be regular, with its Cholesky factor.
struct RegularCorrelation: Sendable {
  /// Its Cholesky factorization.
  let cholesky: Cholesky

  /// Factorizes the correlation matrix of `count` rows.
  ///
  /// `sides` says which columns belong to which variable, for the error's names.
  ///
  /// - Throws: `singularCovariance`, naming columns whose removal makes the rest regular.
  init(
    _ r: Matrix, _ sides: KeyValuePairs<String, Range<Int>>, count: Int, note: String = ""
  ) throws(EstimatorError) {
    // The smallest share of a column's variance that the other columns may leave unexplained:
    // below it stands what rounding leaves of an exact dependence.
    let tolerance = 64 * Double.ulpOfOne * max(Double(count).squareRoot(), Double(r.rows))
    if let cholesky = Cholesky(r),
      (0..<r.rows).allSatisfy({ cholesky.factor[$0, $0] * cholesky.factor[$0, $0] > tolerance })
    {
      self.cholesky = cholesky
      return
    }
    let names = dependentColumns(r, tolerance: tolerance).map { column in
      let side = sides.first { $0.value.contains(column) }
      return "\(side?.key ?? "")\(column - (side?.value.lowerBound ?? 0))\(note)"
    }
    throw .singularCovariance(dependent: names)
  }
}

/// The columns that are linear functions of the columns before them: at least one.
///
/// A Cholesky factorization that leaves out each column whose remaining variance is no more than
/// `tolerance`. Where rounding hides the dependence from it, the tolerance grows tenfold until a
/// column is found; call it for a matrix that did not factorize.
func dependentColumns(_ r: Matrix, tolerance: Double) -> [Int] {
  var dependent: [Int] = []
  var kept: [(column: Int, row: [Double])] = []
  for j in 0..<r.rows {
    var row: [Double] = []
    for (position, other) in kept.enumerated() {
      var value = r[j, other.column]
      for k in 0..<position { value -= row[k] * other.row[k] }
      row.append(value / other.row[position])
    }
    let remaining = row.reduce(r[j, j]) { $0 - $1 * $1 }
    if remaining > tolerance {
      kept.append((j, row + [remaining.squareRoot()]))
    } else {
      dependent.append(j)
    }
  }
  return dependent.isEmpty ? dependentColumns(r, tolerance: 10 * tolerance) : dependent
}
