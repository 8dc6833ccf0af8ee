// SPDX-License-Identifier: MIT
// The public functions are named and documented in mi_core.h.
// swift-format-ignore-file: AlwaysUseLowerCamelCase, AllPublicDeclarationsHaveDocumentation

public import CCoreDoor
import EstimatorAPI
import Harness

@c @implementation
public func mi_core_bench(
  _ core: OpaquePointer, _ options: UnsafePointer<CChar>, _ call: UnsafePointer<mi_call>
) -> OpaquePointer {
  Call.run(call) { call in
    let operation = try CoreDoor.options(options, as: BenchOperation.self)
    let outcome = try operation.run(
      operation.plan(Core.of(core).registry),
      executor: InProcessExecutor(
        deadline: operation.deadline.map { .seconds($0) }, measuresMemory: false),
      threads: call.threads,
      progress: { progress in
        let done = progress.ran + progress.passed
        let whole = done + progress.left
        call.progress(
          whole == 0 ? 1 : Double(done) / Double(whole), "\(done) of \(whole) trials")
      },
      isCancelled: call.isCancelled)
    if let interruption = outcome.interruption { throw interruption }
    let answer = BenchRunAnswer(store: operation.store, summary: outcome.summary)
    return Answer { try answerJSON(answer) }
  }
}

@c @implementation
public func mi_core_bench_report(_ store: UnsafePointer<CChar>) -> OpaquePointer {
  answering {
    let summary = try BenchSummary(ResultStore(existing: String(cString: store)))
    let answer = BenchReportAnswer(BenchReport(summary))
    return Answer { try answerJSON(answer) }
  }
}

@c @implementation
public func mi_core_trials(_ store: UnsafePointer<CChar>) -> OpaquePointer {
  answering {
    var lines = ""
    try ResultStore(existing: String(cString: store)).export(.jsonl) { lines += $0 }
    let text = lines
    return Answer { text }
  }
}

@c @implementation
public func mi_core_store(_ store: UnsafePointer<CChar>) -> OpaquePointer {
  answering {
    let studies = try ResultStore(existing: String(cString: store)).incompleteStudies()
    let answer = StoreAnswer(studies)
    return Answer { try answerJSON(answer) }
  }
}
