// SPDX-License-Identifier: MIT

import ArgumentParser
import EstimatorAPI
import PluginHost

/// `mi` as the child that hosts a binary plugin; started by `mi` alone.
struct PluginHostCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "plugin-host", shouldDisplay: false)

  @Argument var library: String

  func run() throws {
    try reporting { try HostLoop(library: library).run() }
  }
}
