// SPDX-License-Identifier: MIT

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// The bytes of a message.
///
/// Messages hold no NaN, and every type here can be encoded, so failing is a mistake in this module.
func encoded(_ value: some Encodable) -> [UInt8] {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.withoutEscapingSlashes]
  encoder.nonConformingFloatEncodingStrategy = .convertToString(
    positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
  do {
    return Array(try encoder.encode(value))
  } catch {
    preconditionFailure("a message cannot be encoded: \(error)")
  }
}

/// JSON for people to read and edit.
func prettyJSON(_ value: some Encodable) -> String {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
  // As in ``encoded(_:)``: every type here can be encoded.
  return (try? encoder.encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? ""
}

/// A value from the bytes of a message; numbers that are not finite come as strings.
///
/// - Throws: a sentence of what is wrong.
package func decoded<Value: Decodable>(
  _ type: Value.Type, _ bytes: [UInt8]
) throws(UnreadableMessage) -> Value {
  let decoder = JSONDecoder()
  decoder.nonConformingFloatDecodingStrategy = .convertFromString(
    positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
  do {
    return try decoder.decode(type, from: Data(bytes))
  } catch let error as DecodingError {
    throw UnreadableMessage(error)
  } catch {
    throw UnreadableMessage(reason: "it cannot be read")
  }
}

/// Why bytes are not the message they should be.
package struct UnreadableMessage: Error, CustomStringConvertible {
  let reason: String

  package var description: String { reason }

  init(reason: String) { self.reason = reason }

  init(_ error: DecodingError) {
    func place(_ path: [any CodingKey]) -> String {
      path.isEmpty ? "the message" : path.map(\.stringValue).joined(separator: ".")
    }
    reason =
      switch error {
      case .keyNotFound(let key, let context):
        "\(place(context.codingPath)) has no \"\(key.stringValue)\""
      case .valueNotFound(_, let context): "\(place(context.codingPath)) is null"
      case .typeMismatch(let type, let context):
        "\(place(context.codingPath)) is not \(type)"
      case .dataCorrupted(let context):
        context.codingPath.isEmpty
          ? "it is not JSON" : "\(place(context.codingPath)) cannot be read"
      @unknown default: "it cannot be read"
      }
  }
}
