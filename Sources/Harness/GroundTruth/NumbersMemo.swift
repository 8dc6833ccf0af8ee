// SPDX-License-Identifier: MIT

package import EstimatorAPI

/// Keeps numbers that take long to make and depend on their source alone.
///
/// A fitted truth asks it for its information. Where the numbers lie, in memory or in a file, is the
/// business of those who stand above.
package protocol NumbersMemo: Sendable {
  /// The numbers kept from before, or the ones made now.
  func numbers<Failure: Error>(
    _ source: NumbersSource, make: () throws(Failure) -> [Double]
  ) throws(Failure) -> [Double]
}

extension Optional where Wrapped == any NumbersMemo {
  /// As ``NumbersMemo/numbers(_:make:)``, and without a memo they are made now.
  ///
  /// The source is asked for only where it is needed, as hashing takes time.
  package func numbers<Failure: Error>(
    _ source: @autoclosure () -> NumbersSource, make: () throws(Failure) -> [Double]
  ) throws(Failure) -> [Double] {
    guard let self else { return try make() }
    return try self.numbers(source(), make: make)
  }
}

/// All that kept numbers depend on; `version` rises where they are made in another way.
package enum NumbersSource: Sendable, Hashable, Codable {
  /// The information of a class twin, with its error.
  case classTwin(version: Int, dx: Int, dy: Int, fittedTo: String)
  /// The predictions of a model for rows that it did not see.
  case heldOut(version: Int, HeldOutModel, view: DataKey)
  /// What a triple of Gaussian classes knows of labels beyond its teacher, with its error.
  case classTriple(version: Int, teacherColumns: Int, fittedTo: String)
  /// Estimates of that on samples of a triple, each with its error by rows.
  case studentAlone(version: Int, triple: String, rows: Int, seed: UInt64)
}

/// The models that predict held-out rows.
package enum HeldOutModel: String, Sendable, Hashable, Codable {
  case scores, scoresOfSeveral, ridge
}

/// The rows that numbers of a cache were made from: hashes of the variables and the groups, and the
/// seed of the draws.
public struct DataKey: Sendable, Hashable, Codable {
  let variables: [String]
  let groups: String?
  let seed: UInt64

  /// Hashes the data.
  package init(_ variables: [Variable], groups: [Int]?, seed: UInt64) {
    self.variables = variables.map { ContentHash($0).text }
    self.groups = groups.map { ContentHash($0).text }
    self.seed = seed
  }
}
