// SPDX-License-Identifier: MIT

import Foundation

/// A running `mi` with its output in files, so that a test may kill it at any moment.
final class BenchProcess {
  let process = Process()
  private let folder: URL

  init(_ arguments: [String], in folder: URL, input: URL? = nil) throws {
    self.folder = folder
    let name = UUID().uuidString
    for kind in ["out", "err"] {
      _ = FileManager.default.createFile(
        atPath: folder.appending(path: "\(name).\(kind)").path, contents: nil)
    }
    let runner = URL(fileURLWithPath: ProcessInfo.processInfo.arguments[0])
    process.executableURL = runner.resolvingSymlinksInPath().deletingLastPathComponent()
      .appending(path: "mi")
    process.arguments = arguments
    process.currentDirectoryURL = folder
    output = folder.appending(path: "\(name).out")
    errors = folder.appending(path: "\(name).err")
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    if let input { process.standardInput = try FileHandle(forReadingFrom: input) }
    try process.run()
  }

  private let output: URL
  private let errors: URL

  /// Waits for the end, two minutes at most: a command that hangs is a failure, not a stuck suite.
  func wait() throws -> (status: Int32, output: String, errors: String) {
    for _ in 0..<12_000 where process.isRunning { usleep(10_000) }
    if process.isRunning { kill() }
    return (
      process.terminationStatus, try String(contentsOf: output, encoding: .utf8),
      try String(contentsOf: errors, encoding: .utf8)
    )
  }

  /// Ends it as a power cut would, and waits until it is gone.
  func kill() {
    Foundation.kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }
}

/// A folder for one test, removed with the object.
final class BenchFolder {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "mi-bench-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  /// Starts `mi bench` in this folder.
  func start(_ arguments: String...) throws -> BenchProcess {
    try BenchProcess(["bench"] + arguments, in: url)
  }

  /// Runs `mi bench` in this folder to its end.
  func bench(
    _ arguments: String...
  ) throws -> (status: Int32, output: String, errors: String) {
    try BenchProcess(["bench"] + arguments, in: url).wait()
  }

  /// The lines of a store's CSV without the columns that time and place decide.
  func rows(_ store: String) throws -> [String] {
    let (status, output, errors) = try bench("export", store, "--format", "jsonl")
    guard status == 0 else { throw Failed(description: errors) }
    return try output.split(separator: "\n").map { line in
      var row =
        try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] ?? [:]
      for name in ["seconds", "peakMemoryBytes", "host", "created"] { row[name] = nil }
      let data = try JSONSerialization.data(withJSONObject: row, options: .sortedKeys)
      return String(decoding: data, as: UTF8.self)
    }
  }

  struct Failed: Error, CustomStringConvertible { let description: String }
}
