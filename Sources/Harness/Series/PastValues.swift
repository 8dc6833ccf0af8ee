// SPDX-License-Identifier: MIT

import EstimatorAPI

/// Earlier values of a series as one variable of the present rows.
struct PastValues: Sendable, Hashable {
  /// How far back the latest of them lies, at least 1.
  let lag: Int
  /// How many there are, at least 1.
  let history: Int
  /// Rows from one to the next.
  let step: Int

  /// How far back the earliest lies.
  var reach: Int { lag + (history - 1) * step }

  /// The values for some rows: of samples the columns of the latest row first, then those before it; of
  /// labels one class for each combination that occurs.
  ///
  /// - Throws: `invalidLabel`, which cannot be here.
  func of(_ series: Variable, at rows: [Int]) throws(EstimatorError) -> Variable {
    let offsets = (0..<history).map { lag + $0 * step }
    switch series {
    case .samples(let samples):
      let d = samples.dimension
      let values = samples.withUnsafeValues { source in
        var values: [Double] = []
        values.reserveCapacity(rows.count * history * d)
        for row in rows {
          for offset in offsets {
            values.append(contentsOf: source[(row - offset) * d..<(row - offset + 1) * d])
          }
        }
        return values
      }
      return .samples(
        try Samples(rowMajor: values, count: rows.count, dimension: history * d))
    case .labels(let labels):
      var codes = rows.map { labels.codes[$0 - offsets[0]] }
      var names = labels.names
      for offset in offsets.dropFirst() {
        var places: [Int64: Int32] = [:]
        var joined: [String] = []
        codes = rows.indices.map { place in
          let earlier = labels.codes[rows[place] - offset]
          let key = Int64(codes[place]) << 32 | Int64(earlier)
          if let known = places[key] { return known }
          let code = Int32(joined.count)
          places[key] = code
          joined.append("\(names[Int(codes[place])]),\(labels.names[Int(earlier)])")
          return code
        }
        names = joined
      }
      return .labels(try Labels(codes: codes, names: names))
    }
  }
}

/// Two variables of the same rows side by side.
///
/// - Throws: `unsupportedGiven` for a continuous variable beside labels.
func sideBySide(_ one: Variable, _ other: Variable) throws(EstimatorError) -> Variable {
  switch (one, other) {
  case (.samples(let a), .samples(let b)): return .samples(try concatenated([a, b]))
  case (.labels(let a), .labels(let b)):
    let pairs = zip(a.codes, b.codes).map { Int64($0) << 32 | Int64($1) }
    let known = Set(pairs).sorted()
    var codeOf: [Int64: Int32] = [:]
    for (code, pair) in known.enumerated() { codeOf[pair] = Int32(code) }
    return .labels(
      try Labels(
        codes: pairs.map { codeOf[$0] ?? 0 },
        names: known.map { "\(a.names[Int($0 >> 32)]),\(b.names[Int($0 & 0xFFFF_FFFF)])" }))
  default:
    throw EstimatorError(
      .unsupportedGiven,
      "The past of the target and what is given must be of one kind, both continuous or both labels; "
        + "take one of them as the other with --discrete or --continuous.")
  }
}
