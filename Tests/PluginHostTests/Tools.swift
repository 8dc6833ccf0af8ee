// SPDX-License-Identifier: MIT

import EstimatorAPI
import Foundation
import PluginHost

/// What of this machine and this package the tests use; where something is missing they say so.
enum Tools {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path

  /// The `mi` of the same build, beside the test bundle.
  static let mi: String? = {
    let folder = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
      .deletingLastPathComponent()
    let path = folder.appendingPathComponent("mi").path
    return found("mi", FileManager.default.isExecutableFile(atPath: path) ? path : nil)
  }()

  /// A python3 that has NumPy.
  static let python: String? = {
    let path = try? run("/bin/sh", ["-c", "python3 -c 'import numpy, sys; print(sys.executable)'"])
    return found("python3 with numpy", path?.isEmpty == false ? path : nil)
  }()

  /// The C example, compiled.
  static let library: String? = {
    let folder = scratch()
    let path = "\(folder)/libksg.so"
    _ = try? run(
      "/bin/sh",
      [
        "-c",
        "cc -std=c11 -O2 -fPIC -shared -I\(root)/Sources/CEstimatorPlugin/include "
          + "\(root)/Plugins/c/ksg.c -o \(path) -lm",
      ])
    return found("a C compiler", FileManager.default.fileExists(atPath: path) ? path : nil)
  }()

  private static func found(_ what: String, _ path: String?) -> String? {
    if path == nil { print("skipped: there is no \(what) here, so tests that need it do not run") }
    return path
  }

  /// A folder that nobody else may change.
  static func scratch() -> String {
    let folder = FileManager.default.temporaryDirectory.path + "/mi-tests-\(UUID().uuidString)"
    try? FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    return folder
  }

  /// Runs a program to its end.
  ///
  /// - Returns: what it wrote to stdout, without the white space at its ends.
  @discardableResult
  static func run(_ path: String, _ arguments: [String]) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// A host with options for tests: a short deadline and the `mi` of this build.
  static func host(_ change: (inout PluginOptions) -> Void = { _ in }) throws -> PluginHost {
    var options = PluginOptions()
    options.deadlineSeconds = 60
    options.quickChecks = false
    options.hostProgram = mi
    setenv("PYTHONPATH", "\(root)/Plugins/python", 1)
    change(&options)
    return try PluginHost(options)
  }

  /// A program in one of the test's own Python files, run by python3.
  static func program(_ name: String) -> String {
    "\(root)/Tests/PluginHostTests/Programs/\(name)"
  }
}

/// A Gaussian pair of one column a side, by a simple generator.
func gaussianPair(
  rows: Int, rho: Double, dimension: Int = 1, seed: UInt64 = 1
) throws -> EstimationRequest {
  var state = seed
  func uniform() -> Double {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return (Double(state >> 11) + 0.5) * 0x1p-53
  }
  func normal() -> Double { sqrt(-2 * log(uniform())) * cos(2 * .pi * uniform()) }
  let x = (0..<rows * dimension).map { _ in normal() }
  let y = x.map { rho * $0 + sqrt(1 - rho * rho) * normal() }
  return try EstimationRequest(
    x: .samples(Samples(rowMajor: x, count: rows, dimension: dimension)),
    y: .samples(Samples(rowMajor: y, count: rows, dimension: dimension)), seed: 1)
}
