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
    id: "pca-ksg", version: "3",
    summary: "ksg-1 on principal components of each side",
    reference: "Kraskov, Stoegbauer, Grassberger 2004, doi:10.1103/PhysRevE.69.066138",
    traits: EstimatorTraits(
      kinds: [.continuous], minimumSamples: 100, isDeterministic: false, invariances: [],
      resampling: [.subsampling], groups: .kept),
    parameters: LatentFolds.parameters)

  private let folds: LatentFolds

  /// Keeps the parameters.
  public init(parameters: ParameterValues) throws(EstimatorError) {
    folds = try LatentFolds(Self.descriptor, parameters)
  }

  /// Learns latents on some rows and measures them on others.
  ///
  /// - Throws: `unsupportedKinds`, `tooFewSamples`, `constantColumn` or `cancelled`.
  public func estimate(_ request: EstimationRequest) throws(EstimatorError) -> Estimate {
    let (latents, marginals) = (folds.latents, folds.marginals)
    return try folds.estimate(request) { x, y, split, _, _ in
      let sides = [x, y].map {
        ReducedSide(
          $0, training: split.training, components: latents, marginals: marginals)
      }
      func projected(_ side: ReducedSide) -> (stopping: Matrix, evaluation: Matrix) {
        (side.rows(split.stopping), side.rows(split.evaluation))
      }
      return .success([
        FoldLatents(
          x: projected(sides[0]), y: projected(sides[1]),
          facts: [
            "varianceShareX": sides[0].varianceShare, "varianceShareY": sides[1].varianceShare,
            "normalScoredColumns": Double(sides.reduce(0) { $0 + $1.scoredColumns }),
          ])
      ])
    }
  }
}
