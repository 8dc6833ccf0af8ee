// SPDX-License-Identifier: MIT

package import EstimatorAPI

/// A descriptor as it is written in plugin.json and in the answer to `initialize`: the keys of
/// `mi list --json`, where all but the id and the kinds may be left out.
package struct WireDescriptor: Codable, Hashable, Sendable {
  package struct Parameter: Codable, Hashable, Sendable {
    package let name: String
    /// integer, number, choice or flag.
    package let type: String
    package let `default`: ParameterValue
    package var minimum: Double?
    package var maximum: Double?
    package var choices: [String]?
    package var meaning: String?
  }

  package let id: String
  package var version: String?
  package var summary: String?
  package var reference: String?
  package let kinds: [PairKind]
  package var minimumSamples: Int?
  package var maximumDimension: Int?
  package var deterministic: Bool?
  package var estimateKind: EstimateKind?
  package var invariances: [Invariance]?
  package var resampling: [Resampling]?
  /// What it does with groups of rows; left out: it refuses them.
  package var groups: GroupHandling?
  package var parameters: [Parameter]?

  /// The checked descriptor.
  ///
  /// - Throws: `pluginInvalid` with the field, the found and the needed.
  package func checked(plugin: String) throws(EstimatorError) -> EstimatorDescriptor {
    func refuse(_ sentence: String) -> EstimatorError {
      .plugin(.pluginInvalid, plugin, "describes an estimator that cannot be used: \(sentence).")
    }
    let letters = "abcdefghijklmnopqrstuvwxyz0123456789-"
    guard !id.isEmpty, id.count <= 64, id.allSatisfy({ letters.contains($0) }), id.first != "-"
    else {
      throw refuse("the id is \"\(id.prefix(80))\"; it needs lower case, digits and hyphens")
    }
    guard !kinds.isEmpty, Set(kinds).count == kinds.count else {
      throw refuse("\(id) has no kinds, or one twice")
    }
    let minimum = minimumSamples ?? 4
    guard minimum >= 1, minimum <= 1_000_000_000 else {
      throw refuse("minimumSamples of \(id) is \(minimum); it needs a number of at least 1")
    }
    if let maximumDimension, maximumDimension < 2 {
      throw refuse("maximumDimension of \(id) is \(maximumDimension); dx + dy is at least 2")
    }
    var specifications: [ParameterSpecification] = []
    for parameter in parameters ?? [] {
      specifications.append(try parameter.checked(estimator: id, refuse))
    }
    guard Set(specifications.map(\.name)).count == specifications.count else {
      throw refuse("\(id) has two parameters of one name")
    }
    return EstimatorDescriptor(
      id: id, version: version ?? "1", summary: summary ?? "", reference: reference ?? "",
      traits: EstimatorTraits(
        kinds: kinds, minimumSamples: minimum, maximumDimension: maximumDimension,
        isDeterministic: deterministic ?? false, estimateKind: estimateKind ?? .estimate,
        invariances: invariances ?? [], resampling: resampling ?? [], groups: groups ?? .refused),
      parameters: specifications)
  }
}

extension WireDescriptor.Parameter {
  fileprivate func checked(
    estimator: String, _ refuse: (String) -> EstimatorError
  ) throws(EstimatorError) -> ParameterSpecification {
    guard let first = name.first, first.isLowercase, name.count <= 64,
      name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") })
    else { throw refuse("\(estimator) has a parameter \"\(name.prefix(80))\"; it needs a name") }
    let kind: ParameterType
    switch type {
    case "integer":
      let low = minimum.map { Int(exactly: $0) } ?? 0
      let high = maximum.map { Int(exactly: $0) } ?? Int.max
      guard let low, let high, low <= high else { throw refuse("the range of \(name) is empty") }
      kind = .integer(low...high)
    case "number":
      let low = minimum ?? -Double.greatestFiniteMagnitude
      let high = maximum ?? Double.greatestFiniteMagnitude
      guard low <= high else { throw refuse("the range of \(name) is empty") }
      kind = .number(low...high)
    case "choice":
      guard let choices, !choices.isEmpty else { throw refuse("\(name) has no choices") }
      kind = .choice(choices)
    case "flag": kind = .flag
    default:
      throw refuse(
        "\(name) is of type \"\(type.prefix(40))\"; it needs integer, number, choice or flag")
    }
    var value = `default`
    if case (.number, .integer(let whole)) = (kind, value) { value = .number(Double(whole)) }
    let specification = ParameterSpecification(
      name, kind, default: value, meaning: meaning ?? "")
    // The default must lie in the declared range.
    let probe = EstimatorDescriptor(
      id: estimator, version: "", summary: "", reference: "",
      traits: EstimatorTraits(kinds: [.continuous], minimumSamples: 1),
      parameters: [specification])
    guard let parsed = try? probe.resolve([name: value.description]),
      parsed.values[name] == value
    else { throw refuse("the default of \(name) is \(value); it needs \(kind)") }
    return specification
  }

  /// The parameter of a specification; the types that have no word on the wire give nil.
  package init?(_ specification: ParameterSpecification) {
    var minimum: Double?
    var maximum: Double?
    var choices: [String]?
    let type: String
    switch specification.type {
    case .integer(let range):
      type = "integer"
      minimum = Double(range.lowerBound)
      maximum = range.upperBound == Int.max ? nil : Double(range.upperBound)
    case .number(let range):
      type = "number"
      minimum = range.lowerBound
      maximum = range.upperBound
    case .choice(let words):
      type = "choice"
      choices = words
    case .flag: type = "flag"
    case .integers: return nil
    }
    self.init(
      name: specification.name, type: type, default: specification.defaultValue,
      minimum: minimum, maximum: maximum, choices: choices, meaning: specification.meaning)
  }
}

extension WireDescriptor {
  /// The wire form of a descriptor.
  package init(_ descriptor: EstimatorDescriptor) {
    let traits = descriptor.traits
    self.init(
      id: descriptor.id, version: descriptor.version, summary: descriptor.summary,
      reference: descriptor.reference, kinds: traits.kinds,
      minimumSamples: traits.minimumSamples, maximumDimension: traits.maximumDimension,
      deterministic: traits.isDeterministic, estimateKind: traits.estimateKind,
      invariances: traits.invariances, resampling: traits.resampling, groups: traits.groups,
      parameters: descriptor.parameters.compactMap { Parameter($0) })
  }
}
