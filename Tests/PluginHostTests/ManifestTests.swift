// SPDX-License-Identifier: MIT

import EstimatorAPI
import Foundation
import PluginHost
import Testing

@Suite struct ManifestTests {
  static let good = """
    {"schema": "mi.plugin/1", "name": "p", "program": ["python3", "{folder}/p.py"],
     "estimators": [{"id": "p-1", "kinds": ["continuous-continuous"], "parameters":
       [{"name": "k", "type": "integer", "default": 3, "minimum": 1, "maximum": 10},
        {"name": "h", "type": "number", "default": 1, "minimum": 0},
        {"name": "rule", "type": "choice", "default": "a", "choices": ["a", "b"]}]}]}
    """

  @Test func isRead() throws {
    let manifest = try PluginManifest(json: Array(Self.good.utf8), folder: "/plugins/p")
    #expect(manifest.door == .program(["python3", "/plugins/p/p.py"]))
    #expect(manifest.estimators.map(\.id) == ["p-1"])
    #expect(manifest.estimators[0].parameters[1].defaultValue == .number(1))
    #expect(manifest.estimators[0].traits.minimumSamples == 4)
    #expect(!manifest.estimators[0].traits.isDeterministic)
  }

  @Test(arguments: [
    ("\"mi.plugin/1\"", "\"mi.plugin/2\"", "schema"),
    ("\"p-1\"", "\"P 1\"", "id"),
    ("\"continuous-continuous\"", "\"numbers\"", "kinds"),
    ("\"default\": 3", "\"default\": 30", "default of k"),
    ("\"default\": \"a\"", "\"default\": \"c\"", "default of rule"),
    ("\"type\": \"integer\"", "\"type\": \"whole\"", "type"),
    ("\"maximum\": 10", "\"maximum\": -10", "range"),
    ("\"maximum\": 10", "\"maximum\": 1e300", "range"),
    ("\"program\": [\"python3\", \"{folder}/p.py\"]", "\"program\": []", "program"),
    ("\"program\"", "\"other\"", "exactly one"),
    ("\"name\": \"k\"", "\"name\": \"h\"", "two parameters"),
    ("]}", "", "not JSON"),
  ])
  func isRefused(_ old: String, _ new: String, _ word: String) {
    let text = Self.good.replacingOccurrences(of: old, with: new)
    #expect(text != Self.good)
    do {
      _ = try PluginManifest(json: Array(text.utf8), folder: "/plugins/p")
      Issue.record("it was read")
    } catch {
      #expect(error.code == .pluginInvalid)
      #expect(error.description.contains(word), "\(error.description)")
    }
  }

  @Test func mutatedFilesDoNoHarm() {
    var random = SystemRandomNumberGenerator()
    var refused = 0
    for _ in 0..<5_000 {
      var bytes = Array(Self.good.utf8)
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(
          in: 0...255, using: &random)
      }
      do throws(EstimatorError) {
        _ = try PluginManifest(json: bytes, folder: "/p")
      } catch {
        refused += 1
      }
    }
    #expect(refused > 1000)
  }

  @Test func deepJSONIsRefused() {
    let deep = String(repeating: "[", count: 100_000)
    #expect(throws: EstimatorError.self) {
      try PluginManifest(json: Array(deep.utf8), folder: "/p")
    }
  }

  @Test func searchRunsNothingAndReportsTheBroken() throws {
    let folder = Tools.scratch()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    for (name, text) in [("good", Self.good), ("bad", "{")] {
      try FileManager.default.createDirectory(
        atPath: "\(folder)/\(name)", withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o700])
      try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/\(name)/plugin.json"))
    }
    // Its script would leave a file, if it were run.
    try Data("open('\(folder)/ran', 'w')".utf8).write(
      to: URL(fileURLWithPath: "\(folder)/good/p.py"))
    let host = try Tools.host()
    let (found, failures) = host.search(folder)
    #expect(found.map(\.name) == ["p"])
    #expect(failures.map(\.code) == [.pluginInvalid])
    #expect(try host.entries(of: found[0]).map(\.descriptor.id) == ["p-1"])
    #expect(!FileManager.default.fileExists(atPath: "\(folder)/ran"))
  }

  @Test(arguments: [(0o777, 0o700), (0o700, 0o666), (0o1777, 0o700)])
  func whatOthersMayChangeIsRefused(_ folderMode: Int, _ fileMode: Int) throws {
    let folder = Tools.scratch()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let path = "\(folder)/plugin.json"
    try Data(Self.good.utf8).write(to: URL(fileURLWithPath: path))
    try FileManager.default.setAttributes([.posixPermissions: fileMode], ofItemAtPath: path)
    chmod(folder, mode_t(folderMode))
    let host = try Tools.host()
    do {
      _ = try host.find(folder)
      Issue.record("it was taken")
    } catch {
      // The script that it names is missing, but that is looked at later.
      #expect(error.code == .pluginUntrusted)
    }
    let trusting = try Tools.host { $0.trust = true }
    #expect(try trusting.find(folder).name == "p")
  }
}

@Suite struct CommandLineTemplateTests {
  @Test(arguments: [
    ("a b  c", ["a", "b", "c"]), ("'a b' c", ["a b", "c"]), ("\"a 'b\" c\\ d", ["a 'b", "c d"]),
    ("a '' b", ["a", "", "b"]), ("x=\"1 2\"", ["x=1 2"]),
  ])
  func isCutIntoWords(_ text: String, _ words: [String]) throws {
    #expect(try CommandLineTemplate.split(text) == words)
  }

  @Test(arguments: [
    ("Rscript ksg.R {csv} {dx} {dy}", "ksg"), ("python3 /a/My_MI.py {csv}", "my-mi"),
    ("my=python3 a.py {csv}", "my"), ("./estimate {csv} 3", "estimate"),
  ])
  func isNamedAfterItsScript(_ text: String, _ name: String) throws {
    #expect(try CommandLineTemplate(text).name == name)
  }

  @Test func placeholdersAreFilledEverywhere() throws {
    let template = try CommandLineTemplate("p --file={csv} {dx}x{dy} {other}")
    #expect(
      template.filled(["csv": "/a b", "dx": "1", "dy": "2"])
        == ["p", "--file=/a b", "1x2", "{other}"])
  }
}
