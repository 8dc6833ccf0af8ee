// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// An estimator of I(x; y | labels) as an estimator of I(x; y): it gives the labels itself.
///
/// So it is scored on truths of two variables. Classes of the data's sizes, independent of the truth's
/// rows, leave its information as it is, and estimators within classes do not see where classes lie:
/// what they do on such rows is what they do on the data's classes. A continuous label is added to the
/// columns of both sides with the weight that it has in the data's columns, since neighbors in the label's
/// direction depend on it.
struct GivenLabels: MutualInformationEstimator {
  let inner: any MutualInformationEstimator
  private let labels: Variable
  /// What is added of a standardized continuous label, to x and to y.
  private let weights: (x: Double, y: Double)

  var descriptor: EstimatorDescriptor { inner.descriptor }

  /// `x`, `y` and `labels` are the data.
  init(_ inner: any MutualInformationEstimator, x: Variable, y: Variable, labels: Variable) {
    self.inner = inner
    self.labels = labels
    weights = (Self.weight(of: labels, in: x), Self.weight(of: labels, in: y))
  }

  func estimate(_ request: EstimationRequest) throws(EstimatorError) -> Estimate {
    let conditional = try EstimationRequest(
      x: added(to: request.x, weights.x), y: added(to: request.y, weights.y), given: labels,
      groups: request.groups, seed: request.seed, threads: request.threads,
      progress: request.progress,
      isCancelled: request.isCancelled)
    return try inner.estimate(conditional)
  }

  private func added(to side: Variable, _ weight: Double) throws(EstimatorError) -> Variable {
    guard weight > 0, let samples = side.samples, let numbers = labels.samples else { return side }
    let label = try standardized(numbers, side: "the labels").values
    var values = samples.values
    for row in 0..<samples.count {
      for column in 0..<samples.dimension {
        values[row * samples.dimension + column] += weight * label[row]
      }
    }
    return .samples(
      try Samples(rowMajor: values, count: samples.count, dimension: samples.dimension))
  }

  /// b such that u + b y has the mean squared correlation with y that the columns of a view have, where u
  /// has variance 1.
  private static func weight(of labels: Variable, in view: Variable) -> Double {
    guard let label = labels.samples, let samples = view.samples,
      let columns = try? standardized(samples, side: "a view"),
      let y = try? standardized(label, side: "the labels")
    else { return 0 }
    let n = Double(samples.count - 1)
    let products = multiply(transposing: columns, y)
    let squares = products.values.map { $0 * $0 / (n * n) }
    let share = min(squares.reduce(0, +) / Double(squares.count), 0.95)
    return (share / (1 - share)).squareRoot()
  }
}
