// SPDX-License-Identifier: MIT

public import EstimatorAPI

/// Latent mutual information: both sides are encoded so that each code predicts the other side, and
/// the codes of held-out rows are given to ksg-1 (Gowri, Lun, Klein and Yin 2024, arXiv:2409.02732).
///
/// For data of many columns that share few dimensions. By the data processing inequality the codes
/// share at most what the data share, so apart from KSG's own error the number is too low, the more
/// so the more dimensions are shared; full-rank dependence in many columns is missed.
///
/// ## What differs from the published package
///
/// - Three sets of rows in each fold: the networks learn from one, stop by another, and are
///   measured on a third. Two folds evaluate every row once (the package: one half, which is also
///   the half that stops the training).
/// - The best weights are copied, and no dropout is on while they are chosen (there is none).
/// - Inputs are the leading principal components of the standardized columns; networks are one
///   hidden layer beside a linear map, and the linear part starts at its closed-form answer: the
///   singular vectors of the cross-covariance, and least squares. Training adds what is not linear.
/// - Latents are turned to canonical axes, and stopping rows choose how many are measured: columns
///   without information cost KSG precision.
/// - KSG's bias is taken off by a Gaussian twin; `twins=0` gives KSG as it is, and the diagnostics
///   `plainNats` and `twinCorrectionNats` always have both parts.
///
/// ## Assumptions and failures
///
/// Independent rows. What is shared must show in the conditional mean of one side given the other:
/// symmetric dependence (x on a circle) is not seen by squared error. Columns that do not look normal
/// go to normal scores where the stopping rows give a larger bound with them (`marginals`); standardized ones are
/// clipped at ten standard deviations (diagnostics `normalScoredColumns`, `clippedValues`). No standard error is given: subsample rows,
/// without replacement. Cost: O(n d min(n, d)) for the components, then steps of small networks.
///
/// ```swift
/// let estimate = try LatentEstimator().estimate(EstimationRequest(x: .samples(x), y: .samples(y)))
/// ```
public struct LatentEstimator: StaticEstimator {
  /// Takes any number of dimensions.
  public static let descriptor = EstimatorDescriptor(
    id: "lmi", version: "3",
    summary: "latent MI: cross-predictive autoencoders, then ksg-1 on held-out latents",
    reference: "Gowri, Lun, Klein, Yin 2024, arXiv:2409.02732",
    traits: EstimatorTraits(
      kinds: [.continuous], minimumSamples: 100, isDeterministic: false, invariances: [],
      resampling: [.subsampling], groups: .kept),
    parameters: LatentFolds.parameters + [
      ParameterSpecification(
        "components", .integer(1...4096), default: .integer(64),
        meaning: "most principal components of a side that the autoencoders see"),
      ParameterSpecification(
        "hidden", .integer(1...4096), default: .integer(64),
        meaning: "width of the hidden layer of each encoder and decoder"),
      ParameterSpecification(
        "reconstruction", .number(0...1000), default: .number(0.2),
        meaning: "weight of a side's own reconstruction against that of the other side"),
      ParameterSpecification(
        "steps", .integer(0...10_000_000), default: .integer(1000),
        meaning: "most training steps of a fold; 0 keeps the linear start"),
      ParameterSpecification(
        "batch", .integer(2...4096), default: .integer(256), meaning: "rows of a training step"),
      ParameterSpecification(
        "learningRate", .number(1e-9...1000), default: .number(0.001),
        meaning: "step size of Adam"),
      ParameterSpecification(
        "patience", .integer(1...10_000_000), default: .integer(200),
        meaning: "steps without a better prediction of the stopping rows before training ends"),
      ParameterSpecification(
        "checkEvery", .integer(1...10_000_000), default: .integer(20),
        meaning: "steps between two looks at the stopping rows"),
    ])

  private let folds: LatentFolds
  private let plan: LatentPlan

  /// Keeps the parameters.
  public init(parameters: ParameterValues) throws(EstimatorError) {
    folds = try LatentFolds(Self.descriptor, parameters, steps: try parameters.integer("steps"))
    plan = LatentPlan(
      marginals: folds.marginals, latents: try parameters.integer("latents"),
      components: try parameters.integer("components"),
      hidden: try parameters.integer("hidden"),
      reconstruction: try parameters.number("reconstruction"),
      steps: try parameters.integer("steps"), batch: try parameters.integer("batch"),
      learningRate: try parameters.number("learningRate"),
      patience: try parameters.integer("patience"),
      checkEvery: try parameters.integer("checkEvery"))
  }

  /// Learns latents on some rows and measures them on others.
  ///
  /// - Throws: `unsupportedKinds`, `tooFewSamples`, `constantColumn`, `diverged` or `cancelled`.
  public func estimate(_ request: EstimationRequest) throws(EstimatorError) -> Estimate {
    let plan = plan
    return try folds.estimate(request) { x, y, split, fold, watch in
      do throws(EstimatorError) {
        var learned: [FoldLatents] = []
        for marginals in Self.choices(x, y, split, plan) {
          var plan = plan
          plan.marginals = marginals
          learned.append(
            try Self.learn(x, y, split, plan, seed: request.seed, fold: fold, watch: watch))
        }
        return .success(learned)
      } catch {
        return .failure(error)
      }
    }
  }

  /// With `auto`, both maps where they differ in more columns than chance explains: normal scores
  /// tame tails, but the mean of a square is easier to predict than that of its score.
  private static func choices(
    _ x: NetworkInput, _ y: NetworkInput, _ split: RowSplit, _ plan: LatentPlan
  ) -> [MarginalMap.Choice] {
    guard plan.marginals == .auto else { return [plan.marginals] }
    let scored = [x, y].map {
      Marginals($0, rows: split.training, choice: .auto).scoredColumns
    }
    return scored[0] * 20 > x.dimension || scored[1] * 20 > y.dimension
      ? [.auto, .standardize] : [.standardize]
  }

  private static func learn(
    _ x: NetworkInput, _ y: NetworkInput, _ split: RowSplit, _ plan: LatentPlan, seed: UInt64,
    fold: Int, watch: TrainingWatch
  ) throws(EstimatorError) -> FoldLatents {
    let sides = [x, y].map {
      ReducedSide(
        $0, training: split.training, components: plan.components, marginals: plan.marginals)
    }
    let sets = [split.training, split.stopping, split.evaluation]
    var random = RandomSource(seed: seed, 0x4C4D_4900, UInt64(fold))
    let training = LatentTraining(
      plan: plan, x: sets.map { sides[0].rows($0) }, y: sets.map { sides[1].rows($0) },
      random: &random, watch: watch)
    let found = try training.run(random: random)
    // Latents have arbitrary axes; canonical ones of unit variance put what is shared first.
    let (a, b) = (found.x[0].centered(), found.y[0].centered())
    let canonical = CanonicalAnalysis(x: a, y: b)
    let clipped = sides.map { side in sets.reduce(0) { $0 + side.clippedValues($1) } }
    return FoldLatents(
      x: (multiply(found.x[1], canonical.x), multiply(found.x[2], canonical.x)),
      y: (multiply(found.y[1], canonical.y), multiply(found.y[2], canonical.y)),
      facts: [
        "varianceShareX": sides[0].varianceShare, "varianceShareY": sides[1].varianceShare,
        "bestSteps": Double(found.bestStep), "steps": Double(found.steps),
        "clippedValues": Double(clipped.reduce(0, +)),
        "normalScoredColumns": Double(sides.reduce(0) { $0 + $1.scoredColumns }),
      ], curve: found.curve)
  }
}
