// SPDX-License-Identifier: MIT

public import EstimatorAPI

/// How far rows of a pair depend on the rows before them, and how many independent ones they are worth.
///
/// For each side the autocorrelation of the column that shows it most: of ranks, so that single far
/// values decide nothing; of labels that of their indicators together. Two independent series with
/// autocorrelations r_x and r_y have a correlation whose variance is that of n / (1 + 2 sum_k r_x(k) r_y(k))
/// independent rows (Bartlett 1935, doi:10.2307/2983641; Pyper and Peterman 1998, doi:10.1139/f98-104). The
/// sum ends at the first lag that is five times itself (Sokal 1997, doi:10.1007/978-1-4899-0319-8_6).
///
/// Rows count as ordered where **both** sides have an autocorrelation, of either sign, at one of the lags
/// 1 to 24 that a side of independent rows shows once in a thousand times (Bonferroni over lags and
/// columns). So it is a false alarm once in a million where the sides are independent, and at most once in
/// a thousand where one determines the other. Files that are sorted look like series; ``sorted`` names a
/// side that is, and labels of which every class is one run are taken for sorted and have no memory.
///
/// A stretch of the first rows is looked at, 2^18 values a side. O(m log m) for its m rows.
public struct RowMemory: Sendable, Hashable {
  /// The rows of the pair.
  public let rows: Int
  /// How many independent rows they are worth for the association of the two sides, 2 to `rows`.
  public let effectiveRows: Double
  /// The rows that the side with the longer memory resembles, at least 1: 1 + 2 sum |r(k)| up to the first
  /// lag in the noise, and at least the lag at which it resembles most.
  public let length: Double
  /// Whether rows depend on other rows near them, on both sides.
  public let isOrdered: Bool
  /// The sides, "x" or "y", of one column in rising or falling order.
  public let sorted: [String]

  /// Looks at two sides of the same rows.
  public init(_ x: Variable, _ y: Variable) {
    let n = x.count
    rows = n
    guard n >= 30, x.count == y.count, let first = RowSeries.strongest(of: x),
      let second = RowSeries.strongest(of: y)
    else {
      (effectiveRows, length, isOrdered, sorted) = (Double(n), 1, false, [])
      return
    }
    let lags = 1..<min(first.autocorrelation.count, second.autocorrelation.count)
    var inflation = 1.0
    for lag in lags {
      inflation += 2 * first.autocorrelation[lag] * second.autocorrelation[lag]
      if Double(lag) >= 5 * inflation { break }
    }
    effectiveRows = min(max(Double(n) / inflation, 2), Double(n))
    length = max(first.memory, second.memory)
    isOrdered = true
    sorted = zip(["x", "y"], [x, y]).filter { $1.isMonotone }.map(\.0)
  }

  /// What a reader of a standard error or a p-value must know; nil where rows are independent.
  public var warning: EstimateWarning? {
    guard isOrdered else { return nil }
    let note = sorted.first.map {
      " \($0) rises or falls throughout: where the file was sorted by it, rows are independent all the same."
    }
    return EstimateWarning(
      code: "orderedRows",
      message:
        "Rows resemble the rows near them on both sides, as in time or in a sorted file: for "
        + "an association the \(rows) rows are worth about \(Int(effectiveRows.rounded())) independent "
        + "ones, so the standard error is too small, and so are p-values of shuffled rows. For rows in "
        + "time use --surrogates shift or block, and --theiler \(Int(length.rounded(.up)))."
        + (note ?? ""))
  }

  /// What to know of a test given a third variable, in which single rows trade places; nil where rows are
  /// independent.
  public var warningOfLocalPermutations: EstimateWarning? {
    guard isOrdered else { return nil }
    return EstimateWarning(
      code: "orderedRows",
      message:
        "Rows resemble the rows near them on both sides, as in time: single rows that trade places do not "
        + "keep that, and the p-value is too small where the third variable does not explain it. For a series "
        + "given its past use mi transfer.")
  }

  /// What to know of a test whose surrogates keep the series' own structure; nil where they are long enough.
  ///
  /// Independent random walks of 200 rows are rejected in 22 % of cases at level 0.05.
  public var warningOfSurrogates: EstimateWarning? {
    guard isOrdered, length > Double(rows) / 10 else { return nil }
    return EstimateWarning(
      code: "longMemory",
      message:
        "Rows resemble about \(Int(length.rounded(.up))) rows near them, more than a tenth of all: series "
        + "as short as that have few independent stretches, and p-values of surrogates are rough, too small "
        + "for random walks and trends. Take longer series, or differences of the rows.")
  }
}

extension Variable {
  /// Whether this is one column in rising or falling order.
  fileprivate var isMonotone: Bool {
    guard let samples, samples.dimension == 1 else { return false }
    return samples.withUnsafeValues { values in
      let pairs = zip(values, values.dropFirst())
      return pairs.allSatisfy { $0 <= $1 } || pairs.allSatisfy { $0 >= $1 }
    }
  }
}
