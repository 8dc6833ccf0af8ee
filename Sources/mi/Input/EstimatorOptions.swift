// SPDX-License-Identifier: MIT

import ArgumentParser
import EstimatorAPI
import Harness

/// Which estimators, with which parameters.
struct EstimatorOptions: ParsableArguments {
  @Option(
    name: [.customShort("e"), .long], help: "An estimator's id (repeatable); see mi list.")
  var estimator: [String] = []

  @Option(
    name: [.customShort("p"), .long],
    help: ArgumentHelp(
      "For every chosen estimator that has it, or ID:name=value (repeatable).",
      valueName: "name=value"))
  var parameter: [String] = []

  /// The chosen estimators with their parameters.
  ///
  /// - Throws: an unknown estimator, or a parameter that none of them has.
  func choices(
    _ registry: EstimatorRegistry, default ids: [String] = []
  ) throws -> [EstimatorChoice] {
    let ids = estimator.isEmpty ? ids : estimator
    let entries = try ids.map { try registry.entry($0) }
    var texts = [[String: String]](repeating: [:], count: ids.count)
    for argument in parameter {
      let parameter = try ParameterArgument(argument)
      let owners = entries.indices.filter { index in
        let descriptor = entries[index].descriptor
        return parameter.estimator.map { $0 == descriptor.id }
          ?? descriptor.parameters.contains { $0.name == parameter.name }
      }
      guard !owners.isEmpty else {
        throw noOwner(of: parameter, among: entries.map(\.descriptor))
      }
      for index in owners { texts[index][parameter.name] = parameter.value }
    }
    return zip(ids, texts).map { EstimatorChoice($0, $1) }
  }

  /// The parameters of an estimator that the data will choose.
  func unownedTexts() throws -> [String: String] {
    var texts: [String: String] = [:]
    for argument in parameter {
      let parameter = try ParameterArgument(argument)
      texts[parameter.name] = parameter.value
    }
    return texts
  }

  private func noOwner(
    of parameter: ParameterArgument, among descriptors: [EstimatorDescriptor]
  ) -> any Error {
    if let id = parameter.estimator {
      return ValidationError("-p \(id):\(parameter.name) names \(id), which is not among -e.")
    }
    if descriptors.count == 1 {
      return EstimatorError.unknownParameter(
        parameter.name, of: descriptors[0].id, known: descriptors[0].parameters.map(\.name))
    }
    let ids = descriptors.map(\.id).joined(separator: ", ")
    return EstimatorError(
      .unknownParameter, "None of \(ids) has a parameter \"\(parameter.name)\".")
  }
}

/// `[ID:]name=value`.
private struct ParameterArgument {
  let estimator: String?
  let name: String
  let value: String

  init(_ argument: String) throws {
    guard let equals = argument.firstIndex(of: "="), equals != argument.startIndex else {
      throw ValidationError("-p \(argument): it needs the form name=value.")
    }
    value = String(argument[argument.index(after: equals)...])
    let left = argument[..<equals]
    if let colon = left.firstIndex(of: ":") {
      estimator = String(left[..<colon])
      name = String(left[left.index(after: colon)...])
    } else {
      estimator = nil
      name = String(left)
    }
  }
}
