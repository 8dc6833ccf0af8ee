// SPDX-License-Identifier: MIT

import Foundation
import Testing

/// A file of Golden/, decoded.
func goldenJSON<Value: Decodable>(_ path: String, as type: Value.Type) throws -> Value {
  let url = try #require(Bundle.module.resourceURL).appending(path: "Golden/\(path)")
  return try JSONDecoder().decode(type, from: Data(contentsOf: url))
}

/// Expects each number to be near its twin: within `absolute` + `relative` * |expected|.
func expectClose(
  _ found: [Double], _ expected: [Double], relative: Double = 0, absolute: Double = 0,
  _ location: SourceLocation = #_sourceLocation
) {
  guard found.count == expected.count else {
    Issue.record("\(found.count) numbers for \(expected.count)", sourceLocation: location)
    return
  }
  for (index, (value, twin)) in zip(found, expected).enumerated()
  where !(abs(value - twin) <= absolute + relative * abs(twin)) {
    Issue.record(
      "number \(index) is \(value); expected \(twin), off by \(value - twin)",
      sourceLocation: location)
  }
}
