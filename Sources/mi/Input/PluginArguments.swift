// SPDX-License-Identifier: MIT

import ArgumentParser
import EstimatorAPI
import PluginHost

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Which plugins join the built-in estimators, and how they are run.
struct PluginArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A plugin (repeatable): folder, library, program, or 'command {csv} {dx} {dy}'.",
      valueName: "path"))
  var plugin: [String] = []

  @Flag(help: "Use plugins whose files other users may change.")
  var trust = false

  @Flag(help: "Load binary plugins into this process; a crash ends the run.")
  var inProcess = false

  @Option(help: ArgumentHelp("Seconds a plugin has for each estimate.", valueName: "seconds"))
  var pluginDeadline = 600.0

  @Option(
    help: ArgumentHelp("Megabytes each plugin process may use; 0: no limit.", valueName: "MB"))
  var pluginMemory = 8192

  @Option(help: ArgumentHelp("A file for what plugins write to stderr.", valueName: "file"))
  var pluginLog: String?

  func validate() throws {
    guard pluginDeadline > 0 else {
      throw ValidationError("--plugin-deadline is \(pluginDeadline); it needs seconds above 0.")
    }
    guard pluginMemory >= 0 else {
      throw ValidationError("--plugin-memory is \(pluginMemory); it needs 0 or more megabytes.")
    }
  }

  /// The arguments that reproduce these options in a child process.
  var arguments: [String] {
    plugin.flatMap { ["--plugin", $0] }
      + (trust ? ["--trust"] : []) + (inProcess ? ["--in-process"] : [])
      + ["--plugin-deadline", "\(pluginDeadline)", "--plugin-memory", "\(pluginMemory)"]
      + (pluginLog.map { ["--plugin-log", $0] } ?? [])
  }

  /// The options of the plugin host.
  var options: PluginOptions {
    var options = PluginOptions()
    options.deadlineSeconds = pluginDeadline
    options.memoryLimit = UInt64(pluginMemory) << 20
    options.processes = ProcessInfo.processInfo.activeProcessorCount
    options.inProcess = inProcess
    options.trust = trust
    options.logFile = pluginLog
    options.hostProgram = thisProgram()
    return options
  }

  /// The plugins of this run: those of MI_PLUGIN_PATH first, then those of the command line.
  ///
  /// A plugin of the search path that cannot be used is a warning; one that was named is an error.
  func manifests(_ host: PluginHost) throws -> [PluginManifest] {
    let (found, failures) = host.search(Self.searchPath)
    for failure in failures { writeError("warning: \(failure.description)") }
    return try found + plugin.map { try host.find($0) }
  }

  /// Adds the plugins' estimators.
  func register(into registry: inout EstimatorRegistry) throws {
    guard !plugin.isEmpty || !Self.searchPath.isEmpty else { return }
    let host = try PluginHost(options)
    for manifest in try manifests(host) {
      for entry in try host.entries(of: manifest) { try registry.register(entry) }
    }
  }

  private static var searchPath: String {
    ProcessInfo.processInfo.environment["MI_PLUGIN_PATH"] ?? ""
  }
}

/// The path of this executable, by which it starts itself as a plugin's host.
func thisProgram() -> String? {
  #if os(Linux)
  try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
  #else
  CommandLine.arguments.first
  #endif
}
