// SPDX-License-Identifier: MIT

package import EstimatorAPI

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Finds plugins without running anything.
package enum Discovery {
  /// The longest plugin.json that is read.
  static let longestManifest = 1 << 20

  /// What an argument of `--plugin` means: a command with `{csv}`, a folder with a plugin.json, a
  /// plugin.json, a shared library, or a program.
  ///
  /// - Throws: `pluginNotFound`, `pluginUntrusted` or `pluginInvalid`.
  package static func manifest(_ argument: String, trust: Bool) throws(EstimatorError)
    -> PluginManifest
  {
    if CommandLineTemplate.isTemplate(argument) {
      let template = try CommandLineTemplate(argument).inThisFolder()
      return PluginManifest(
        name: template.name, door: .command(template), origin: argument,
        estimators: [CommandEstimator.descriptor(of: template)])
    }
    let path = URL(fileURLWithPath: argument).standardizedFileURL.path
    var status = stat()
    let isFolder = stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    if isFolder { return try read("\(path)/plugin.json", trust: trust) }
    if path.hasSuffix(".json") { return try read(path, trust: trust) }
    if !trust { try Trust.check(path) }
    guard FileManager.default.fileExists(atPath: path) else {
      throw EstimatorError(.pluginNotFound, "There is no plugin \(argument).")
    }
    let name = path.split(separator: "/").last.map(String.init) ?? path
    if path.hasSuffix(".so") || path.hasSuffix(".dylib") {
      return PluginManifest(name: name, door: .binary(path: path), origin: path)
    }
    if FileManager.default.isExecutableFile(atPath: path) {
      return PluginManifest(name: name, door: .program([path]), origin: path)
    }
    guard path.hasSuffix(".py") else {
      throw EstimatorError(
        .pluginInvalid,
        "The plugin \(argument) is no folder with a plugin.json, no shared library, and not "
          + "executable.")
    }
    return PluginManifest(name: name, door: .program(["python3", path]), origin: path)
  }

  /// The plugins in the folders of a search path with colons.
  ///
  /// A plugin.json counts in the folder itself or in a folder within it. What cannot be used is
  /// reported and costs nothing else.
  package static func search(
    _ path: String, trust: Bool
  ) -> (found: [PluginManifest], failures: [EstimatorError]) {
    var found: [PluginManifest] = []
    var failures: [EstimatorError] = []
    for folder in path.split(separator: ":").map(String.init) {
      let inner = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
      let places = [folder] + inner.sorted().map { "\(folder)/\($0)" }
      for place in places
      where FileManager.default.fileExists(atPath: "\(place)/plugin.json") {
        do throws(EstimatorError) {
          found.append(try read("\(place)/plugin.json", trust: trust))
        } catch {
          failures.append(error)
        }
      }
    }
    return (found, failures)
  }

  private static func read(_ path: String, trust: Bool) throws(EstimatorError) -> PluginManifest {
    if !trust { try Trust.check(path) }
    guard let file = FileHandleBytes(path, atMost: longestManifest) else {
      throw EstimatorError(
        .pluginNotFound, "\(path) cannot be read, or has more than \(longestManifest) bytes.")
    }
    let absolute = URL(fileURLWithPath: path).standardizedFileURL.deletingLastPathComponent().path
    let folder =
      absolute.count > 1 && absolute.hasSuffix("/") ? String(absolute.dropLast()) : absolute
    let manifest = try PluginManifest(json: file.bytes, folder: folder)
    if !trust, case .binary(let library) = manifest.door { try Trust.check(library) }
    if !trust, case .program(let words) = manifest.door {
      // The program itself, and a script of the plugin's folder.
      for word in words where word.hasPrefix("\(folder)/") { try Trust.check(word) }
    }
    return manifest
  }
}

/// The bytes of a small file.
private struct FileHandleBytes {
  let bytes: [UInt8]

  init?(_ path: String, atMost limit: Int) {
    // By stat: what FileManager's attributes hold differs between the two Foundations of Linux.
    var status = stat()
    guard stat(path, &status) == 0, status.st_size <= limit,
      let data = try? Data(contentsOf: URL(fileURLWithPath: path))
    else { return nil }
    bytes = Array(data)
  }
}
