// SPDX-License-Identifier: MIT

import EstimatorAPI
import Synchronization

/// What all plugins of one host share.
final class PluginContext: Sendable {
  let options: PluginOptions
  let folder: PrivateFolder
  let watchdog: Watchdog
  let log: PluginLog
  private let files = Atomic(0)

  init(_ options: PluginOptions) throws(EstimatorError) {
    precondition(options.processes >= 1, "processes is \(options.processes); at least 1")
    self.options = options
    log = try PluginLog(path: options.logFile)
    folder = try PrivateFolder(in: options.folder)
    watchdog = try Watchdog(folder: folder.path)
  }

  /// A number no other call has.
  func nextFileNumber() -> Int { files.add(1, ordering: .relaxed).newValue }
}
