// SPDX-License-Identifier: MIT
// The public functions are named and documented in mi_core.h.
// swift-format-ignore-file: AlwaysUseLowerCamelCase, AllPublicDeclarationsHaveDocumentation

public import CCoreDoor
import EstimatorAPI
import Harness

@c @implementation
public func mi_core_lags(
  _ core: OpaquePointer, _ estimator: UnsafePointer<CChar>?, _ parameters: UnsafePointer<CChar>,
  _ x: UnsafePointer<mi_array>, _ y: UnsafePointer<mi_array>, _ groups: UnsafePointer<mi_array>?,
  _ options: UnsafePointer<CChar>, _ call: UnsafePointer<mi_call>
) -> OpaquePointer {
  Call.run(call) { call in
    let settings = try CoreDoor.options(options, as: LagsSettings.self)
    _ = try settings.checked()
    let registry = Core.of(core).registry
    let (id, texts) = try named(estimator, parameters, registry)
    let operation = try LagsOperation(
      settings, estimator: id, texts, registry, x: variable(x).variable, y: variable(y).variable,
      groups: groupLabels(groups)?.codes.map(Int.init), seed: call.seed, threads: call.threads,
      isCancelled: call.isCancelled)
    let outcome = try operation.run { call.progress($0, "lags") }
    // Made here, as the arrays are borrowed.
    let json = try answerJSON(
      LagsAnswer(operation, outcome, seed: call.seed, variables: [], timing: false))
    return Answer(numbers: outcome.pointwise ?? []) { json }
  }
}

@c @implementation
public func mi_core_transfer(
  _ core: OpaquePointer, _ estimator: UnsafePointer<CChar>?, _ parameters: UnsafePointer<CChar>,
  _ source: UnsafePointer<mi_array>, _ target: UnsafePointer<mi_array>,
  _ given: UnsafePointer<mi_array>?, _ groups: UnsafePointer<mi_array>?,
  _ options: UnsafePointer<CChar>, _ call: UnsafePointer<mi_call>
) -> OpaquePointer {
  Call.run(call) { call in
    let settings = try CoreDoor.options(options, as: TransferSettings.self)
    _ = try settings.checked()
    let registry = Core.of(core).registry
    let (id, texts) = try named(estimator, parameters, registry)
    let operation = try TransferOperation(
      settings, estimator: id, texts, registry, source: variable(source).variable,
      target: variable(target).variable, given: given.map { try variable($0).variable },
      groups: groupLabels(groups)?.codes.map(Int.init), seed: call.seed, threads: call.threads,
      isCancelled: call.isCancelled)
    let outcome = try operation.run { call.progress($0, "transfer") }
    // Made here, as the arrays are borrowed.
    let json = try answerJSON(
      TransferAnswer(
        operation, outcome, settings, seed: call.seed, variables: [], timing: false))
    return Answer(numbers: outcome.pointwise ?? []) { json }
  }
}

/// The estimator's id, nil for the default, and its parameters; misspelt ones are reported before the data
/// are read.
private func named(
  _ estimator: UnsafePointer<CChar>?, _ parameters: UnsafePointer<CChar>,
  _ registry: EstimatorRegistry
) throws -> (id: String?, texts: [String: String]) {
  let id = estimator.map { String(cString: $0) }
  let texts = CoreDoor.parameters(parameters)
  guard !EstimateOperation.isDefault(id) else { return (nil, texts) }
  _ = try registry.make(id ?? "", texts)
  return (id, texts)
}
