// SPDX-License-Identifier: MIT

import EstimatorAPI
import Harness

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// The suite that an argument names: a built-in one, or a file ending in `.json`.
///
/// - Throws: `unknownSuite`, `invalidSuite` with the place in the file, or a `DataError`.
func loadSuite(_ argument: String) throws -> TaskSuite {
  guard argument.hasSuffix(".json") else { return try TaskSuite.named(argument) }
  let data: Data
  do {
    data = try Data(contentsOf: URL(fileURLWithPath: argument))
  } catch {
    throw DataError(.missingFile, "\(argument): there is no such suite file, or it cannot be read.")
  }
  return try SuiteFile(json: data).suite()
}
