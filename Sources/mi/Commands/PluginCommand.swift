// SPDX-License-Identifier: MIT

import ArgumentParser
import EstimatorAPI
import PluginHost

struct PluginCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plugin", abstract: "Estimators from outside: check, list and describe them.",
    discussion: """
      A plugin is a folder with a plugin.json, a shared library with the C interface
      of mi_plugin.h, a program that speaks the protocol of Plugins/PROTOCOL.md, or
      'command {csv} {dx} {dy}', which prints one number. Those in the folders of
      MI_PLUGIN_PATH are found without being run.

      EXAMPLES
        mi plugin check ./libksg.so
        mi plugin check ksg-1
        mi estimate x.npy y.npy --plugin ./ksg.py -e ksg-python
      """,
    subcommands: [PluginCheckCommand.self, PluginListCommand.self, PluginDescribeCommand.self])
}

struct PluginListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "The plugins of MI_PLUGIN_PATH and --plugin.",
    discussion: """
      EXAMPLES
        mi plugin list
        mi plugin list --plugin ./libksg.so --json
      """)

  @OptionGroup var shared: SharedOptions

  func run() throws {
    try reporting {
      let host = try PluginHost(shared.plugins.options)
      let items = try shared.plugins.manifests(host).flatMap { manifest in
        try host.entries(of: manifest).map { PluginList.Item($0, manifest) }
      }
      if shared.json { return try printJSON(PluginList(plugins: items)) }
      var table = TextTable("id", "version", "plugin", "from")
      for item in items { table.add(item.id, item.version, item.plugin, item.origin) }
      print(table.text)
    }
  }
}

/// The shape of `mi plugin list --json`.
private struct PluginList: Encodable {
  var schema = "mi.plugin.list/1"
  let plugins: [Item]

  struct Item: Encodable {
    let id: String
    let version: String
    let plugin: String
    let origin: String

    init(_ entry: EstimatorRegistry.Entry, _ manifest: PluginManifest) {
      id = entry.descriptor.id
      version = entry.descriptor.version
      plugin = manifest.name
      origin = entry.origin
    }
  }
}

struct PluginDescribeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "describe", abstract: "Run a plugin and print a plugin.json for it.",
    discussion: """
      A folder with this plugin.json can be listed in MI_PLUGIN_PATH: what it offers is
      then known without running it.

      EXAMPLES
        mi plugin describe ./ksg.py > plugin.json
      """)

  @Argument(help: "The plugin.")
  var path: String

  @OptionGroup var shared: SharedOptions

  func run() throws {
    try reporting {
      let host = try PluginHost(shared.plugins.options)
      let plugin = try host.find(path)
      print(PluginHost.manifestText(of: plugin, try host.entries(of: plugin).map(\.descriptor)))
    }
  }
}
