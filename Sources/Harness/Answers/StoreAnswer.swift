// SPDX-License-Identifier: MIT

/// Whether a store has all trials of the studies that were begun in it.
package struct StoreAnswer: Encodable, Sendable {
  package let complete: Bool
  /// A sentence for each study that is not all there.
  package let warnings: [String]

  package init(_ incomplete: [IncompleteStudy]) {
    complete = incomplete.isEmpty
    warnings = incomplete.map(\.sentence)
  }
}
