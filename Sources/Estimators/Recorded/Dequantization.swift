// SPDX-License-Identifier: MIT

import EstimatorAPI

extension Samples {
  /// The samples with each recorded value spread uniformly over the cell that it stands for, in the
  /// columns that `profiles` calls recorded, of few values or with atoms; others stay as they are.
  ///
  /// The cell of a value reaches half the way to the nearer of its two neighbors among the column's
  /// values, to both sides. Cells do not overlap, so the recorded value can be read off the spread one,
  /// and as the noise knows of nothing else, the mutual information is that of the recorded values,
  /// exactly (jittering; Machado and Santos Silva 2005, doi:10.1198/016214505000000330).
  ///
  /// The noise of a column comes from the stream (seed, "dequantize", side, column), row by row.
  func dequantized(
    _ profiles: [ColumnProfile], side: UInt64, seed: UInt64
  ) throws(EstimatorError) -> Samples {
    try dequantized(
      columns: profiles.indices.filter { profiles[$0].needsSpreading }, side: side, seed: seed)
  }

  /// As above, for the columns of a tie rule.
  func dequantized(
    _ tied: [TiedColumn], side: UInt64, seed: UInt64
  ) throws(EstimatorError) -> Samples {
    try dequantized(columns: tied.map(\.column), side: side, seed: seed)
  }

  private func dequantized(
    columns: [Int], side: UInt64, seed: UInt64
  ) throws(EstimatorError) -> Samples {
    guard !columns.isEmpty else { return self }
    var spread = values
    for column in columns {
      let own = self.column(column)
      let noisy = spreadOverCells(own, seed: seed, stream: [side, UInt64(column)])
      for row in 0..<count { spread[row * dimension + column] = noisy[row] }
    }
    return try Samples(rowMajor: spread, count: count, dimension: dimension)
  }

  /// The profile of each column.
  package var profiles: [ColumnProfile] { (0..<dimension).map { ColumnProfile(column($0)) } }
}

extension ColumnProfile {
  /// Whether rows agree, or lie on a grid, where an estimator of densities wants them apart.
  var needsSpreading: Bool { kind == .recorded || kind == .fewValues || kind == .atoms }
}

/// The values of one column, each spread uniformly over its cell.
func spreadOverCells(_ column: [Double], seed: UInt64, stream: [UInt64]) -> [Double] {
  let runs = ValueRuns(column).values
  guard runs.count > 1 else { return column }
  var halves = [Double](repeating: 0, count: runs.count)
  for place in runs.indices {
    let left = place > 0 ? runs[place] - runs[place - 1] : .infinity
    let right = place + 1 < runs.count ? runs[place + 1] - runs[place] : .infinity
    halves[place] = min(left, right) / 2
  }
  var random = RandomSource(seed: seed, fnv1a("dequantize"), stream[0], stream[1])
  return column.map { value in
    let place = runs.partitioningIndex { $0 >= value + 0 }
    return value + halves[place] * (2 * random.uniform() - 1)
  }
}

extension [Double] {
  /// The first index whose element fulfils the condition, which all later ones do too.
  fileprivate func partitioningIndex(where isAfter: (Double) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if isAfter(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
