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
    /// How it is to be read, where that is checked as well.
    let reading: String?

    var testDescription: String { file }
  }

  static let rows = rows(of: "expected.json")

  static func rows(of file: String) -> [Row] {
    do {
      return try JSONDecoder().decode([Row].self, from: try data(file))
    } catch {
      fatalError("\(file): \(error)")
    }
  }

  /// Loads a row's file and expects what was written.
  static func expectLoads(_ row: Row) throws -> LoadedVariable {
    let loaded = try loadVariable(path(row.file))
    switch loaded.variable {
    case .samples(let samples):
      #expect(samples.values.map(\.bitPattern) == row.values?.map(\.bitPattern))
      #expect(samples.count == row.shape[0])
      #expect(samples.dimension == (row.shape.count == 1 ? 1 : row.shape[1]))
    case .labels(let labels):
      #expect(labels.codes == row.codes)
      #expect(labels.names == row.names)
    }
    if let reading = row.reading { #expect(loaded.reading == reading) }
    return loaded
  }

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
