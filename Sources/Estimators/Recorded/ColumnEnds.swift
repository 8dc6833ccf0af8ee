// SPDX-License-Identifier: MIT

/// Where the values of a column end, as far as the values show it.
///
/// Nothing is chosen by it: a mutual information does not depend on the units of a column. It tells a
/// reader that a column is a share, an amount above zero, or an angle whose two ends are one place.
public struct ColumnEnds: Sendable, Hashable, Codable {
  /// Whether the values crowd up to the smallest and there are none below, as amounts do above zero.
  public let isSharpBelow: Bool
  /// Whether the values crowd up to the largest and there are none above.
  public let isSharpAbove: Bool
  /// 360, 2 pi or 24, where the values fill just such a range; else nil.
  ///
  /// They may be an angle or a time of day then.
  public let period: Double?

  /// Looks at one column of finite numbers, which may repeat.
  ///
  /// At an end where a density breaks off, the first k values take as much room as the next k; in the tail of
  /// a normal distribution they take more than twice as much. k is the root of n.
  init(_ column: [Double], _ runs: ValueRuns) {
    let n = column.count
    let k = Int(Double(n).squareRoot().rounded(.up))
    guard n >= 100 else {
      (isSharpBelow, isSharpAbove, period) = (false, false, nil)
      return
    }
    let sorted =
      runs.values.count == n
      ? runs.values : spreadOverCells(column, seed: 0, stream: [0, 0]).sorted()
    func crowding(_ value: (Int) -> Double) -> Double {
      abs(value(k) - value(0)) / abs(value(2 * k) - value(k))
    }
    let (below, above) = (crowding { sorted[$0] }, crowding { sorted[n - 1 - $0] })
    isSharpBelow = below < 1.5
    isSharpAbove = above < 1.5
    // A range of just this length is a sign of its own.
    guard max(below, above) < 2.5 else {
      period = nil
      return
    }
    let cell = runs.step ?? 0
    let span = sorted[n - 1] - sorted[0] + cell
    let low = sorted[0]
    period = [360, 2 * Double.pi, 24].first { period in
      // The widest gap that uniform values leave at an end, but once in four hundred times.
      let slack = max(1.5 * cell, 6 * period / Double(n))
      let startsAtZero = low >= -cell && low <= slack
      let isCentered = abs(low + period / 2) <= slack
      return abs(span - period) <= slack && (startsAtZero || isCentered)
    }
  }
}
