// SPDX-License-Identifier: MIT

import EstimatorAPI

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// A trial as a pool asks for it: places in the plan that both processes made from the same words.
struct TrialRequest: Codable {
  let configuration: Int
  let task: Int
  /// The task's id, to notice a plan that differs.
  let name: String
  let n: Int
  let seed: Int

  init(_ trial: PlannedTrial) {
    configuration = trial.configuration
    task = trial.task
    name = trial.key.task
    n = trial.key.n
    seed = trial.key.seed
  }
}

/// What a child answers.
struct TrialReply: Codable {
  let outcome: Trial.Outcome
  let seconds: Double
  let peakMemory: Int?
}

/// Serves trials to a ``WorkerPool`` until there are no more lines to read.
///
/// - Parameters:
///   - plan: estimators and tasks in the same order as the pool's.
///   - input: gives the next line, nil at the end.
///   - output: takes a line.
public func serveTrials(
  of plan: BenchPlan, input: () -> String?, output: (String) -> Void
) {
  let executor = InProcessExecutor(deadline: nil, measuresMemory: true)
  while let line = input() {
    guard let request = try? JSONDecoder().decode(TrialRequest.self, from: Data(line.utf8)),
      plan.configurations.indices.contains(request.configuration),
      plan.tasks.indices.contains(request.task), plan.tasks[request.task].id == request.name
    else { preconditionFailure("a request that is not of this plan: \(line)") }
    let configuration = plan.configurations[request.configuration]
    let trial = PlannedTrial(
      key: TrialKey(
        estimator: configuration.descriptor.id, version: configuration.descriptor.version,
        parameters: configuration.canonicalParameters, task: request.name, n: request.n,
        seed: request.seed),
      configuration: request.configuration, task: request.task)
    guard let record = executor.run(trial, of: plan, isCancelled: { false }) else { continue }
    output(
      canonicalJSONText(
        TrialReply(
          outcome: record.outcome, seconds: record.seconds, peakMemory: record.peakMemory)))
  }
}
