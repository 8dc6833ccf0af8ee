// SPDX-License-Identifier: MIT

import EstimatorAPI

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// The single writer of a store that an engine fills: takes results as bytes, commits many at once.
///
/// One transaction for each row costs a hundred times the row; one for thousands is free, and until
/// it is made the engine has the rows still and may send them again.
public struct CommitStream {
  private let store: ResultStore
  private var bytes: [UInt8] = []
  private var waiting: [Line] = []
  private var committed = 0
  private var added = 0

  private struct Line: Codable {
    let id: Int
    let trial: TrialRow?
    let pairs: [DistilledRow]?
    let lost: String?
    let unit: BenchUnit?
  }

  /// Starts on a store that knows the tasks of the rows to come, as planning makes it.
  ///
  /// - Throws: `DataError` where it cannot be read.
  public init(_ store: ResultStore) throws(DataError) {
    self.store = store
    try store.recallTasks()
  }

  /// Rows taken and not committed.
  public var waitingCount: Int { waiting.count }

  /// Takes bytes; a partial line is buffered until its end arrives.
  ///
  /// - Throws: `DataError`, `malformed` for a line that is no result.
  public mutating func take(_ more: some Collection<UInt8>) throws(DataError) {
    bytes += more
    var start = bytes.startIndex
    let decoder = JSONDecoder()
    while let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) {
      let line = Data(bytes[start..<end])
      start = end + 1
      do {
        waiting.append(try decoder.decode(Line.self, from: line))
      } catch {
        bytes = []
        throw DataError(
          .malformed,
          "a line that is no result: \(String(decoding: line.prefix(200), as: UTF8.self))")
      }
    }
    bytes.removeSubrange(..<start)
  }

  /// Commits what waits, in one transaction, and tells how far the store is.
  ///
  /// - Throws: `DataError`, for example that the disk is full; nothing of the transaction is there
  ///   then.
  public mutating func commit() throws(DataError) -> CommitAnswer {
    var trials: [TrialRow] = []
    for line in waiting {
      if let trial = line.trial { trials.append(trial) }
      if let reason = line.lost, let unit = line.unit { trials.append(.lost(unit.key, reason)) }
    }
    added += try store.insert(trials)
    added += try store.insert(waiting.flatMap { $0.pairs ?? [] })
    committed += waiting.count
    waiting = []
    return CommitAnswer(committed: committed, added: added)
  }
}

extension TrialRow {
  /// The row of a trial that ended every worker that it was given to.
  fileprivate static func lost(_ key: TrialKey, _ reason: String) -> TrialRow {
    TrialRow(
      TrialRecord(
        key: key, outcome: .failure(EstimatorError(.init(rawValue: "lost"), reason)), seconds: 0,
        peakMemory: nil, host: hostName))
  }
}
