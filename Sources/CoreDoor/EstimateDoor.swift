// SPDX-License-Identifier: MIT
// The public functions are named and documented in mi_core.h.
// swift-format-ignore-file: AlwaysUseLowerCamelCase, AllPublicDeclarationsHaveDocumentation

public import CCoreDoor
import EstimatorAPI
import Estimators
import Harness

@c @implementation
public func mi_core_estimate(
  _ core: OpaquePointer, _ estimator: UnsafePointer<CChar>?, _ parameters: UnsafePointer<CChar>,
  _ x: UnsafePointer<mi_array>, _ y: UnsafePointer<mi_array>, _ given: UnsafePointer<mi_array>?,
  _ groups: UnsafePointer<mi_array>?, _ permutations: Int64, _ surrogates: UnsafePointer<CChar>?,
  _ call: UnsafePointer<mi_call>,
  _ number: UnsafeMutablePointer<mi_number>
) -> OpaquePointer {
  var settings = EstimateSettings()
  settings.permutations = Int(permutations)
  settings.surrogates = surrogates.map { String(cString: $0) }
  return estimate(core, estimator, parameters, (x, y, given, groups), { settings }, call, number)
}

@c @implementation
public func mi_core_estimate_with(
  _ core: OpaquePointer, _ estimator: UnsafePointer<CChar>?, _ parameters: UnsafePointer<CChar>,
  _ x: UnsafePointer<mi_array>, _ y: UnsafePointer<mi_array>, _ given: UnsafePointer<mi_array>?,
  _ groups: UnsafePointer<mi_array>?, _ options: UnsafePointer<CChar>,
  _ call: UnsafePointer<mi_call>, _ number: UnsafeMutablePointer<mi_number>
) -> OpaquePointer {
  estimate(
    core, estimator, parameters, (x, y, given, groups),
    { () throws(EstimatorError) in try CoreDoor.options(options, as: EstimateSettings.self) },
    call, number)
}

/// The options of an estimate.
private struct EstimateSettings: Decodable {
  var permutations = 0
  var surrogates: String?
  var normalize: [String] = []
}

private func estimate(
  _ core: OpaquePointer, _ estimator: UnsafePointer<CChar>?, _ parameters: UnsafePointer<CChar>,
  _ arrays: (
    x: UnsafePointer<mi_array>, y: UnsafePointer<mi_array>, given: UnsafePointer<mi_array>?,
    groups: UnsafePointer<mi_array>?
  ), _ settings: () throws(EstimatorError) -> EstimateSettings, _ call: UnsafePointer<mi_call>,
  _ number: UnsafeMutablePointer<mi_number>
) -> OpaquePointer {
  let (x, y, given, groups) = arrays
  return Call.run(call) { call in
    let settings = try settings()
    let registry = Core.of(core).registry
    let texts = CoreDoor.parameters(parameters)
    // A misspelt estimator or parameter is reported before the data are read.
    let name = estimator.map { String(cString: $0) }
    let isDefault = EstimateOperation.isDefault(name)
    let named = isDefault ? nil : try registry.entry(name ?? "")
    let chosen = try named.map { ($0, try $0.descriptor.resolve(texts)) }
    let how = try settings.surrogates.map { try Surrogates(option: $0) }
    let scales = try settings.normalize.map { try Normalization(option: $0) }
    try EstimateOperation.check(
      permutations: settings.permutations, surrogates: how, isConditional: given != nil,
      hasGroups: groups != nil)
    let (first, second) = (try variable(x).variable, try variable(y).variable)
    let third = try given.map { try variable($0).variable }
    let plan =
      isDefault
      ? DefaultPlan(
        first, second, given: third, neighborsOnly: texts["theiler"] != nil) : nil
    let entry = try chosen?.0 ?? registry.entry(plan?.estimator ?? "")
    let request = try EstimationRequest(
      x: first, y: second, given: third,
      groups: try groupLabels(groups)?.codes.map(Int.init),
      seed: call.seed, threads: call.threads,
      progress: { call.progress($0, entry.descriptor.id) }, isCancelled: call.isCancelled)
    let operation = EstimateOperation(
      entry: entry, parameters: try chosen?.1 ?? entry.descriptor.resolve(texts), plan: plan,
      permutations: settings.permutations, surrogates: how, normalizations: scales)
    let outcome = try operation.runInterruptibly(request)
    number.pointee = mi_number(outcome)
    return Answer(numbers: outcome.estimate.pointwise ?? []) {
      try answerJSON(
        EstimateAnswer(operation, outcome, given: request, variables: [], timing: false))
    }
  }
}

@c @implementation
public func mi_core_describe(
  _ x: UnsafePointer<mi_array>, _ y: UnsafePointer<mi_array>?
) -> OpaquePointer {
  answering {
    let arrays = [try variable(x)] + (try y.map { [try variable($0)] } ?? [])
    // Made here, as the arrays are borrowed.
    let json = try answerJSON(
      DescribeAnswer(arrays.map(\.variable), variables: arrays.map(\.record)))
    return Answer { json }
  }
}

extension mi_number {
  fileprivate init(_ outcome: EstimateOperation.Outcome) {
    let (estimate, request) = (outcome.estimate, outcome.request)
    self.init(
      nats: estimate.information.nats, standard_error: estimate.standardError?.nats ?? .nan,
      n: Int64(request.count), dx: Int64(request.x.dimension), dy: Int64(request.y.dimension),
      classes: (request.y.labels ?? request.x.labels).map { Int64($0.classCount) } ?? -1,
      kind: estimate.kind == .estimate ? 0 : estimate.kind == .lowerBound ? 1 : 2,
      warnings: Int32(estimate.warnings.count))
  }
}
