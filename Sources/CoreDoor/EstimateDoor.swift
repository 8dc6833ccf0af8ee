// SPDX-License-Identifier: MIT
// The public functions are named and documented in mi_core.h.
// swift-format-ignore-file: AlwaysUseLowerCamelCase, AllPublicDeclarationsHaveDocumentation

public import CCoreDoor
import EstimatorAPI
import Harness

@c @implementation
public func mi_core_estimate(
  _ core: OpaquePointer, _ estimator: UnsafePointer<CChar>?, _ parameters: UnsafePointer<CChar>,
  _ x: UnsafePointer<mi_array>, _ y: UnsafePointer<mi_array>, _ given: UnsafePointer<mi_array>?,
  _ permutations: Int64, _ call: UnsafePointer<mi_call>, _ number: UnsafeMutablePointer<mi_number>
) -> OpaquePointer {
  Call.run(call) { call in
    let registry = Core.of(core).registry
    let texts = CoreDoor.parameters(parameters)
    // A misspelt estimator or parameter is reported before the data are read.
    let named = try estimator.map { try registry.entry(String(cString: $0)) }
    let chosen = try named.map { ($0, try $0.descriptor.resolve(texts)) }
    try within("permutations", Int(permutations), 0...1_000_000_000)
    guard permutations == 0 || given == nil else {
      throw EstimatorError(
        .invalidOption,
        "Permutations test independence of x and y, which a given variable does not ask for; "
          + "leave one of them out.")
    }
    let (first, second) = (try variable(x), try variable(y))
    let third = try given.map { try variable($0).variable }
    let entry: EstimatorRegistry.Entry
    let values: ParameterValues
    if let chosen {
      (entry, values) = chosen
    } else {
      let kind = PairKind(first.variable, second.variable)
      let rows = min(first.variable.count, second.variable.count)
      entry = try registry.entry(
        defaultEstimator(for: kind, rows: rows, isConditional: third != nil))
      values = try entry.descriptor.resolve(texts)
    }
    let request = try EstimationRequest(
      x: first.variable, y: second.variable, given: third, seed: call.seed, threads: call.threads,
      progress: { call.progress($0, entry.descriptor.id) }, isCancelled: call.isCancelled)
    let made = try entry.make(values)
    let estimate = try made.finiteEstimate(request)
    let test =
      permutations == 0
      ? nil : try PermutationTest(made, request, permutations: Int(permutations))
    let answer = EstimateAnswer(
      descriptor: entry.descriptor, parameters: values, request: request, estimate: estimate,
      test: test, variables: [], seconds: nil)
    number.pointee = mi_number(answer)
    return Answer(numbers: estimate.pointwise ?? []) { try answerJSON(answer) }
  }
}

extension mi_number {
  fileprivate init(_ answer: EstimateAnswer) {
    self.init(
      nats: answer.nats, standard_error: answer.standardErrorNats ?? .nan, n: Int64(answer.n),
      dx: Int64(answer.dx), dy: Int64(answer.dy), classes: Int64(answer.classes ?? -1),
      kind: answer.kind == .estimate ? 0 : answer.kind == .lowerBound ? 1 : 2,
      warnings: Int32(answer.warnings.count))
  }
}
