// SPDX-License-Identifier: MIT

import Foundation

/// What a run of `mi` left behind.
struct CommandResult {
  let status: Int32
  let output: String
  let errors: String

  /// The JSON object on stdout.
  func object() throws -> [String: Any] {
    let value = try JSONSerialization.jsonObject(with: Data(output.utf8))
    return value as? [String: Any] ?? [:]
  }
}

/// Runs the `mi` that was built beside these tests.
func mi(_ arguments: String...) throws -> CommandResult { try mi(arguments) }

/// Runs the `mi` that was built beside these tests.
func mi(
  _ arguments: [String], in folder: URL? = nil, environment: [String: String] = [:],
  input: String? = nil
) throws -> CommandResult {
  let process = Process()
  process.executableURL = productsFolder.appendingPathComponent("mi")
  process.arguments = arguments
  process.currentDirectoryURL = folder
  // Tests keep what they keep between runs of mi to themselves.
  process.environment = ProcessInfo.processInfo.environment
    .merging(["XDG_CACHE_HOME": cacheFolder.path]) { _, own in own }
    .merging(environment) { _, own in own }
  if let input { process.standardInput = FileHandle(forReadingAtPath: input) }
  let (output, errors) = (Pipe(), Pipe())
  process.standardOutput = output
  process.standardError = errors
  try process.run()
  // stderr is short; stdout is read first so that a long one does not fill its pipe.
  let outputData = output.fileHandleForReading.readDataToEndOfFile()
  let errorData = errors.fileHandleForReading.readDataToEndOfFile()
  process.waitUntilExit()
  return CommandResult(
    status: process.terminationStatus, output: String(decoding: outputData, as: UTF8.self),
    errors: String(decoding: errorData, as: UTF8.self))
}

/// Where the build puts executables: on Linux the test runner stands among them.
let productsFolder: URL = {
  let runner = URL(fileURLWithPath: ProcessInfo.processInfo.arguments[0])
  return runner.resolvingSymlinksInPath().deletingLastPathComponent()
}()

/// Where runs of `mi` in these tests keep their estimates; removed by the system with its folder.
private let cacheFolder = FileManager.default.temporaryDirectory
  .appendingPathComponent("mi-tests-cache-\(UUID().uuidString)")

/// The `mi` that was built beside these tests.
var commandPath: String { productsFolder.appendingPathComponent("mi").path }
