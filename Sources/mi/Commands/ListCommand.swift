// SPDX-License-Identifier: MIT

import ArgumentParser
import EstimatorAPI
import Harness

struct ListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "The registered estimators with their parameters.",
    discussion: """
      EXAMPLES
        mi list
        mi list ksg-1        one estimator in full
        mi list --json
      """)

  @Argument(help: "Show these estimators in full.")
  var ids: [String] = []

  @OptionGroup var shared: SharedOptions

  func run() throws {
    try reporting {
      let registry = try shared.registry()
      let entries = ids.isEmpty ? registry.entries : try ids.map { try registry.entry($0) }
      if shared.json {
        try printJSON(ListAnswer(entries, wrappers: registry.wrappers))
      } else if ids.isEmpty {
        var table = TextTable("id", "takes", "summary")
        for entry in entries {
          let kinds = entry.descriptor.traits.kinds.map(\.rawValue).joined(separator: ", ")
          table.add(entry.descriptor.id, kinds, entry.descriptor.summary)
        }
        print(table.text)
        print("\nBefore any of them, as in rank+ksg-1:")
        var wrappers = TextTable("wrapper", "does", "parameters")
        for wrapper in registry.wrappers {
          let parameters = wrapper.parameters.map { "\($0.name)=\($0.defaultValue)" }
          wrappers.add(wrapper.name, wrapper.summary, parameters.joined(separator: " "))
        }
        print(wrappers.text)
        print("\nmi list ID shows one with its parameters and reference.")
      } else {
        print(entries.map(fullText).joined(separator: "\n\n"))
      }
    }
  }

  private func fullText(_ entry: EstimatorRegistry.Entry) -> String {
    let descriptor = entry.descriptor
    var lines = [
      "\(descriptor.id)  (version \(descriptor.version), \(entry.origin))",
      "  \(descriptor.summary)",
      "  takes:      \(descriptor.traits.kinds.map(\.rawValue).joined(separator: ", "))",
      "  reference:  \(descriptor.reference)",
    ]
    if !descriptor.traits.given.isEmpty {
      let kinds = descriptor.traits.given.map(\.rawValue).joined(separator: " or ")
      lines.insert("  given:      \(kinds) variables (--given)", at: 3)
    }
    for parameter in descriptor.parameters {
      lines.append(
        "  -p \(parameter.name)=\(parameter.defaultValue)  \(parameter.meaning) "
          + "(\(parameter.type))")
    }
    return lines.joined(separator: "\n")
  }
}
