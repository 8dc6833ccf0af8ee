// SPDX-License-Identifier: MIT

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

/// What a cache keeps something under: its source, and the program that made it.
struct CacheKey<Source: Codable & Hashable & Sendable>: Sendable, Hashable, Codable {
  let source: Source
  let build: String

  /// The key as a store has it.
  var text: String { canonicalJSONText(self) }
}
