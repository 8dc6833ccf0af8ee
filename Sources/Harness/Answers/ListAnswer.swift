// SPDX-License-Identifier: MIT

package import EstimatorAPI

/// The shape of `mi list --json`.
package struct ListAnswer: Encodable {
  package let schema = "mi.list/1"
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
    let given: [VariableKind]
    let estimateKind: EstimateKind
    let minimumSamples: Int
    @Nullable var maximumDimension: Int?
    let deterministic: Bool
    let invariances: [Invariance]
    let resampling: [Resampling]
    let groups: GroupHandling
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

  package init(_ entries: [EstimatorRegistry.Entry], wrappers: [EstimatorWrapper]) {
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
        kinds: traits.kinds, given: traits.given, estimateKind: traits.estimateKind,
        minimumSamples: traits.minimumSamples,
        maximumDimension: traits.maximumDimension,
        deterministic: traits.isDeterministic, invariances: traits.invariances,
        resampling: traits.resampling, groups: traits.groups,
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
