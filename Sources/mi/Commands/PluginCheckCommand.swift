// SPDX-License-Identifier: MIT

import ArgumentParser
import EstimatorAPI
import EstimatorConformance
import Harness
import PluginHost

struct PluginCheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "The conformance suite, on a plugin or on any estimator.",
    discussion: """
      Which checks apply follows from the traits that the estimator declares. Exit
      status 0 where nothing failed but what was declared to fail, and 1 else.

      EXAMPLES
        mi plugin check ksg-1
        mi plugin check ./libksg.so --json
        mi plugin check ./ksg.py --only units --only knownValues
        mi plugin check kde --expect-failure 'additivity=600 rows do not fill 4 columns'
      """)

  @Argument(help: "Ids of estimators, or plugins.")
  var targets: [String]

  @Option(help: ArgumentHelp("Only this check (repeatable).", valueName: "name"))
  var only: [String] = []

  @Flag(help: "Only the quick checks, those that run whenever a plugin is started.")
  var quick = false

  @Option(
    help: ArgumentHelp("A check known to fail, and why (repeatable).", valueName: "name=reason"))
  var expectFailure: [String] = []

  @Option(
    name: [.customShort("p"), .long],
    help: ArgumentHelp("A parameter (repeatable).", valueName: "name=value"))
  var parameter: [String] = []

  @OptionGroup var shared: SharedOptions

  func validate() throws {
    let known = ConformanceCheck.all.map(\.name)
    for name in only + expectFailure.map({ String($0.prefix { $0 != "=" }) })
    where !known.contains(name) {
      throw ValidationError("There is no check \"\(name)\"; mi plugin check ksg-1 shows them all.")
    }
    for text in expectFailure + parameter where !text.contains("=") {
      throw ValidationError("\"\(text)\" needs the form name=value.")
    }
  }

  func run() throws {
    var reports: [ConformanceReport] = []
    try reporting {
      let registry = try shared.registry()
      let host = try PluginHost(shared.plugins.options)
      let progress = ProgressLine()
      var suite = quick ? ConformanceSuite.quick : ConformanceSuite()
      if !only.isEmpty { suite.checks = suite.checks.filter { only.contains($0.name) } }
      suite.isCancelled = Cancellation.listen()
      for target in targets {
        for (entry, expected) in try subjects(target, registry, host) {
          suite.progress = { progress.show("\(entry.descriptor.id): \($0)") }
          reports.append(
            try suite.run(
              entry, parameters: Self.pairs(parameter),
              expectedFailures: expected
                + Self.pairs(expectFailure).map { ExpectedFailure($0.key, $0.value) }))
        }
      }
      progress.clear()
      if shared.json {
        try printJSON(CheckOutput(passed: reports.allSatisfy(\.passed), reports: reports))
      } else {
        print(reports.map(text).joined(separator: "\n\n"))
      }
    }
    guard reports.allSatisfy(\.passed) else { throw ExitCode(1) }
  }

  /// What a target names, with its declared failures: an id that is known, or else a plugin.
  ///
  /// A plugin is not supervised here: the suite is to see what the plugin does by itself.
  private func subjects(
    _ target: String, _ registry: EstimatorRegistry, _ host: PluginHost
  ) throws -> [(EstimatorRegistry.Entry, [ExpectedFailure])] {
    if registry.entries.contains(where: { $0.descriptor.id == target }) {
      return [(try registry.entry(target), ExpectedFailure.ofBuiltIn(target))]
    }
    let isPath = target.contains("/") || target.contains(".") || target.contains("{")
    guard isPath else { return [(try registry.entry(target), [])] }
    let plugin = try host.find(target)
    return try host.entries(of: plugin, supervised: false).map { ($0, plugin.expectedFailures) }
  }

  private func text(_ report: ConformanceReport) -> String {
    var table = TextTable("check", "outcome", "found")
    for result in report.results where result.outcome != .notApplicable {
      table.add(
        result.check, result.outcome.rawValue,
        result.outcome == .failed ? "\(result.claim) Found: \(result.found)" : result.found)
    }
    let others = report.results.filter { $0.outcome == .notApplicable }.map(\.check)
    let rest = others.isEmpty ? "" : "\nnot claimed: \(others.joined(separator: ", "))"
    let count = report.failures.count
    let verdict = count == 0 ? "conforms" : "fails \(count) checks"
    return "\(table.text)\(rest)\n\(report.estimator) (version \(report.version)) \(verdict)"
  }

  private static func pairs(_ texts: [String]) -> [String: String] {
    var pairs: [String: String] = [:]
    for text in texts {
      let name = text.prefix { $0 != "=" }
      pairs[String(name)] = String(text.dropFirst(name.count + 1))
    }
    return pairs
  }
}

/// The shape of `mi plugin check --json`.
private struct CheckOutput: Encodable {
  var schema = "mi.plugin.check/1"
  let passed: Bool
  let reports: [ConformanceReport]
}
