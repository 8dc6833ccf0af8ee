// SPDX-License-Identifier: MIT

public import EstimatorAPI

extension EstimatorWrapper {
  /// I(x; y | c) of labels c by any estimator: it is run on the rows of each class alone.
  ///
  ///     I(x; y | c) = sum over classes of p(c) I(x; y | c = class)
  ///
  /// exactly, with p(c) the shares of the rows. So an estimator of x and y that knows nothing of a third
  /// variable, a plugin's too, estimates what two views share beyond the labels. Without a given
  /// variable all rows are one class, and the number is that of the estimator inside.
  ///
  /// Assumes as many rows in every class as the estimator inside needs; one that fails in a class fails
  /// as a whole, with the class named. Fails where classes are small: each brings the bias of few rows,
  /// which the mean over the classes does not reduce. The diagnostics have the number of each class.
  ///
  /// The standard error takes classes as independent, given their shares.
  public static let withinClasses = EstimatorWrapper(
    name: "within-classes", version: "1", summary: "within each class given, averaged",
    traits: { traits in
      var traits = traits
      if !traits.given.contains(.labels) { traits.given.append(.labels) }
      return traits
    },
    wrap: { inner, descriptor, _ in
      WithinClassesEstimator(inner: inner, descriptor: descriptor)
    })
}

private struct WithinClassesEstimator: MutualInformationEstimator {
  let inner: any MutualInformationEstimator
  let descriptor: EstimatorDescriptor

  func estimate(_ request: EstimationRequest) throws(EstimatorError) -> Estimate {
    try descriptor.checkAccepts(request)
    guard let labels = request.given?.labels else { return try inner.estimate(request) }
    return try inner.averagedOverClasses(request, given: labels)
  }
}
