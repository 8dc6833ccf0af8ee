// SPDX-License-Identifier: MIT

extension EstimateWarning {
  /// The warnings of many estimates, each kind once: where it came first, and in how many other places.
  ///
  /// - Parameters:
  ///   - all: the warnings of each estimate, with the words for where it is.
  ///   - places: what the places are called, in the plural.
  /// - Returns: in the order in which kinds came first.
  package static func once(
    _ all: [(place: String, warnings: [EstimateWarning])], places: String
  ) -> [EstimateWarning] {
    var seen: [String: Int] = [:]
    var first: [EstimateWarning] = []
    for (place, warnings) in all {
      for warning in warnings {
        seen[warning.code, default: 0] += 1
        guard seen[warning.code] == 1 else { continue }
        first.append(
          EstimateWarning(code: warning.code, message: "\(place): \(warning.message)"))
      }
    }
    return first.map { warning in
      let others = (seen[warning.code] ?? 1) - 1
      return EstimateWarning(
        code: warning.code,
        message: warning.message + (others > 0 ? " So in \(others) more \(places)." : ""))
    }
  }
}
