// SPDX-License-Identifier: MIT

import EstimatorAPI
import Foundation
import Harness
import Testing

/// The files that NumPy, pandas and safetensors wrote (Golden/data/make.py), and what is in them.
enum DataGolden {
  /// One row of expected.json.
  struct Row: Decodable, CustomTestStringConvertible {
    let file: String
    let shape: [Int]
    let values: [Double]?
    let names: [String]?
    let codes: [Int32]?

    var testDescription: String { file }
  }

  static let rows: [Row] = {
    do {
      return try JSONDecoder().decode([Row].self, from: try data("expected.json"))
    } catch {
      fatalError("expected.json: \(error)")
    }
  }()

  static func path(_ file: String) -> String {
    guard let folder = Bundle.module.resourcePath else { fatalError("no resources") }
    return folder + "/Golden/data/" + file
  }

  static func data(_ file: String) throws -> Data {
    try Data(contentsOf: URL(fileURLWithPath: path(file)))
  }
}

/// The error of loading, without the folder; nil where loading went well.
func loadingError(_ spec: String, _ reading: VariableReading = .automatic) -> DataError? {
  do {
    _ = try loadVariable(spec, reading: reading)
    return nil
  } catch {
    let folder = DataGolden.path("")
    return DataError(error.code, error.description.replacingOccurrences(of: folder, with: ""))
  }
}

/// Calls `body` with the path of a temporary file of these bytes.
func withTemporaryFile(
  _ name: String, _ bytes: some Sequence<UInt8>, _ body: (String) throws -> Void
) throws {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
    "mi-data-" + UUID().uuidString)
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  let file = folder.appendingPathComponent(name)
  try Data(bytes).write(to: file)
  try body(file.path)
}
