// SPDX-License-Identifier: MIT

package import EstimatorAPI

// The sentences of options out of bounds, the same whichever interface the option came through.

extension EstimatorError {
  /// An option that a call cannot have.
  package static func option(_ name: String, found: String, needed: String) -> Self {
    Self(.invalidOption, "\(name) is \(found); it needs \(needed).")
  }
}

/// Refuses a whole number out of its range.
///
/// - Throws: `invalidOption`.
package func within(
  _ name: String, _ value: Int, _ range: ClosedRange<Int>
) throws(EstimatorError) {
  guard range.contains(value) else {
    throw .option(
      name, found: "\(value)",
      needed: "a whole number from \(range.lowerBound) to \(range.upperBound)")
  }
}

/// Refuses a number of seconds that no deadline or budget can be.
///
/// - Throws: `invalidOption`.
package func checkSeconds(_ name: String, _ value: Double?) throws(EstimatorError) {
  if let value, !(value > 0 && value < 1e9) {
    throw .option(name, found: "\(value)", needed: "seconds above 0")
  }
}
