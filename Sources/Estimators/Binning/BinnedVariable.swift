// SPDX-License-Identifier: MIT

import EstimatorAPI

/// One side of a binned pair: the cell of each row and how it came about.
struct BinnedVariable {
  let cells: OccupiedCells
  /// The number of cells of the full grid, which is never made.
  let alphabet: Double
  /// The bins of each column; the classes of labels.
  let bins: [Int]
  /// Rows that share their value with another, summed over the columns cut by equal mass.
  let tiedValues: Int

  /// The classes of labels are their bins.
  init(_ labels: Labels, side: String) throws(EstimatorError) {
    cells = try OccupiedCells(varying: labels, side: side)
    alphabet = Double(labels.classCount)
    bins = [labels.classCount]
    tiedValues = 0
  }

  /// Bins every column on its own and crosses them one by one.
  init(
    _ samples: Samples, rule: BinningRule, bins wanted: Int, side: String,
    request: EstimationRequest
  ) throws(EstimatorError) {
    var cells: OccupiedCells?
    var alphabet = 1.0
    var bins: [Int] = []
    var ties = 0
    for index in 0..<samples.dimension {
      try request.checkCancellation()
      let column = samples.column(index)
      guard column.contains(where: { $0 != column[0] }) else {
        throw .constantColumn(side: side, column: index, value: column[0])
      }
      let edges = BinEdges(column, rule: rule, bins: wanted)
      let codes = column.map { edges.bin(of: $0) }
      cells =
        cells.map { $0.crossed(with: codes, bound: edges.count) }
        ?? OccupiedCells(keys: codes.map { Int($0) }, bound: edges.count)
      alphabet *= Double(edges.count)
      bins.append(edges.count)
      ties += edges.tiedRows ?? 0
    }
    guard let cells else { preconditionFailure("samples without a column") }
    self.cells = cells
    self.alphabet = alphabet
    self.bins = bins
    tiedValues = ties
  }
}
