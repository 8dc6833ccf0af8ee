// SPDX-License-Identifier: MIT

public import EstimatorAPI

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

extension ParameterValues {
  /// The values as one line of JSON with sorted keys: equal values are equal texts, so that the
  /// text can be part of a key.
  public var canonicalJSON: String { canonicalJSONText(self) }

  /// Reads what ``canonicalJSON`` wrote; nil for any other text.
  public init?(canonicalJSON text: String) {
    guard let values = try? JSONDecoder().decode(Self.self, from: Data(text.utf8)) else {
      return nil
    }
    self = values
  }
}

/// One line of JSON with sorted keys.
func canonicalJSONText(_ value: some Encodable) -> String {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
  encoder.nonConformingFloatEncodingStrategy = .convertToString(
    positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
  do {
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  } catch {
    preconditionFailure("a value of plain numbers and texts did not encode: \(error)")
  }
}

/// A value as a line of JSON with its end.
package func jsonLine(_ value: some Encodable) -> String { canonicalJSONText(value) + "\n" }
