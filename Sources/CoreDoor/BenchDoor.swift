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
    let options = try CoreDoor.options(options, as: BenchOptions.self)
    let plan = try options.plan(Core.of(core).registry)
    let results = try ResultStore(path: options.store)
    if options.retry {
      for one in plan.configurations {
        try results.removeFailures(
          estimator: one.descriptor.id, version: one.descriptor.version,
          parameters: one.canonicalParameters)
      }
    }
    let runner = BenchRunner(
      threads: call.threads,
      executor: InProcessExecutor(
        deadline: options.deadline.map { .seconds($0) }, measuresMemory: false),
      progress: { progress in
        let done = progress.ran + progress.passed
        let whole = done + progress.left
        call.progress(
          whole == 0 ? 1 : Double(done) / Double(whole), "\(done) of \(whole) trials")
      },
      isCancelled: call.isCancelled)
    let summary = try runner.run(plan, into: results)
    let answer = BenchRunAnswer(store: options.store, summary: summary)
    return Answer { try answerJSON(answer) }
  }
}

private struct BenchOptions: Decodable {
  let suite: String
  let tasks: [String]
  let estimators: [EstimatorChoice]
  let sizes: [Int]
  let seeds: [Int]
  let store: String
  let deadline: Double?
  let retry: Bool

  func plan(_ registry: EstimatorRegistry) throws(EstimatorError) -> BenchPlan {
    guard !estimators.isEmpty else {
      throw .option("estimators", found: "empty", needed: "at least one")
    }
    for size in sizes { try within("n", size, 2...100_000_000) }
    for seed in seeds { try within("seeds", seed, 0...Int.max) }
    if let deadline, !(deadline > 0 && deadline < 1e9) {
      throw .option("deadline", found: "\(deadline)", needed: "seconds above 0")
    }
    var configurations: [BenchConfiguration] = []
    for choice in estimators {
      configurations.append(try BenchConfiguration(choice, registry: registry))
    }
    let whole = try TaskSuite.named(suite)
    var chosen: Set<String> = []
    for pattern in tasks {
      let found = whole.filtered(pattern).tasks.map(\.id)
      guard !found.isEmpty else {
        throw .option("tasks", found: "\"\(pattern)\"", needed: "a task of suite \(suite)")
      }
      chosen.formUnion(found)
    }
    return BenchPlan(
      configurations: configurations,
      tasks: whole.tasks.filter { chosen.isEmpty || chosen.contains($0.id) }, suite: suite,
      sizes: Array(Set(sizes)).sorted(), seeds: Array(Set(seeds)).sorted())
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
