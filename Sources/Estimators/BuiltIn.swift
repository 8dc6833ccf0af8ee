// SPDX-License-Identifier: MIT

public import EstimatorAPI

extension EstimatorRegistry {
  /// The registration table: every estimator of this package, one per line, by family.
  public static let builtInEntries: [Entry] = [
    Entry(GaussianEstimator.self),
    Entry(GaussianCopulaEstimator.self),
    Entry(GaussianLabelEstimator.self),
    Entry(GaussianCopulaLabelEstimator.self),

    Entry(KSG1Estimator.self),
    Entry(KSG2Estimator.self),
    Entry(RossEstimator.self),
    Entry(MixedKSGEstimator.self),
    Entry(WeightedKLEstimator.self),

    Entry(BinningEstimator.self),
    Entry(BSplineEstimator.self),
    Entry(DarbellayVajdaEstimator.self),
    Entry(DiscreteEstimator.self),

    Entry(KDEEstimator.self),
    Entry(StudentCopulaEstimator.self),
    Entry(MixtureEstimator.self),
    Entry(AutoEstimator.self),

    Entry(ClassifierEstimator.self),

    Entry(GaussianNCEEstimator.self),

    Entry(CoherenceEstimator.self),

    Entry(LatentEstimator.self),
    Entry(PCAKSGEstimator.self),
    Entry(CCAKSGEstimator.self),

    Entry(MINEEstimator.self),
    Entry(DVEstimator.self),
    Entry(NWJEstimator.self),
    Entry(InfoNCEEstimator.self),
    Entry(SMILEEstimator.self),
    Entry(JSEstimator.self),
    Entry(DIMEEstimator.self),
  ]

  /// What can stand before any of them, as in `rank+ksg-1`.
  public static let builtInWrappers: [EstimatorWrapper] = [
    .rank, .normalScores, .standardize, .principalComponents, .whiten, .extrapolate,
    .subsample, .withinClasses, .pooledClasses, .dequantize, .atoms,
  ]

  /// A registry of the built-in estimators.
  public static func builtIn() -> EstimatorRegistry {
    var registry = EstimatorRegistry()
    for wrapper in builtInWrappers {
      do {
        try registry.register(wrapper)
      } catch {
        preconditionFailure("the built-in wrappers are wrong: \(error)")
      }
    }
    for entry in builtInEntries {
      do {
        try registry.register(entry)
      } catch {
        preconditionFailure("the built-in table is wrong: \(error)")
      }
    }
    return registry
  }
}
