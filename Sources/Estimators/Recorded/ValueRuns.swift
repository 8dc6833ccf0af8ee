// SPDX-License-Identifier: MIT

/// The different values of a column in ascending order, each with its number of rows.
struct ValueRuns {
  private(set) var values: [Double] = []
  private(set) var counts: [Int] = []

  init(_ column: [Double]) {
    // Adding 0 turns -0 into 0.
    values = radixSorted(column.map { $0 + 0 })
    guard !values.isEmpty else { return }
    counts.reserveCapacity(values.count)
    counts.append(1)
    var last = 0
    for place in 1..<values.count {
      if values[place] == values[last] {
        counts[last] += 1
      } else {
        last += 1
        values[last] = values[place]
        counts.append(1)
      }
    }
    values.removeLast(values.count - last - 1)
  }

  private init(values: [Double], counts: [Int]) {
    self.values = values
    self.counts = counts
  }

  /// The number of rows.
  var rows: Int { counts.reduce(0, +) }

  /// The share of rows whose value another row has too.
  var tiedShare: Double {
    Double(counts.reduce(0) { $1 > 1 ? $0 + $1 : $0 }) / Double(max(rows, 1))
  }

  /// The step of the grid that the values lie on; nil where there is none, or one of so many more
  /// places than rows that no rows agree and no neighbor changes.
  var step: Double? {
    guard let step = GridStep.step(of: values) else { return nil }
    let places = (values[values.count - 1] - values[0]) / step
    return places <= Self.placesPerRow * Double(rows) || tiedShare >= Self.leastTiedShare
      ? step : nil
  }

  /// Whether rounding shows: a grid that matters, or ties.
  var isRecorded: Bool { tiedShare >= Self.leastTiedShare || step != nil }

  /// The runs but those of the atoms.
  func without(_ atoms: [ColumnProfile.Atom]) -> ValueRuns {
    let kept = values.indices.filter { place in !atoms.contains { $0.value == values[place] } }
    return ValueRuns(values: kept.map { values[$0] }, counts: kept.map { counts[$0] })
  }

  /// Grid places per row from which on a grid is as good as none.
  private static let placesPerRow = 10.0
  /// The share of tied rows from which on ties are taken for rounding, where there is no grid.
  private static let leastTiedShare = 0.02
  /// The fewest rows of an atom.
  private static let leastAtomRows = 10

  /// Up to five values of at least 3 % of the rows, and 10 rows, each five times as frequent as any
  /// of the others, which are at least ten values and a tenth of the rows; the most frequent first.
  var atoms: [ColumnProfile.Atom] {
    guard let most = counts.max(), most >= Self.leastAtomRows else { return [] }
    let n = rows
    let order = counts.indices.sorted { (counts[$0], $1) > (counts[$1], $0) }
    var held = 0
    for size in 1...5 {
      guard order.count >= size + 10 else { return [] }
      let least = counts[order[size - 1]]
      held += least
      guard least >= Self.leastAtomRows, Double(least) >= 0.03 * Double(n), 10 * (n - held) >= n
      else { return [] }
      if least >= 5 * counts[order[size]] {
        return order.prefix(size).map {
          ColumnProfile.Atom(value: values[$0], share: Double(counts[$0]) / Double(n))
        }
      }
    }
    return []
  }
}
