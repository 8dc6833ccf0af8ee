// SPDX-License-Identifier: MIT

import EstimatorAPI

/// The autocorrelation of one side of a pair, where independent rows would hardly show it.
struct RowSeries {
  /// r(k) for k = 0 to a third of the rows; r(0) is 1.
  let autocorrelation: [Double]
  /// The rows that a row resembles.
  let memory: Double

  /// The series of the column that depends most on rows near by; nil where none shows it.
  static func strongest(of variable: Variable) -> RowSeries? {
    let candidates: [[[Double]]]
    switch variable {
    case .labels(let labels):
      guard let indicators = indicators(labels) else { return nil }
      candidates = [indicators]
    case .samples(let samples):
      let columns = min(samples.dimension, 64)
      let rows = min(samples.count, mostValues / columns)
      candidates = (0..<columns).map { [averageRanks(samples.stretch(rows, column: $0))] }
    }
    var best: (autocorrelation: [Double], lag: Int)?
    for columns in candidates {
      guard let found = Autocorrelation.of(columns) else { continue }
      let lags = 1..<min(found.count, lags + 1)
      guard let lag = lags.max(by: { abs(found[$0]) < abs(found[$1]) }) else { continue }
      if abs(found[lag]) > abs(best.map { $0.autocorrelation[$0.lag] } ?? 0) { best = (found, lag) }
    }
    let rows = Double(candidates[0][0].count)
    let tests = Double(lags * candidates.count)
    let threshold = -normalQuantile(falseAlarms / (2 * tests)) / rows.squareRoot()
    guard let best, abs(best.autocorrelation[best.lag]) > threshold else { return nil }
    return RowSeries(best.autocorrelation, strongestLag: best.lag, rows: rows)
  }

  private init(_ autocorrelation: [Double], strongestLag: Int, rows: Double) {
    self.autocorrelation = autocorrelation
    let noise = 2 / rows.squareRoot()
    let near = autocorrelation.dropFirst().prefix { abs($0) > noise }
    memory = max(1 + 2 * near.reduce(0) { $0 + abs($1) }, Double(strongestLag))
  }

  /// Lags at which a dependence on other rows is sought: a day of hours, two years of months.
  private static let lags = 24
  /// How often a side of independent rows is taken for a series.
  private static let falseAlarms = 0.001
  /// Values of a side that are looked at.
  private static let mostValues = 1 << 18
  /// Classes that are looked at; the rest is one.
  private static let mostClasses = 32

  /// Indicators of the classes; nil where every class is one run of rows, since then the file is sorted.
  private static func indicators(_ labels: Labels) -> [[Double]]? {
    let sizes = labels.classSizes
    let classes = sizes.indices.filter { sizes[$0] > 0 }
    let codes = labels.codes
    let runs = 1 + codes.indices.dropFirst().count { codes[$0] != codes[$0 - 1] }
    guard classes.count > 1, runs > classes.count else { return nil }
    let largest = classes.sorted { (sizes[$0], $1) > (sizes[$1], $0) }.prefix(mostClasses - 1)
    var places = [Int](repeating: largest.count, count: sizes.count)
    for (place, code) in largest.enumerated() { places[code] = place }
    let columns = min(classes.count, mostClasses)
    let rows = min(labels.count, mostValues / columns)
    var indicators = [[Double]](repeating: [Double](repeating: 0, count: rows), count: columns)
    for row in 0..<rows { indicators[min(places[Int(codes[row])], columns - 1)][row] = 1 }
    return indicators
  }
}

extension Samples {
  /// The first values of a column.
  fileprivate func stretch(_ rows: Int, column: Int) -> [Double] {
    withUnsafeValues { values in (0..<rows).map { values[$0 * dimension + column] } }
  }
}
