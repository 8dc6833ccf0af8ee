// SPDX-License-Identifier: MIT

package import EstimatorAPI

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

extension TaskSuite {
  /// A built-in suite by its name, or the suite of a file whose name ends in `.json`.
  ///
  /// - Throws: `unknownSuite`, `invalidSuite` with the place in the file, or a `DataError`.
  package static func loaded(_ name: String) throws -> TaskSuite {
    guard name.hasSuffix(".json") else { return try named(name) }
    let data: Data
    do {
      data = try Data(contentsOf: URL(fileURLWithPath: name))
    } catch {
      throw DataError(.missingFile, "\(name): there is no such suite file, or it cannot be read.")
    }
    return try SuiteFile(json: data).suite()
  }

  /// The tasks whose id matches any of the patterns; all where there are none.
  ///
  /// - Throws: `unknownTask` for a pattern that no task matches.
  package func choosing(_ patterns: [String]) throws(EstimatorError) -> TaskSuite {
    guard !patterns.isEmpty else { return self }
    var ids: Set<String> = []
    for pattern in patterns {
      let found = filtered(pattern).tasks.map(\.id)
      guard !found.isEmpty else {
        throw EstimatorError(
          .unknownTask, "tasks is \"\(pattern)\"; no task of suite \(name) matches.")
      }
      ids.formUnion(found)
    }
    return TaskSuite(name: name, summary: summary, tasks: tasks.filter { ids.contains($0.id) })
  }
}
