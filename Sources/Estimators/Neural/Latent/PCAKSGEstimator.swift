// SPDX-License-Identifier: MIT

public import EstimatorAPI

/// KSG on the leading principal components of each side: the cheapest way past the curse of
/// dimension, and the one that ``LatentEstimator`` must beat.
///
/// Components are fitted on the training rows of each fold, their number is the one with the most
/// information on its stopping rows, and ksg-1 runs on its evaluation rows with its bias taken off
/// by a Gaussian twin (diagnostics `plainNats`, `twinCorrectionNats`).
///
/// Fails where what is shared has little variance: components of nuisance come first then, and the
/// number is near zero. Cost: O(n d min(n, d)) for the components.
///
/// ```swift
/// let estimate = try PCAKSGEstimator(["latents": "4"])
///   .estimate(EstimationRequest(x: .samples(x), y: .samples(y)))
/// ```
public struct PCAKSGEstimator: StaticEstimator {
  /// Takes any number of dimensions.
  public static let descriptor = EstimatorDescriptor(
    id: "pca-ksg", version: "1",
    summary: "ksg-1 on principal components of each side",
    reference: "Kraskov, Stoegbauer, Grassberger 2004, doi:10.1103/PhysRevE.69.066138",
    traits: EstimatorTraits(
      kinds: [.continuous], minimumSamples: 100, isDeterministic: false, invariances: [],
      resampling: [.subsampling]),
    parameters: [
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
    ])

  private let folds: LatentFolds
  private let latents: Int

  /// Keeps the parameters.
  public init(parameters: ParameterValues) throws(EstimatorError) {
    folds = LatentFolds(
      descriptor: Self.descriptor, folds: parameters.integer("folds"),
      latents: parameters.integer("latents"),
      information: LatentInformation(
        neighbors: parameters.integer("k"), twins: parameters.integer("twins")),
      stepsPerFold: 0)
    latents = parameters.integer("latents")
  }

  /// Learns latents on some rows and measures them on others.
  ///
  /// - Throws: `unsupportedKinds`, `tooFewSamples`, `constantColumn` or `cancelled`.
  public func estimate(_ request: EstimationRequest) throws(EstimatorError) -> Estimate {
    let latents = latents
    return try folds.estimate(request) { x, y, split, _, _ in
      let sides = [x, y].map { ReducedSide($0, training: split.training, components: latents) }
      func projected(_ side: ReducedSide) -> (stopping: Matrix, evaluation: Matrix) {
        (side.rows(split.stopping), side.rows(split.evaluation))
      }
      return .success(
        FoldLatents(
          x: projected(sides[0]), y: projected(sides[1]),
          facts: [
            "varianceShareX": sides[0].varianceShare, "varianceShareY": sides[1].varianceShare,
          ]))
    }
  }
}
