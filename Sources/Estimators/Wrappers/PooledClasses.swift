// SPDX-License-Identifier: MIT

public import EstimatorAPI

extension EstimatorWrapper {
  /// I(x; y | c) of labels c where classes differ by their place alone: the mean of each class is taken off
  /// both sides, and any estimator reads all rows at once.
  ///
  /// Exact where x and y given c have one distribution up to its mean. It has the rows of all classes to learn
  /// from, where `within-classes` has those of one; where classes differ in more than place it reads the mixture of
  /// their residuals, and misses dependence of opposite sign. A side of labels stays as it is, so both
  /// must be continuous. Without a given variable nothing is taken off.
  public static let pooledClasses = EstimatorWrapper(
    name: "pooled-classes", version: "1",
    summary: "around the class means given, all classes at once",
    traits: { traits in
      var traits = traits
      if !traits.given.contains(.labels) { traits.given.append(.labels) }
      return traits
    },
    wrap: { inner, descriptor, _ in
      PooledClassesEstimator(inner: inner, descriptor: descriptor)
    })
}

private struct PooledClassesEstimator: MutualInformationEstimator {
  let inner: any MutualInformationEstimator
  let descriptor: EstimatorDescriptor

  func estimate(_ request: EstimationRequest) throws(EstimatorError) -> Estimate {
    try descriptor.checkAccepts(request)
    guard let labels = request.given?.labels else { return try inner.estimate(request) }
    guard let x = request.x.samples, let y = request.y.samples else {
      throw EstimatorError(
        .unsupportedKinds,
        "Estimator \(descriptor.id) takes class means off both sides, so both must be continuous; "
          + "within-classes takes labels.")
    }
    let pooled = try EstimationRequest(
      x: .samples(x.aroundClassMeans(labels)), y: .samples(y.aroundClassMeans(labels)),
      groups: request.groups, seed: request.seed, threads: request.threads,
      progress: request.progress, isCancelled: request.isCancelled)
    var estimate = try inner.estimate(pooled)
    estimate.diagnostics["conditional"] = .text("around the means of the classes given")
    return estimate
  }
}

extension Samples {
  /// Each column less the mean of the row's class.
  fileprivate func aroundClassMeans(_ labels: Labels) throws(EstimatorError) -> Samples {
    var sums = [Double](repeating: 0, count: labels.classCount * dimension)
    let sizes = labels.classSizes
    let values = self.values
    for row in 0..<count {
      let code = Int(labels.codes[row])
      for column in 0..<dimension {
        sums[code * dimension + column] += values[row * dimension + column] / Double(sizes[code])
      }
    }
    var centered = values
    for row in 0..<count {
      let code = Int(labels.codes[row])
      for column in 0..<dimension {
        centered[row * dimension + column] -= sums[code * dimension + column]
      }
    }
    return try Samples(rowMajor: centered, count: count, dimension: dimension)
  }
}
