// SPDX-License-Identifier: MIT

/// The terms of some rows as a number for each row of the data, NaN where a row has none.
func rowTerms(_ terms: [Double], of rows: [Int], count: Int) -> [Double] {
  var all = [Double](repeating: .nan, count: count)
  for (row, term) in zip(rows, terms) { all[row] = term }
  return all
}
