// SPDX-License-Identifier: MIT

import CCoreDoor
import EstimatorAPI
import Harness

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// The options of a call.
///
/// - Throws: `invalidOption` with the name of what is missing or of another type.
func options<Options: Decodable>(
  _ text: UnsafePointer<CChar>, as type: Options.Type
) throws(EstimatorError) -> Options {
  do {
    return try JSONDecoder().decode(type, from: Data(String(cString: text).utf8))
  } catch let error as DecodingError {
    let (path, what): ([any CodingKey], String) =
      switch error {
      case .typeMismatch(_, let context): (context.codingPath, "has another type than it needs")
      case .valueNotFound(_, let context): (context.codingPath, "has no value")
      case .keyNotFound(let key, let context): (context.codingPath + [key], "is missing")
      case .dataCorrupted(let context): (context.codingPath, "cannot be read")
      @unknown default: ([], "cannot be read")
      }
    let name = path.map { $0.intValue.map { "\($0)" } ?? $0.stringValue }.joined(separator: ".")
    throw EstimatorError(.invalidOption, "The option \(name.isEmpty ? "text" : name) \(what).")
  } catch {
    throw EstimatorError(.invalidOption, "The options cannot be read: \(error).")
  }
}

/// `name=value` lines as parameters.
func parameters(_ lines: UnsafePointer<CChar>) -> [String: String] {
  var texts: [String: String] = [:]
  for line in String(cString: lines).split(separator: "\n") {
    let name = line.prefix { $0 != "=" }
    texts[String(name)] = String(line.dropFirst(name.count + 1))
  }
  return texts
}

/// A borrowed array as a variable.
///
/// - Throws: `DataError` with the name and the place.
func variable(_ array: UnsafePointer<mi_array>) throws(DataError) -> ArrayInMemory {
  let array = array.pointee
  let shape = UnsafeBufferPointer(start: array.shape, count: Int(max(array.dimensions, 0)))
  return try ArrayInMemory(
    name: String(cString: array.name), type: String(cString: array.type), data: array.data,
    shape: shape.map { Int($0) },
    reading: array.reading == 1 ? .discrete : array.reading == 2 ? .continuous : .automatic)
}
