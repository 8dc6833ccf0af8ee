// SPDX-License-Identifier: MIT
// The public functions are named and documented in mi_core.h.
// swift-format-ignore-file: AlwaysUseLowerCamelCase, AllPublicDeclarationsHaveDocumentation

public import CCoreDoor
import EstimatorAPI
import Harness

@c @implementation
public func mi_core_pairwise(
  _ core: OpaquePointer, _ estimator: UnsafePointer<CChar>?, _ parameters: UnsafePointer<CChar>,
  _ x: UnsafePointer<mi_array>, _ y: UnsafePointer<mi_array>?, _ call: UnsafePointer<mi_call>
) -> OpaquePointer {
  Call.run(call) { call in
    let registry = Core.of(core).registry
    let operation = try PairwiseOperation(
      estimator.map { String(cString: $0) }, CoreDoor.parameters(parameters), registry)
    let outcome = try operation.run(
      variable(x).variable, target: y.map { try variable($0).variable }, registry: registry,
      seed: call.seed, threads: call.threads, progress: call.progress,
      isCancelled: call.isCancelled)
    return Answer(numbers: outcome.numbers) { try answerJSON(PairwiseAnswer(outcome)) }
  }
}
