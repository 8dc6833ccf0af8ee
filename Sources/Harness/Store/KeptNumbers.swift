// SPDX-License-Identifier: MIT

import GRDB

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

extension ResultStore {
  /// Numbers that were kept under a name; nil where there are none.
  package func keptNumbers(_ name: String) throws(DataError) -> [Double]? {
    let bytes = try read { database in
      try Data.fetchOne(
        database, sql: "SELECT numbers FROM kept_numbers WHERE name = ?", arguments: [name])
    }
    return bytes.map { bytes in
      stride(from: 0, to: bytes.count - 7, by: 8).map { start in
        let pattern = (0..<8).reduce(UInt64(0)) { word, byte in
          word | UInt64(bytes[bytes.startIndex + start + byte]) << UInt64(8 * byte)
        }
        return Double(bitPattern: pattern)
      }
    }
  }

  /// How many lists of numbers are kept.
  package var keptNumbersCount: Int {
    get throws(DataError) {
      try read { try Int.fetchOne($0, sql: "SELECT count(*) FROM kept_numbers") ?? 0 }
    }
  }

  /// Keeps numbers under a name; where it is taken, what came first stays.
  package func keep(_ numbers: [Double], named name: String) throws(DataError) {
    var bytes = Data(capacity: 8 * numbers.count)
    for number in numbers {
      withUnsafeBytes(of: number.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
    }
    try write { database in
      try database.execute(
        sql: "INSERT OR IGNORE INTO kept_numbers (name, numbers) VALUES (?, ?)",
        arguments: [name, bytes])
    }
  }
}
