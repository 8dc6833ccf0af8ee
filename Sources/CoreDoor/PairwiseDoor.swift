// SPDX-License-Identifier: MIT
// The public functions are named and documented in mi_core.h.
// swift-format-ignore-file: AlwaysUseLowerCamelCase, AllPublicDeclarationsHaveDocumentation

public import CCoreDoor
import EstimatorAPI
import Estimators
import Harness

@c @implementation
public func mi_core_pairwise(
  _ core: OpaquePointer, _ estimator: UnsafePointer<CChar>?, _ parameters: UnsafePointer<CChar>,
  _ x: UnsafePointer<mi_array>, _ y: UnsafePointer<mi_array>?, _ call: UnsafePointer<mi_call>
) -> OpaquePointer {
  Call.run(call) { call in
    let registry = Core.of(core).registry
    let texts = CoreDoor.parameters(parameters)
    if let estimator { _ = try registry.make(String(cString: estimator), texts) }
    guard let samples = try variable(x).variable.samples else {
      throw EstimatorError(
        .unsupportedKinds, "X holds labels; pairs are of continuous columns.")
    }
    let target = try y.map { try variable($0).variable }
    let named = estimator.map { String(cString: $0) }
    let id = named ?? (target?.labels == nil ? "ksg-1" : "ross")
    let pairs = try ColumnPairs(samples, target: target)
    let progress = { @Sendable (share: Double) in call.progress(share, id) }
    let outcomes =
      named == nil && pairs.needPlans
      ? try pairs.plannedEstimates(
        registry, texts, seed: call.seed, threads: call.threads, progress: progress,
        isCancelled: call.isCancelled)
      : try pairs.estimates(
        by: try registry.make(id, named == nil ? standardizing(texts) : texts), seed: call.seed,
        threads: call.threads,
        progress: progress, isCancelled: call.isCancelled)
    let columns = samples.dimension
    var numbers = [Double](repeating: .nan, count: target == nil ? columns * columns : columns)
    for outcome in outcomes {
      guard let nats = try? outcome.result.get().information.nats else { continue }
      if let other = outcome.y {
        numbers[outcome.x * columns + other] = nats
        numbers[other * columns + outcome.x] = nats
      } else {
        numbers[outcome.x] = nats
      }
    }
    let answer = PairwiseAnswer(estimator: id, outcomes)
    return Answer(numbers: numbers) { try answerJSON(answer) }
  }
}

/// Columns of a table have units of their own, so the default standardizes them.
private func standardizing(_ parameters: [String: String]) -> [String: String] {
  parameters.merging(["scale": "standardize"]) { own, _ in own }
}

/// What the matrix does not say.
private struct PairwiseAnswer: Encodable {
  struct Failure: Encodable {
    let x: Int
    let y: Int?
    let code: String
    let status: Int32
    let error: String
  }

  struct Warning: Encodable {
    let x: Int
    let y: Int?
    let warnings: [EstimateWarning]
  }

  let estimator: String
  var failures: [Failure] = []
  var warnings: [Warning] = []

  init(estimator: String, _ outcomes: [ColumnPairs.Outcome]) {
    self.estimator = estimator
    for outcome in outcomes {
      switch outcome.result {
      case .failure(let error):
        failures.append(
          Failure(
            x: outcome.x, y: outcome.y, code: error.code.rawValue,
            status: error.code.exitStatus, error: error.description))
      case .success(let estimate) where !estimate.warnings.isEmpty:
        warnings.append(Warning(x: outcome.x, y: outcome.y, warnings: estimate.warnings))
      case .success: break
      }
    }
  }
}
