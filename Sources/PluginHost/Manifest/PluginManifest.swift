// SPDX-License-Identifier: MIT

public import EstimatorAPI
public import EstimatorConformance

/// The content of a plugin.json: how a plugin is started and, so that it need not be started to be
/// listed, what its estimators are.
public struct PluginManifest: Sendable, Hashable {
  /// The door by which it comes.
  package enum Door: Sendable, Hashable {
    /// A shared library with the C interface.
    case binary(path: String)
    /// A program that speaks the protocol, with its arguments.
    case program([String])
    /// A command that gets a CSV file and prints a number.
    case command(CommandLineTemplate)
  }

  /// The plugin's name, for messages.
  public let name: String
  /// What it is known not to do.
  public let expectedFailures: [ExpectedFailure]
  /// The descriptors of its estimators; empty where it must be asked.
  public let estimators: [EstimatorDescriptor]
  /// Where it was found.
  public let origin: String
  package let door: Door
  package let passEnvironment: [String]

  package init(
    name: String, door: Door, origin: String, estimators: [EstimatorDescriptor] = [],
    expectedFailures: [ExpectedFailure] = [], passEnvironment: [String] = []
  ) {
    self.name = name
    self.door = door
    self.origin = origin
    self.estimators = estimators
    self.expectedFailures = expectedFailures
    self.passEnvironment = passEnvironment
  }

  /// Reads the bytes of a plugin.json that lies in `folder`.
  ///
  /// - Throws: `pluginInvalid` with the field.
  package init(json bytes: [UInt8], folder: String) throws(EstimatorError) {
    let origin = "\(folder)/plugin.json"
    func refuse(_ sentence: String) -> EstimatorError {
      EstimatorError(.pluginInvalid, "\(origin) cannot be used: \(sentence).")
    }
    let file: ManifestFile
    do {
      file = try decoded(ManifestFile.self, bytes)
    } catch {
      throw refuse("\(error)")
    }
    guard file.schema == "mi.plugin/1" else {
      throw refuse("the schema is \"\(file.schema.prefix(40))\"; it needs mi.plugin/1")
    }
    guard !file.name.isEmpty, file.name.count <= 100 else { throw refuse("the name is empty") }
    /// `{folder}` stands for the folder of plugin.json.
    func placed(_ text: String) -> String {
      text.split(separator: "{folder}", omittingEmptySubsequences: false).joined(separator: folder)
    }
    let door: Door
    switch (file.binary, file.program, file.command) {
    case (let library?, nil, nil):
      door = .binary(path: library.hasPrefix("/") ? library : "\(folder)/\(library)")
    case (nil, let words?, nil):
      guard !words.isEmpty else { throw refuse("program has no words") }
      door = .program(words.map(placed))
    case (nil, nil, let command?): door = .command(try CommandLineTemplate(placed(command)))
    default: throw refuse("it needs exactly one of binary, program and command")
    }
    guard !file.estimators.isEmpty else {
      throw refuse("it lists no estimators; mi plugin describe PATH prints them")
    }
    var estimators: [EstimatorDescriptor] = []
    for estimator in file.estimators {
      estimators.append(try estimator.checked(plugin: file.name))
    }
    self.init(
      name: file.name, door: door, origin: origin, estimators: estimators,
      expectedFailures: (file.expectedFailures ?? []), passEnvironment: file.passEnvironment ?? [])
  }
}

/// The JSON of a plugin.json.
package struct ManifestFile: Codable {
  package let schema: String
  package let name: String
  package var binary: String?
  package var program: [String]?
  package var command: String?
  package var passEnvironment: [String]?
  package var expectedFailures: [ExpectedFailure]?
  package let estimators: [WireDescriptor]
}

extension PluginHost {
  /// A plugin.json for a plugin that was asked for its descriptors.
  public static func manifestText(
    of plugin: PluginManifest, _ descriptors: [EstimatorDescriptor]
  ) -> String {
    /// The file's name, as plugin.json lies beside it.
    func placed(_ path: String) -> String {
      path.split(separator: "/").last.map(String.init) ?? path
    }
    var file = ManifestFile(
      schema: "mi.plugin/1", name: plugin.name, estimators: descriptors.map { WireDescriptor($0) })
    switch plugin.door {
    case .binary(let path): file.binary = placed(path)
    case .program(let words):
      file.program = words.map { $0.hasPrefix("/") ? "{folder}/\(placed($0))" : $0 }
    case .command(let text): file.command = text.words.joined(separator: " ")
    }
    file.expectedFailures = plugin.expectedFailures.isEmpty ? nil : plugin.expectedFailures
    return prettyJSON(file)
  }
}
