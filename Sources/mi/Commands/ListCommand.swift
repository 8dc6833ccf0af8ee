// SPDX-License-Identifier: MIT

import ArgumentParser
import EstimatorAPI

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
        try printJSON(EstimatorList(entries, wrappers: registry.wrappers))
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
    for parameter in descriptor.parameters {
      lines.append(
        "  -p \(parameter.name)=\(parameter.defaultValue)  \(parameter.meaning) "
          + "(\(parameter.type))")
    }
    return lines.joined(separator: "\n")
  }
}

/// The shape of `mi list --json`.
private struct EstimatorList: Encodable {
  let schema = "mi.list/1"
  let estimators: [Item]
  let wrappers: [Wrapper]

  struct Wrapper: Encodable {
    let name: String
    let summary: String
    let parameters: [Parameter]
  }

  struct Item: Encodable {
    let id: String
    let version: String
    let summary: String
    let kinds: [PairKind]
    let estimateKind: EstimateKind
    let minimumSamples: Int
    @Nullable var maximumDimension: Int?
    let deterministic: Bool
    let invariances: [Invariance]
    let resampling: [Resampling]
    let parameters: [Parameter]
    let reference: String
    let origin: String
  }

  struct Parameter: Encodable {
    let name: String
    let type: String
    let `default`: ParameterValue
    let range: String
    let meaning: String

    init(_ parameter: ParameterSpecification) {
      name = parameter.name
      type = parameter.type.name
      `default` = parameter.defaultValue
      range = parameter.type.description
      meaning = parameter.meaning
    }
  }

  init(_ entries: [EstimatorRegistry.Entry], wrappers: [EstimatorWrapper]) {
    self.wrappers = wrappers.map { wrapper in
      Wrapper(
        name: wrapper.name, summary: wrapper.summary,
        parameters: wrapper.parameters.map(Parameter.init))
    }
    estimators = entries.map { entry in
      let descriptor = entry.descriptor
      let traits = descriptor.traits
      return Item(
        id: descriptor.id, version: descriptor.version, summary: descriptor.summary,
        kinds: traits.kinds, estimateKind: traits.estimateKind,
        minimumSamples: traits.minimumSamples,
        maximumDimension: Nullable(wrappedValue: traits.maximumDimension),
        deterministic: traits.isDeterministic, invariances: traits.invariances,
        resampling: traits.resampling,
        parameters: descriptor.parameters.map(Parameter.init),
        reference: descriptor.reference, origin: entry.origin)
    }
  }
}

extension ParameterType {
  /// The name of the type in JSON.
  fileprivate var name: String {
    switch self {
    case .integer: "integer"
    case .number: "number"
    case .choice: "choice"
    case .flag: "flag"
    case .integers: "integers"
    }
  }
}
