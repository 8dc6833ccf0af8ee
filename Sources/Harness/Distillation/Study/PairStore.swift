// SPDX-License-Identifier: MIT

import EstimatorAPI
import GRDB

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

extension ResultStore {
  /// The pair that was distilled under exactly this configuration; nil where there is none.
  ///
  /// - Throws: `DataError`, `malformed` for a row of another version.
  func distilledPair(_ configuration: String) throws(DataError) -> DistilledPair? {
    let text = try read { database in
      try String.fetchOne(
        database, sql: "SELECT result FROM distilled_pair WHERE configuration = ?",
        arguments: [configuration])
    }
    guard let text else { return nil }
    do {
      return try JSONDecoder().decode(DistilledPair.self, from: Data(text.utf8))
    } catch {
      throw DataError(.malformed, "\(path): a distilled pair cannot be read: \(error)")
    }
  }

  /// The mean time of a pair in the store, in seconds; nil where there is none.
  func secondsOfPair() throws(DataError) -> Double? {
    try read { try Double.fetchOne($0, sql: "SELECT avg(seconds) FROM distilled_pair") }
  }

  /// Adds a pair; of two under one configuration the first stays.
  func insert(
    _ pair: DistilledPair, configuration: String, seconds: Double
  ) throws(DataError) {
    try insert([DistilledRow(pair, configuration: configuration, seconds: seconds)])
  }
}

extension DistilledRow {
  /// The row of a pair under all that decides its result.
  init(_ pair: DistilledPair, configuration: String, seconds: Double) {
    self.init(
      configuration: configuration, student: pair.student, teacher: pair.outcome.name,
      result: canonicalJSONText(pair), seconds: seconds)
  }
}
