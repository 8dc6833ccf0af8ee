// SPDX-License-Identifier: MIT

/// Where a ``TrialCache`` keeps what has to outlive the process.
///
/// A store of results is one; scoring asks for no more than this, and so needs no database.
package protocol TrialShelf: Sendable {
  /// The file.
  var path: String { get }
  /// Makes a task known, which its trials then name.
  func register(_ task: TaskRecord) throws(DataError)
  /// The trials whose key is this one up to the seed.
  func trials(like key: TrialKey) throws(DataError) -> [TrialRecord]
  /// Keeps a trial; where its key is taken, what came first stays.
  @discardableResult
  func insert(_ record: TrialRecord) throws(DataError) -> Bool
  /// Numbers that were kept under a name; nil where there are none.
  func keptNumbers(_ name: String) throws(DataError) -> [Double]?
  /// Keeps numbers under a name; where it is taken, what came first stays.
  func keep(_ numbers: [Double], named name: String) throws(DataError)
}
