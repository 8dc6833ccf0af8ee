// SPDX-License-Identifier: MIT

public import EstimatorConformance

extension ExpectedFailure {
  /// What the built-in estimators are known not to do, each with its reason.
  ///
  /// Every report of `mi plugin check` shows them, and a test fails once one no longer holds.
  public static func ofBuiltIn(_ id: String) -> [ExpectedFailure] { builtIn[id] ?? [] }

  private static let smallestK = ExpectedFailure(
    "tooFewRows", "the minimum of rows is that of k = 1; the default k = 3 needs more")
  private static let tiesOfProjections = ExpectedFailure(
    "ties", "the projection hides equal values from the warning of its neighbor estimator")

  private static let rawPointwise = ExpectedFailure(
    "wellFormed", "the pointwise values are those before the correction of the bias")

  private static let builtIn: [String: [ExpectedFailure]] = [
    "bspline": [
      ExpectedFailure(
        "knownValues", "ten bins of order 3 smooth the density, so strong dependence reads low")
    ],
    "gmm": [rawPointwise],
    "student-copula": [rawPointwise],
    "ksg-1": [smallestK],
    "ksg-2": [smallestK],
    "ross": [smallestK],
    "pca-ksg": [tiesOfProjections],
    "cca-ksg": [tiesOfProjections],
    "lmi": [tiesOfProjections],
  ]
}
