// SPDX-License-Identifier: MIT

public import EstimatorAPI

/// KSG on the leading canonical variables of each side, after principal components.
///
/// The linear cousin of ``LatentEstimator``: it finds what is linearly shared, with closed forms
/// and no training. Directions are fitted on the training rows of each fold, their number is the
/// one with the most information on its stopping rows, and ksg-1 runs on its evaluation rows with
/// its bias taken off by a Gaussian twin (diagnostics `plainNats`, `twinCorrectionNats`).
///
/// Fails where the shared part is not linear (x against x^2: zero) or lies beyond the principal
/// components kept. Cost: O(n d min(n, d)) for the components.
///
/// ```swift
/// let estimate = try CCAKSGEstimator(["components": "32"])
///   .estimate(EstimationRequest(x: .samples(x), y: .samples(y)))
/// ```
public struct CCAKSGEstimator: StaticEstimator {
  /// Takes any number of dimensions.
  public static let descriptor = EstimatorDescriptor(
    id: "cca-ksg", version: "3",
    summary: "ksg-1 on canonical variables of the principal components",
    reference:
      "Hotelling 1936, doi:10.1093/biomet/28.3-4.321; Kraskov et al. 2004, doi:10.1103/PhysRevE.69.066138",
    traits: EstimatorTraits(
      kinds: [.continuous], minimumSamples: 100, isDeterministic: false, invariances: [],
      resampling: [.subsampling], groups: .kept),
    parameters: LatentFolds.parameters + [
      ParameterSpecification(
        "components", .integer(1...4096), default: .integer(64),
        meaning: "most principal components of a side that the canonical analysis sees")
    ])

  private let folds: LatentFolds
  private let components: Int

  /// Keeps the parameters.
  public init(parameters: ParameterValues) throws(EstimatorError) {
    folds = try LatentFolds(Self.descriptor, parameters)
    components = try parameters.integer("components")
  }

  /// Learns latents on some rows and measures them on others.
  ///
  /// - Throws: `unsupportedKinds`, `tooFewSamples`, `constantColumn` or `cancelled`.
  public func estimate(_ request: EstimationRequest) throws(EstimatorError) -> Estimate {
    let (components, marginals) = (components, folds.marginals)
    return try folds.estimate(request) { x, y, split, _, _ in
      // A canonical analysis of more columns than a tenth of the rows fits noise.
      let count = max(1, min(components, split.training.count / 10))
      let sides = [x, y].map {
        ReducedSide(
          $0, training: split.training, components: count, marginals: marginals)
      }
      let canonical = CanonicalAnalysis(
        x: sides[0].rows(split.training), y: sides[1].rows(split.training))
      return .success([
        FoldLatents(
          x: (
            multiply(sides[0].rows(split.stopping), canonical.x),
            multiply(sides[0].rows(split.evaluation), canonical.x)
          ),
          y: (
            multiply(sides[1].rows(split.stopping), canonical.y),
            multiply(sides[1].rows(split.evaluation), canonical.y)
          ),
          facts: [
            "varianceShareX": sides[0].varianceShare, "varianceShareY": sides[1].varianceShare,
            "normalScoredColumns": Double(sides.reduce(0) { $0 + $1.scoredColumns }),
          ])
      ])
    }
  }
}
