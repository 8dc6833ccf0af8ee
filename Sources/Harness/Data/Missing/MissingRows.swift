// SPDX-License-Identifier: MIT

import EstimatorAPI

/// What is done with rows in which a variable has no value.
package enum MissingRule: String, Sendable, CaseIterable {
  /// The data are refused.
  case refuse
  /// The rows that miss any of the variables are left out of all.
  case drop
}

/// How many rows were left out.
package struct MissingRecord: Encodable, Sendable {
  package let rule = MissingRule.drop.rawValue
  /// The rows of the files.
  package let rows: Int
  /// Those left out.
  package let dropped: Int
  /// How many rows each variable misses.
  package let byVariable: [String: Int]

  /// For people.
  package var sentence: String {
    let parts = byVariable.filter { $0.value > 0 }.sorted { $0.key < $1.key }
      .map { "\($0.key) \($0.value)" }.joined(separator: ", ")
    return "\(dropped) of \(rows) rows miss a value (\(parts)) and were left out of all variables."
  }
}

/// Variables of the same rows, with those rows left out that miss a value of any.
///
/// - Returns: the variables, the rows kept (counted from 0, nil where all are), and what was dropped.
/// - Throws: `DataError`; `missingValue` where fewer than half of the rows are whole.
package func loadVariablesDroppingMissing(
  _ sources: [(name: String, file: String, reading: VariableReading)]
) throws(DataError) -> (variables: [LoadedVariable], kept: [Int]?, record: MissingRecord?) {
  var masks: [[Bool]] = []
  for source in sources { masks.append(try missingRows(source.file)) }
  let rows = masks[0].count
  // Different lengths are for the one who compares them, with its own sentence.
  let areEqual = masks.allSatisfy { $0.count == rows }
  let missing = (0..<rows).map { row in areEqual && masks.contains { $0[row] } }
  let dropped = missing.count { $0 }
  guard dropped > 0 else {
    var loaded: [LoadedVariable] = []
    for source in sources { loaded.append(try loadVariable(source.file, reading: source.reading)) }
    return (loaded, nil, nil)
  }
  guard 2 * dropped <= rows else {
    throw DataError(
      .missingValue,
      "\(dropped) of \(rows) rows miss a value of some variable; --missing drop needs at least half "
        + "of the rows whole. Leave out the variable that misses most, or fill its values.")
  }
  var loaded: [LoadedVariable] = []
  for source in sources {
    loaded.append(try loadVariable(source.file, reading: source.reading, without: missing))
  }
  let counts = zip(sources, masks).map { ($0.name, $1.count { $0 }) }
  return (
    loaded, missing.indices.filter { !missing[$0] },
    MissingRecord(
      rows: rows, dropped: dropped, byVariable: Dictionary(counts, uniquingKeysWith: +))
  )
}

/// Whether each row of a file's selection misses a value.
package func missingRows(_ spec: String) throws(DataError) -> [Bool] {
  let selection = FileSelection(spec)
  return try withFileBytes(selection) { file throws(DataError) in
    switch selection.format {
    case .csv, .tsv: try TableCells(file, selection: selection).missing
    default: try StoredArray(file, selection, .automatic).missing
    }
  }
}

/// As ``loadVariable(_:reading:)``, of the rows that are not marked.
private func loadVariable(
  _ spec: String, reading: VariableReading, without missing: [Bool]
) throws(DataError) -> LoadedVariable {
  let selection = FileSelection(spec)
  return try withFileBytes(selection) { file throws(DataError) in
    let array =
      switch selection.format {
      case .csv, .tsv:
        try TableCells(file, selection: selection).array(reading, without: missing)
      default: try StoredArray(file, selection, reading).without(missing)
      }
    return try LoadedVariable(array, spec: spec, reading: reading)
  }
}
