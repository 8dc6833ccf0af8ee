// SPDX-License-Identifier: MIT

import GRDB

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// A format that trials are written in for other programs.
public enum ExportFormat: String, Sendable, CaseIterable {
  /// Comma-separated values with a header, quoted as in RFC 4180.
  case csv
  /// One JSON object a line; parameters, diagnostics and warnings are nested values.
  case jsonl
}

extension ResultStore {
  /// Writes every trial, ordered by key, as lines; pandas and polars read both formats as they are.
  ///
  /// Absent values are empty in CSV and null in JSON. Numbers are in their shortest exact form.
  ///
  /// - Parameters:
  ///   - format: the format.
  ///   - write: called with pieces of text, whole lines each.
  /// - Throws: `DataError`, or what `write` throws as `unreadable`.
  public func export(_ format: ExportFormat, to write: (String) throws -> Void) throws(DataError) {
    try read { database in
      let columns = Self.exportColumns
      let cursor = try Row.fetchCursor(
        database,
        sql: """
          SELECT \(columns.map(\.source).joined(separator: ", ")) FROM result
          ORDER BY estimator, version, parameters, task, n, seed
          """)
      var lines = format == .csv ? columns.map(\.name).joined(separator: ",") + "\n" : ""
      while let row = try cursor.next() {
        let cells = columns.indices.map { index in
          Cell(row[index] as DatabaseValue, isJSON: columns[index].isJSON)
        }
        switch format {
        case .csv: lines += cells.map(\.csv).joined(separator: ",")
        case .jsonl:
          let pairs = zip(columns, cells).map { "\"\($0.name)\":\($1.json)" }
          lines += "{" + pairs.joined(separator: ",") + "}"
        }
        lines += "\n"
        if lines.utf8.count > 1 << 16 {
          try write(lines)
          lines = ""
        }
      }
      try write(lines)
    }
  }

  /// The exported names, which stay, and where they come from.
  private static let exportColumns: [(name: String, source: String, isJSON: Bool)] = [
    ("estimator", "estimator", false), ("version", "version", false),
    ("parameters", "parameters", true), ("task", "task", false), ("suite", "suite", false),
    ("pair", "pair", false), ("dx", "dx", false), ("dy", "dy", false),
    ("truthNats", "truth_nats", false), ("truthErrorNats", "truth_error", false),
    ("n", "n", false), ("seed", "seed", false), ("nats", "nats", false),
    ("standardErrorNats", "standard_error", false), ("kind", "kind", false),
    ("seconds", "seconds", false), ("peakMemoryBytes", "peak_memory", false),
    ("outcome", "outcome", false), ("error", "error", false),
    ("diagnostics", "diagnostics", true), ("warnings", "warnings", true),
    ("host", "host", false), ("created", "created", false),
  ]
}

/// One exported value.
private struct Cell {
  let value: DatabaseValue
  let isJSON: Bool

  init(_ value: DatabaseValue, isJSON: Bool) {
    self.value = value
    self.isJSON = isJSON
  }

  var csv: String {
    switch value.storage {
    case .null, .blob: ""
    case .int64(let number): "\(number)"
    case .double(let number): "\(number)"
    case .string(let text):
      text.utf8.contains { [0x2C, 0x22, 0x0A, 0x0D].contains($0) }
        ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
    }
  }

  var json: String {
    switch value.storage {
    case .null, .blob: "null"
    case .int64(let number): "\(number)"
    case .double(let number): "\(number)"
    case .string(let text): isJSON ? text : quoted(text)
    }
  }
}

/// A text as a JSON string.
private func quoted(_ text: String) -> String {
  let isPlain = text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x22 && $0 != 0x5C }
  return isPlain ? "\"\(text)\"" : canonicalJSONText(text)
}
