// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators

/// What is known of the order of the rows of a check.
public enum RowOrder: String, Sendable, Hashable, Codable, CaseIterable {
  /// Nothing; rows are taken as exchangeable, and a warning says where they look otherwise.
  case unknown
  /// Rows follow each other in time: blocks of rows stay together in subsamples and folds.
  case time
}

/// Consecutive rows in blocks, three times as long as the rows remember.
struct RowBlocks {
  /// The block of each row.
  let groups: [Int]
  /// Rows in a block.
  let length: Int

  /// Blocks by the longest memory of any teacher with the student.
  ///
  /// - Throws: `tooFewSamples` where fewer than 10 blocks fit.
  init(teachers: [Variable], student: Variable) throws(EstimatorError) {
    let memory = teachers.map { RowMemory($0, student).length }.reduce(1) { max($0, $1) }
    let length = max(Int((3 * memory).rounded(.up)), 2)
    let n = student.count
    guard n >= 10 * length else {
      throw EstimatorError(
        .tooFewSamples,
        "Rows remember about \(Int(memory.rounded(.up))) rows, so blocks need \(length) rows; "
          + "\(n) rows are fewer than the 10 blocks that subsamples need.")
    }
    groups = (0..<n).map { $0 / length }
    self.length = length
  }
}
