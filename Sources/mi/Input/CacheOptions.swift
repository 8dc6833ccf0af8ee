// SPDX-License-Identifier: MIT

import ArgumentParser
import EstimatorAPI
import Foundation
import Harness

/// Where estimates are kept between runs.
struct CacheOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The file that keeps estimates (default: mi/estimates.sqlite in the user's cache folder).",
      valueName: "file"))
  var cache: String?

  @Flag(help: "Keep and look up no estimates.")
  var noCache = false

  func validate() throws {
    guard cache == nil || !noCache else {
      throw ValidationError("--cache and --no-cache contradict each other.")
    }
  }

  /// The cache; nil where none is wanted.
  ///
  /// A file that was named and cannot be used is an error; the default one is a warning.
  func open() throws -> TrialCache? {
    guard !noCache else { return nil }
    if let cache { return try TrialCache(path: cache, build: Self.build) }
    do {
      let folder = try Self.defaultFolder()
      return try TrialCache(path: folder + "/estimates.sqlite", build: Self.build)
    } catch {
      writeError("warning: no estimates are kept: \(error)")
      return nil
    }
  }

  /// `$XDG_CACHE_HOME/mi`, or `~/.cache/mi`; made where it is missing, for this user alone.
  private static func defaultFolder() throws -> String {
    let environment = ProcessInfo.processInfo.environment
    let base: String
    if let named = environment["XDG_CACHE_HOME"], named.hasPrefix("/") {
      base = named
    } else if let home = environment["HOME"], !home.isEmpty {
      base = home + "/.cache"
    } else {
      throw DataError(.missingFile, "there is neither XDG_CACHE_HOME nor HOME.")
    }
    let folder = base + "/mi"
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true,
      attributes: [.posixPermissions: NSNumber(value: 0o700)])
    return folder
  }

  /// The product's version with the size and time of this executable: a program that was built anew may
  /// compute another number under the same version.
  private static var build: String {
    guard let program = thisProgram(),
      let attributes = try? FileManager.default.attributesOfItem(atPath: program),
      let size = attributes[.size] as? NSNumber, let date = attributes[.modificationDate] as? Date
    else { return productVersion }
    let time = Int64((date.timeIntervalSince1970 * 1000).rounded())
    return "mi \(productVersion), \(size.int64Value) bytes of \(time)"
  }
}

/// The groups of rows in a file: classes, whatever their type.
func loadGroups(_ file: String) throws -> Labels {
  try checkedGroups(loadVariable(file, reading: .discrete).variable.labels, named: file)
}
