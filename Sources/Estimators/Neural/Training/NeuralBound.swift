// SPDX-License-Identifier: MIT

package import EstimatorAPI

/// The one way in which all neural bounds estimate: an objective, a plan, folds in parallel.
package struct NeuralBound: Sendable {
  private let descriptor: EstimatorDescriptor
  private let plan: TrainingPlan
  private let objective: any Objective
  private let kind: EstimateKind

  /// Creates the estimation of `objective`.
  package init(
    _ descriptor: EstimatorDescriptor, plan: TrainingPlan, objective: any Objective,
    kind: EstimateKind
  ) {
    self.descriptor = descriptor
    self.plan = plan
    self.objective = objective
    self.kind = kind
  }

  /// Trains, evaluates on held-out rows and joins the folds.
  ///
  /// - Throws: `diverged`, `cancelled`, `constantColumn`, or what the traits rule out.
  package func estimate(_ request: EstimationRequest) throws(EstimatorError) -> Estimate {
    try descriptor.checkAccepts(request)
    let x = try NetworkInput(request.x, side: "x")
    let y = try NetworkInput(request.y, side: "y")
    _ = singleThreadedBLAS
    let folds = plan.foldCount(rows: request.count)
    let splits = try RowSplit.splits(
      rows: request.count, folds: folds, groups: request.groups, seed: request.seed)
    let watch = TrainingWatch(request, total: folds * plan.steps)
    let results = parallelMap(folds, threads: request.threads) { fold in
      train(x, y, splits[fold], fold: fold, seed: request.seed, watch: watch)
    }
    var outcomes: [FoldOutcome] = []
    for result in results { outcomes.append(try result.get()) }
    return summary(outcomes, splits: splits, rows: request.count, oneHot: x.isOneHot || y.isOneHot)
  }

  private func train(
    _ x: NetworkInput, _ y: NetworkInput, _ split: RowSplit, fold: Int, seed: UInt64,
    watch: TrainingWatch
  ) -> Result<FoldOutcome, EstimatorError> {
    let random = RandomSource(seed: seed, 0x464F_4C44, UInt64(fold))
    do throws(EstimatorError) {
      switch plan.critic {
      case .joint:
        var training = FoldTraining<JointCritic<Float>>(
          plan: plan, objective: objective, x: x, y: y, split: split, random: random, watch: watch)
        return .success(try training.run())
      case .separable:
        var training = FoldTraining<SeparableCritic<Float>>(
          plan: plan, objective: objective, x: x, y: y, split: split, random: random, watch: watch)
        return .success(try training.run())
      }
    } catch {
      return .failure(error)
    }
  }

  private func summary(
    _ outcomes: [FoldOutcome], splits: [RowSplit], rows: Int, oneHot: Bool
  ) -> Estimate {
    let evaluated = outcomes.reduce(0) { $0 + $1.pointwise.count }
    var (sum, spread) = (0.0, 0.0)
    for fold in outcomes {
      sum += fold.pointwise.reduce(0, +)
      let mean = fold.influence.reduce(0, +) / Double(fold.influence.count)
      spread += fold.influence.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    }
    var pointwise: [Double]?
    if evaluated == rows {
      var ordered = [Double](repeating: 0, count: rows)
      for (fold, split) in zip(outcomes, splits) {
        for (row, value) in zip(split.evaluation, fold.pointwise) { ordered[row] = value }
      }
      pointwise = ordered
    }
    var diagnostics: [String: DiagnosticValue] = [
      "folds": .integer(outcomes.count),
      "evaluatedRows": .integer(evaluated),
      "trainingRows": .integer(splits[0].training.count),
      "stoppingRows": .integer(splits[0].stopping.count),
      "foldNats": .numbers(outcomes.map(\.value)),
      "bestSteps": .numbers(outcomes.map { Double($0.bestStep) }),
      "steps": .numbers(outcomes.map { Double($0.steps) }),
      "normalScoredColumnsX": .integer(outcomes.map(\.scoredColumns.x).max() ?? 0),
      "normalScoredColumnsY": .integer(outcomes.map(\.scoredColumns.y).max() ?? 0),
      "gaussianBaselineFolds": .integer(outcomes.filter(\.hasBaseline).count),
      "learningCurve": .numbers(outcomes[0].curve),
      "learningCurveEvery": .integer(plan.checkEvery),
    ]
    if oneHot { diagnostics["labelEncoding"] = .text("one column a class, standardized") }
    if let ceiling = outcomes.compactMap(\.ceiling).min() {
      diagnostics["ceilingNats"] = .number(ceiling)
    }
    return Estimate(
      Information(nats: sum / Double(evaluated)), kind: kind,
      standardError: Information(nats: spread.squareRoot() / Double(evaluated)),
      pointwise: pointwise, diagnostics: diagnostics, warnings: warnings(outcomes))
  }

  private func warnings(_ outcomes: [FoldOutcome]) -> [EstimateWarning] {
    var warnings: [EstimateWarning] = []
    let improving = outcomes.filter { $0.steps == plan.steps && $0.bestStep == $0.steps }.count
    if improving > 0 {
      warnings.append(
        EstimateWarning(
          code: "stillImproving",
          message: "\(improving) of \(outcomes.count) folds were still improving after "
            + "\(plan.steps) steps; raise steps."))
    }
    for (number, fold) in outcomes.enumerated() {
      // Within 15% of the ceiling the candidates, not the data, set the value.
      guard let ceiling = fold.ceiling, fold.value > 0.85 * ceiling else { continue }
      warnings.append(
        EstimateWarning(
          code: "ceiling",
          message: "Fold \(number) reached \(fold.value) nats of a possible \(ceiling), the log of "
            + "its candidates; the truth may be far greater."))
      break
    }
    return warnings
  }
}
