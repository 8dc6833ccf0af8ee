// SPDX-License-Identifier: MIT

public import EstimatorAPI

/// How far rows of a pair depend on the rows before them, and how many independent ones they are worth.
///
/// For each side the autocorrelation of the column that remembers longest (of labels: how much oftener
/// than by chance two rows a lag apart agree). Two independent series with autocorrelations r_x and r_y
/// have a correlation whose variance is that of n / (1 + 2 sum r_x(k) r_y(k)) independent rows (Bartlett
/// 1935; Pyper and Peterman 1998, doi:10.1139/f98-104); the sum ends where either is below 2 / sqrt(n).
///
/// Rows count as ordered where both sides have an autocorrelation at lag 1 above 4 / sqrt(n): rows in
/// random order reach that on both sides at once with probability below 1e-8, times the columns
/// looked at. Files that are sorted by a variable look the same; labels of which every class is one
/// run are taken for that, and have no memory.
public struct RowMemory: Sendable, Hashable {
  /// The rows of the pair.
  public let rows: Int
  /// How many independent rows they are worth for the association of the two sides; `rows` where they
  /// are not ordered.
  public let effectiveRows: Double
  /// The rows that the side with the longer memory resembles: 1 + 2 sum r(k), at least 1.
  public let length: Double

  /// Whether rows depend on the rows before them on both sides.
  public var isOrdered: Bool { effectiveRows < Double(rows) }

  /// Looks at two sides of the same rows; O(n (d + lags)), and one pass where rows are independent.
  public init(_ x: Variable, _ y: Variable) {
    let n = x.count
    rows = n
    let threshold = 4 / Double(max(n, 1)).squareRoot()
    guard n >= 30, x.count == y.count,
      let first = RowSeries.longest(of: x, above: threshold),
      let second = RowSeries.longest(of: y, above: threshold)
    else {
      (effectiveRows, length) = (Double(n), 1)
      return
    }
    let noise = 2 / Double(n).squareRoot()
    var (product, ownX, ownY) = (0.0, 0.0, 0.0)
    var (liveX, liveY) = (true, true)
    for lag in 1..<max(n / 3, 2) where liveX || liveY {
      let (a, b) = (first.autocorrelation(lag), second.autocorrelation(lag))
      liveX = liveX && a > noise
      liveY = liveY && b > noise
      if liveX { ownX += a }
      if liveY { ownY += b }
      if liveX, liveY { product += a * b }
    }
    effectiveRows = max(Double(n) / (1 + 2 * product), 2)
    length = 1 + 2 * max(ownX, ownY)
  }

  /// What a reader of a standard error or a p-value must know; nil where rows are independent.
  public var warning: EstimateWarning? {
    guard isOrdered else { return nil }
    return EstimateWarning(
      code: "orderedRows",
      message:
        "Rows resemble the rows before them on both sides, as in time or in a sorted file: for "
        + "an association the \(rows) rows are worth about \(Int(effectiveRows.rounded())) independent "
        + "ones, so the standard error is too small, and so are p-values of shuffled rows. For rows in "
        + "time use --surrogates shift or block, and --theiler \(Int(length.rounded(.up))).")
  }
}

/// A series of one side, centered, with its variance.
private struct RowSeries {
  private enum Kind {
    case numbers([Double], variance: Double)
    case classes([Int32], chance: Double)
  }

  private let kind: Kind

  /// The series of a variable whose autocorrelation at lag 1 is the largest, if it is above a threshold.
  static func longest(of variable: Variable, above threshold: Double) -> RowSeries? {
    var best: (series: RowSeries, value: Double)?
    let series: [RowSeries]
    switch variable {
    case .labels(let labels): series = [RowSeries(labels)].compactMap { $0 }
    case .samples(let samples):
      series = (0..<min(samples.dimension, 64)).compactMap { RowSeries(samples, column: $0) }
    }
    for one in series {
      let value = one.autocorrelation(1)
      if value > threshold, value > best?.value ?? -1 { best = (one, value) }
    }
    return best?.series
  }

  /// Nil for a constant column.
  private init?(_ samples: Samples, column: Int) {
    let values = samples.column(column)
    let n = Double(values.count)
    let mean = values.reduce(0) { $0 + $1 / n }
    let centered = values.map { $0 - mean }
    let variance = centered.reduce(0) { $0 + $1 * $1 }
    guard variance > 0, variance.isFinite else { return nil }
    kind = .numbers(centered, variance: variance)
  }

  /// Nil where one class is all, or every class is one run of rows: then the file is sorted.
  private init?(_ labels: Labels) {
    let n = Double(labels.count)
    let sizes = labels.classSizes.filter { $0 > 0 }
    var runs = 1
    for row in 1..<labels.count where labels.codes[row] != labels.codes[row - 1] { runs += 1 }
    let chance = sizes.reduce(0) { $0 + Double($1) * Double($1) / (n * n) }
    guard sizes.count > 1, runs > sizes.count else { return nil }
    kind = .classes(labels.codes, chance: chance)
  }

  func autocorrelation(_ lag: Int) -> Double {
    switch kind {
    case .numbers(let values, let variance):
      var sum = 0.0
      for row in lag..<values.count { sum += values[row] * values[row - lag] }
      return sum / variance
    case .classes(let codes, let chance):
      var equal = 0
      for row in lag..<codes.count where codes[row] == codes[row - lag] { equal += 1 }
      return (Double(equal) / Double(codes.count - lag) - chance) / (1 - chance)
    }
  }
}
