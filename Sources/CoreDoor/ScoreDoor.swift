// SPDX-License-Identifier: MIT
// The public functions are named and documented in mi_core.h.
// swift-format-ignore-file: AlwaysUseLowerCamelCase, AllPublicDeclarationsHaveDocumentation

public import CCoreDoor
import EstimatorAPI
import Harness

@c @implementation
public func mi_core_score(
  _ core: OpaquePointer, _ options: UnsafePointer<CChar>, _ call: UnsafePointer<mi_call>
) -> OpaquePointer {
  Call.run(call) { call in
    let operation = try CoreDoor.options(options, as: ScoreOperation.self)
    let outcome = try operation.run(
      Core.of(core).registry, seed: call.seed, threads: call.threads,
      progress: { call.progress(-1, $0) }, isCancelled: call.isCancelled)
    return Answer { try answerJSON(ScoreAnswer(outcome)) }
  }
}
