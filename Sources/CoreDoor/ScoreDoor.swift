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
    let registry = Core.of(core).registry
    let options = try CoreDoor.options(options, as: ScoreOptions.self)
    try options.check()
    let scorer = Scorer(
      replicates: options.replicates, seed: call.seed, threads: call.threads,
      progress: { call.progress(-1, $0) }, isCancelled: call.isCancelled)
    let choices =
      options.estimators.isEmpty
      ? ScoreStudy.defaultEstimators(registry).map { EstimatorChoice($0) } : options.estimators
    for choice in choices { _ = try registry.make(choice.id, choice.parameters) }
    var scorecards: [Scorecard] = []
    var failures: [ScoreFailure] = []
    for choice in choices {
      let entry = try registry.entry(choice.id)
      let study = ScoreStudy(
        entry, n: options.n, dx: options.dx, dy: options.dy, classes: options.classes,
        levels: options.levels)
      do throws(EstimatorError) {
        let made = try study.scorecard(
          entry, try entry.descriptor.resolve(choice.parameters), scorer)
        scorecards.append(options.timing ? made : made.withoutTiming())
      } catch {
        guard error.code != .cancelled else { throw error }
        failures.append(ScoreFailure(estimator: choice.id, error: error.description))
      }
    }
    let answer = ScoreAnswer(scorecards: scorecards, failures: failures)
    return Answer { try answerJSON(answer) }
  }
}

private struct ScoreOptions: Decodable {
  let estimators: [EstimatorChoice]
  let n: Int
  let dx: Int
  let dy: Int
  let classes: Int
  let levels: [Double]
  let replicates: Int
  let timing: Bool

  func check() throws(EstimatorError) {
    try within("n", n, 2...100_000_000)
    try within("dx", dx, 1...2000)
    try within("dy", dy, 1...2000)
    try within("classes", classes, 2...100_000)
    try within("replicates", replicates, 2...1_000_000)
    guard n <= 1_000_000_000 / (dx + dy) else {
      throw .option("n", found: "\(n)", needed: "at most 1000000000 numbers in n x (dx + dy)")
    }
    guard !levels.isEmpty, levels.allSatisfy({ $0 >= 0 && $0.isFinite }),
      zip(levels, levels.dropFirst()).allSatisfy({ $0 < $1 })
    else {
      throw .option("mi", found: "\(levels)", needed: "rising numbers of nats, at least 0")
    }
  }
}
