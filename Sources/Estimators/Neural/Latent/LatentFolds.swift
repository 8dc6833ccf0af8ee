// SPDX-License-Identifier: MIT

package import EstimatorAPI

/// Latents of the three sets of a fold, each side rows x latents, the most informative column first.
package struct FoldLatents {
  /// x of the stopping and of the evaluation rows.
  package var x: (stopping: Matrix, evaluation: Matrix)
  /// y of the same rows.
  package var y: (stopping: Matrix, evaluation: Matrix)
  /// Facts of the fold by name, joined over the folds in the diagnostics.
  package var facts: [String: Double]
  /// The learning curve, where something was trained.
  package var curve: [Double]?

  /// Creates latents.
  package init(
    x: (stopping: Matrix, evaluation: Matrix), y: (stopping: Matrix, evaluation: Matrix),
    facts: [String: Double] = [:], curve: [Double]? = nil
  ) {
    self.x = x
    self.y = y
    self.facts = facts
    self.curve = curve
  }
}

/// What lmi, cca-ksg and pca-ksg have in common: latents learned on some rows, KSG on others.
///
/// In each fold maps to the latents are learned on the training rows, the map and the number of
/// latent columns are those with the most information on the stopping rows, and the estimate is made on
/// the evaluation rows, which had no say in either. By the data processing inequality the latents
/// share at most the information of the data, whatever the map.
package struct LatentFolds: Sendable {
  package let latents: Int
  package let marginals: MarginalMap.Choice
  private let descriptor: EstimatorDescriptor
  private let folds: Int
  private let information: LatentInformation
  private let stepsPerFold: Int

  /// The parameters that all three take.
  package static let parameters = [
    ParameterSpecification(
      "latents", .integer(1...64), default: .integer(8),
      meaning: "most latent columns of a side; stopping rows choose how many are used"),
    ParameterSpecification(
      "k", .integer(1...1000), default: .integer(3), meaning: "neighbors of ksg-1"),
    ParameterSpecification(
      "twins", .integer(0...1000), default: .integer(8),
      meaning: "Gaussian twins that take the bias off ksg-1; 0 leaves it in"),
    ParameterSpecification(
      "folds", .integer(1...100), default: .integer(2),
      meaning: "folds of cross-fitting; 1 evaluates a fifth of the rows"),
    MarginalMap.parameter,
  ]

  /// Reads ``parameters``; a fold makes at most `steps` training steps.
  package init(
    _ descriptor: EstimatorDescriptor, _ values: ParameterValues, steps: Int = 0
  ) throws(EstimatorError) {
    self.descriptor = descriptor
    latents = try values.integer("latents")
    marginals = try MarginalMap.Choice(values)
    folds = try values.integer("folds")
    information = LatentInformation(
      neighbors: try values.integer("k"), twins: try values.integer("twins"))
    stepsPerFold = steps
  }

  /// The maps of one fold, at least one; the stopping rows choose among them.
  package typealias Learning =
    @Sendable (
      _ x: NetworkInput, _ y: NetworkInput, _ split: RowSplit, _ fold: Int, _ watch: TrainingWatch
    ) -> Result<[FoldLatents], EstimatorError>

  private struct Outcome: Sendable {
    var value: LatentInformation.Value
    var columns: Int
    var rows: Int
    var facts: [String: Double]
    var curve: [Double]?
  }

  /// Runs the folds and joins them, each weighted by its evaluation rows.
  ///
  /// - Throws: what the map or ksg-1 throws, `constantColumn` or `cancelled`.
  package func estimate(
    _ request: EstimationRequest, _ learn: @escaping Learning
  ) throws(EstimatorError) -> Estimate {
    try descriptor.checkAccepts(request)
    let x = try NetworkInput(request.x, side: "x")
    let y = try NetworkInput(request.y, side: "y")
    let splits = try RowSplit.splits(
      rows: request.count, folds: folds, groups: request.groups, seed: request.seed,
      stoppingShare: 0.125)
    let watch = TrainingWatch(request, total: folds * stepsPerFold)
    let results = parallelMap(folds, threads: request.threads) { fold in
      learn(x, y, splits[fold], fold, watch).flatMap { latents in
        evaluate(latents, seed: request.seed &+ UInt64(fold), watch: watch)
      }
    }
    var outcomes: [Outcome] = []
    for result in results { outcomes.append(try result.get()) }
    var estimate = summary(outcomes, splits)
    try reportTies(request, in: &estimate)
    return estimate
  }

  /// Warns of equal rows of a side: the map keeps them equal, or nearly, which ksg-1 reads as
  /// dependence.
  private func reportTies(
    _ request: EstimationRequest, in estimate: inout Estimate
  ) throws(EstimatorError) {
    let (x, y) = try request.continuousPair(for: descriptor)
    let ties = [x, y].map { coincidentRows(Columns($0)) }
    estimate.diagnostics["tiesX"] = .integer(ties[0])
    estimate.diagnostics["tiesY"] = .integer(ties[1])
    guard ties != [0, 0] else { return }
    estimate.warnings.append(
      EstimateWarning(
        code: "ties",
        message:
          "\(ties[0]) of \(request.count) rows share their x with another row and \(ties[1]) "
          + "their y; the neighbors of \(descriptor.id) assume continuous data."))
  }

  private func evaluate(
    _ candidates: [FoldLatents], seed: UInt64, watch: TrainingWatch
  ) -> Result<Outcome, EstimatorError> {
    do throws(EstimatorError) {
      var best: (found: FoldLatents, columns: Int, nats: Double)?
      for found in candidates {
        let most = min(latents, found.x.stopping.columns, found.y.stopping.columns)
        for columns in stride(from: 1, through: most, by: 1) {
          try watch.check()
          let value = try information.measure(
            x: found.x.stopping.prefix(columns: columns),
            y: found.y.stopping.prefix(columns: columns), seed: seed, watch: watch)
          if value.nats > best?.nats ?? -.infinity { best = (found, columns, value.nats) }
        }
      }
      guard let (found, columns, _) = best else {
        throw EstimatorError(.failed, "No latent column varies in the training rows.")
      }
      let value = try information.measure(
        x: found.x.evaluation.prefix(columns: columns),
        y: found.y.evaluation.prefix(columns: columns), seed: seed &+ 1, watch: watch)
      return .success(
        Outcome(
          value: value, columns: columns, rows: found.x.evaluation.rows, facts: found.facts,
          curve: found.curve))
    } catch {
      return .failure(error)
    }
  }

  private func summary(_ outcomes: [Outcome], _ splits: [RowSplit]) -> Estimate {
    let rows = outcomes.reduce(0) { $0 + $1.rows }
    func mean(_ part: (Outcome) -> Double) -> Double {
      outcomes.reduce(0) { $0 + Double($1.rows) * part($1) } / Double(rows)
    }
    var diagnostics: [String: DiagnosticValue] = [
      "folds": .integer(outcomes.count),
      "evaluatedRows": .integer(rows),
      "trainingRows": .integer(splits[0].training.count),
      "stoppingRows": .integer(splits[0].stopping.count),
      "foldNats": .numbers(outcomes.map(\.value.nats)),
      "latentColumns": .numbers(outcomes.map { Double($0.columns) }),
      "plainNats": .number(mean(\.value.plain)),
      "twinCorrectionNats": .number(mean(\.value.correction)),
    ]
    for name in outcomes[0].facts.keys {
      diagnostics[name] = .numbers(outcomes.map { $0.facts[name] ?? 0 })
    }
    if let curve = outcomes[0].curve { diagnostics["learningCurve"] = .numbers(curve) }
    var warnings: [EstimateWarning] = []
    let improving = outcomes.count { fold in
      fold.facts["steps"] == Double(stepsPerFold) && fold.facts["bestSteps"] == fold.facts["steps"]
    }
    if improving > 0 {
      warnings.append(
        EstimateWarning(
          code: "stillImproving",
          message: "\(improving) of \(outcomes.count) folds were still improving after "
            + "\(stepsPerFold) steps; raise steps."))
    }
    return Estimate(
      Information(nats: mean(\.value.nats)), diagnostics: diagnostics, warnings: warnings)
  }
}
