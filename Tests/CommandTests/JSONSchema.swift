// SPDX-License-Identifier: MIT

import Foundation

/// A validator for the part of JSON Schema that this package's schema files use: `type`, `properties`,
/// `required`, `additionalProperties`, `items`, `minItems`, `maxItems`, `enum`, `const`, `minimum`,
/// `maximum` and `$ref` into `$defs`.
struct JSONSchema {
  private let root: [String: Any]

  /// Any other word in the schema would be ignored silently, so it is refused.
  private static let words: Set<String> = [
    "$schema", "$defs", "$ref", "title", "description", "type", "properties", "required",
    "additionalProperties", "items", "minItems", "maxItems", "enum", "const", "minimum", "maximum",
  ]

  init(file: URL) throws {
    let value = try JSONSerialization.jsonObject(with: Data(contentsOf: file))
    root = value as? [String: Any] ?? [:]
  }

  /// What is wrong with a value, each with its place; empty for a valid one.
  func faults(of text: String) throws -> [String] {
    let value = try JSONSerialization.jsonObject(
      with: Data(text.utf8), options: .fragmentsAllowed)
    return faults(value, root, at: "$")
  }

  private func faults(_ value: Any, _ given: [String: Any], at place: String) -> [String] {
    var schema = given
    if let reference = given["$ref"] as? String {
      let name = String(reference.dropFirst("#/$defs/".count))
      guard let found = (root["$defs"] as? [String: Any])?[name] as? [String: Any] else {
        return ["\(place): \(reference) is not in the schema"]
      }
      schema = found
    }
    var faults = Set(schema.keys).subtracting(Self.words).sorted().map {
      "\(place): the validator does not know \($0)"
    }
    if let types = (schema["type"] as? [String]) ?? (schema["type"] as? String).map({ [$0] }),
      !types.contains(where: { Self.is(value, $0) })
    {
      return faults + ["\(place): \(value) is not \(types.joined(separator: " or "))"]
    }
    if let allowed = schema["enum"] as? [String], !allowed.contains(value as? String ?? "") {
      faults.append("\(place): \(value) is none of \(allowed)")
    }
    if let constant = schema["const"] as? String, constant != value as? String {
      faults.append("\(place): \(value) is not \(constant)")
    }
    if let number = value as? Double, Self.is(value, "number") {
      if let least = schema["minimum"] as? Double, number < least {
        faults.append("\(place): \(number) is below \(least)")
      }
      if let most = schema["maximum"] as? Double, number > most {
        faults.append("\(place): \(number) is above \(most)")
      }
    }
    if let object = value as? [String: Any] { faults += members(object, schema, place) }
    if let array = value as? [Any] {
      if let least = schema["minItems"] as? Int, array.count < least {
        faults.append("\(place): \(array.count) items")
      }
      if let most = schema["maxItems"] as? Int, array.count > most {
        faults.append("\(place): \(array.count) items")
      }
      if let items = schema["items"] as? [String: Any] {
        for (index, item) in array.enumerated() {
          faults += self.faults(item, items, at: "\(place)[\(index)]")
        }
      }
    }
    return faults
  }

  private func members(
    _ object: [String: Any], _ schema: [String: Any], _ place: String
  ) -> [String] {
    let known = schema["properties"] as? [String: Any] ?? [:]
    let needed = schema["required"] as? [String] ?? []
    var faults = needed.filter { object[$0] == nil }.map { "\(place): \($0) is missing" }
    for (key, member) in object.sorted(by: { $0.key < $1.key }) {
      if let own = known[key] as? [String: Any] {
        faults += self.faults(member, own, at: "\(place).\(key)")
      } else if let others = schema["additionalProperties"] as? [String: Any] {
        faults += self.faults(member, others, at: "\(place).\(key)")
      } else if (schema["additionalProperties"] as? Bool) == false {
        faults.append("\(place): \(key) is not in the schema")
      }
    }
    return faults
  }

  private static func `is`(_ value: Any, _ type: String) -> Bool {
    // Foundation reads true as a number as well; its boolean is told by its class.
    let isBoolean = value is NSNumber && "\(Swift.type(of: value))".contains("Bool")
    switch type {
    case "null": return value is NSNull
    case "boolean": return isBoolean || (value is Bool && !(value is NSNumber))
    case "number": return value is NSNumber && !isBoolean
    case "integer":
      guard let number = value as? NSNumber, !isBoolean else { return false }
      return number.doubleValue == number.doubleValue.rounded()
    case "string": return value is String
    case "array": return value is [Any]
    case "object": return value is [String: Any]
    default: return false
    }
  }
}
