// SPDX-License-Identifier: MIT

import EstimatorAPI

/// The rows that numbers of a cache were made from: hashes of the variables and the groups, and the
/// seed of the draws.
public struct DataKey: Sendable, Hashable, Codable {
  let variables: [String]
  let groups: String?
  let seed: UInt64

  /// Hashes the data.
  init(_ variables: [Variable], groups: [Int]?, seed: UInt64) {
    self.variables = variables.map { ContentHash($0).text }
    self.groups = groups.map { ContentHash($0).text }
    self.seed = seed
  }
}

/// All that a trial of a cache depends on beside the estimator, the rows drawn and the number of the
/// draw.
///
/// A field that is added changes the text of the key, and so no number is taken for another.
enum TrialSource: Sendable, Hashable, Codable {
  /// A sample of a truth, which was fitted to data or is as its id says.
  case truth(id: String, fittedTo: DataKey?, seed: UInt64)
  /// A draw of the data's own rows.
  case rows(DataKey, DataDraw)
}

/// The ways in which rows of the data are drawn.
enum DataDraw: String, Sendable, Hashable, Codable {
  case allRows, subsamples, withinClasses
}

/// All that kept numbers depend on; `version` rises where they are made in another way.
enum NumbersSource: Sendable, Hashable, Codable {
  /// The information of a class twin, with its error.
  case classTwin(version: Int, dx: Int, dy: Int, fittedTo: String)
  /// The predictions of a model for rows that it did not see.
  case heldOut(version: Int, HeldOutModel, view: DataKey)
}

/// The models that predict held-out rows.
enum HeldOutModel: String, Sendable, Hashable, Codable {
  case scores, ridge
}

/// What a cache keeps something under: its source, and the program that made it.
struct CacheKey<Source: Codable & Hashable & Sendable>: Sendable, Hashable, Codable {
  let source: Source
  let build: String

  /// The key as a store has it.
  var text: String { canonicalJSONText(self) }
}
