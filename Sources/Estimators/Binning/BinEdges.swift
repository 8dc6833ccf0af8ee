// SPDX-License-Identifier: MIT

/// How a column is cut into bins.
package enum BinningRule: String, Sendable, CaseIterable {
  /// Bins of one width from the smallest to the largest value.
  case equalWidth = "equal-width"
  /// Bins of one number of rows, as far as ties allow.
  case equalMass = "equal-mass"
}

/// The inner edges of the bins of one column: a value's bin is the number of edges at or below it.
package struct BinEdges: Sendable {
  /// The inner edges, strictly increasing where the rule is equal mass.
  package let inner: [Double]
  /// The rows that share their value with another, by which equal mass becomes uneven; nil where it
  /// does not matter.
  package let tiedRows: Int?
  /// The number of bins.
  package var count: Int { inner.count + 1 }

  /// Cuts a column that is not constant.
  ///
  /// - Parameters:
  ///   - column: the values.
  ///   - rule: where to cut.
  ///   - bins: how many bins, at least 2. Ties can leave fewer of equal mass.
  package init(_ column: [Double], rule: BinningRule, bins: Int) {
    switch rule {
    case .equalWidth:
      inner = Self.equalWidth(column, bins: bins)
      tiedRows = nil
    case .equalMass:
      let sorted = column.sorted()
      inner = Self.equalMass(sorted, bins: bins)
      tiedRows = Self.tiedRows(sorted)
    }
  }

  /// The bin of a value.
  package func bin(of value: Double) -> Int32 {
    var low = 0
    var high = inner.count
    while low < high {
      let middle = (low + high) / 2
      if inner[middle] <= value { low = middle + 1 } else { high = middle }
    }
    return Int32(low)
  }

  /// min + i (max - min) / bins, in the arithmetic of numpy.linspace.
  ///
  /// So a value that lies on an edge falls on the side where numpy.histogram has it.
  private static func equalWidth(_ column: [Double], bins: Int) -> [Double] {
    let low = column.min() ?? 0
    let high = column.max() ?? 0
    let range = high - low
    guard range.isFinite else {
      // The range overflows though both ends are finite: weigh the ends instead.
      return (1..<bins).map {
        let share = Double($0) / Double(bins)
        return (1 - share) * low + share * high
      }
    }
    let step = range / Double(bins)
    return (1..<bins).map { Double($0) * step + low }
  }

  /// The order statistics of rank floor(i n / bins): without ties, bins differ by at most one row.
  ///
  /// Equal values are never split. A value that would start several bins starts one, so heavy ties
  /// leave fewer and uneven bins.
  private static func equalMass(_ sorted: [Double], bins: Int) -> [Double] {
    var inner: [Double] = []
    for i in 1..<bins {
      let edge = sorted[i * sorted.count / bins]
      if edge > inner.last ?? sorted[0] { inner.append(edge) }
    }
    // Ties at the bottom can swallow every cut, but a column that varies has two bins.
    if inner.isEmpty, let above = sorted.first(where: { $0 > sorted[0] }) { inner.append(above) }
    return inner
  }

  private static func tiedRows(_ sorted: [Double]) -> Int {
    var tied = 0
    var isTied = false
    for i in 1..<sorted.count {
      let isEqual = sorted[i] == sorted[i - 1]
      if isEqual { tied += isTied ? 1 : 2 }
      isTied = isEqual
    }
    return tied
  }
}
