// SPDX-License-Identifier: MIT

import EstimatorAPI

/// What `gaussian` and `gaussian-copula` share: two continuous samples, and perhaps a third that is
/// given, to an estimate.
struct GaussianMethod: Sendable {
  /// Subtract the exact bias.
  let corrects: Bool
  /// Shrink the correlation matrix first.
  let shrinks: Bool

  static let parameters = [
    ParameterSpecification(
      "correction", .choice(["exact", "none"]), default: .text("exact"),
      meaning: "subtract the bias that Gaussian data of this many rows have, or nothing"),
    ParameterSpecification(
      "shrinkage", .choice(["none", "ledoit-wolf"]), default: .text("none"),
      meaning: "shrink the correlations toward zero; takes n <= dx + dy, and has no correction"),
  ]

  init(_ parameters: ParameterValues) throws(EstimatorError) {
    corrects = try parameters.text("correction") == "exact"
    shrinks = try parameters.text("shrinkage") == "ledoit-wolf"
  }

  func estimate(
    _ x: Samples, _ y: Samples, given z: Samples? = nil, request: EstimationRequest,
    estimator: String
  ) throws(EstimatorError) -> Estimate {
    let (n, dx, dy) = (x.count, x.dimension, y.dimension)
    if let z {
      return try partialEstimate(x, y, given: z, estimator: estimator)
    }
    guard shrinks || n > dx + dy + 1 else {
      throw EstimatorError(
        .tooFewSamples,
        "Estimator \(estimator) got \(n) rows; with \(dx) + \(dy) dimensions it needs at least "
          + "\(dx + dy + 2), or -p shrinkage=ledoit-wolf.")
    }
    let columns = Matrix(
      besides: try standardized(x, side: "x"), try standardized(y, side: "y"))
    try request.checkCancellation()
    let sample = gram(columns, scale: 1 / Double(n - 1))
    try request.checkCancellation()
    return try shrinks
      ? shrunkEstimate(columns, sample, n: n, dx: dx)
      : estimate(GaussianInformation(correlation: sample, dx: dx, count: n))
  }

  private func partialEstimate(
    _ x: Samples, _ y: Samples, given z: Samples, estimator: String
  ) throws(EstimatorError) -> Estimate {
    let (n, dx, dy, dz) = (x.count, x.dimension, y.dimension, z.dimension)
    guard !shrinks else {
      throw .invalidParameter(
        "shrinkage", found: "ledoit-wolf", needed: "none where a variable is given",
        estimator: estimator)
    }
    guard n > dx + dy + dz + 1 else {
      throw EstimatorError(
        .tooFewSamples,
        "Estimator \(estimator) got \(n) rows; with \(dx) + \(dy) dimensions and \(dz) given it needs "
          + "at least \(dx + dy + dz + 2).")
    }
    var estimate = estimate(try GaussianInformation(x, y, given: z))
    estimate.diagnostics["conditional"] = .text("partial covariance")
    return estimate
  }

  private func estimate(_ information: GaussianInformation) -> Estimate {
    var diagnostics = information.diagnostics
    diagnostics["correctionNats"] = .number(corrects ? -information.bias : 0)
    if let test = WilksTest(information) {
      diagnostics["independencePValue"] = .number(test.pValue)
      diagnostics["independenceTest"] = .text("Wilks' lambda, Rao's F approximation")
    }
    let nats = corrects ? information.plugIn - information.bias : information.plugIn
    return Estimate(
      Information(nats: nats), standardError: Information(nats: information.standardError),
      diagnostics: diagnostics)
  }

  private func shrunkEstimate(
    _ columns: Matrix, _ sample: Matrix, n: Int, dx: Int
  ) throws(EstimatorError) -> Estimate {
    let shrinkage = LedoitWolf(columns, correlation: sample)
    let information = try GaussianInformation(correlation: shrinkage.correlation, dx: dx, count: n)
    var diagnostics = information.diagnostics
    diagnostics["shrinkageIntensity"] = .number(shrinkage.intensity)
    diagnostics["correctionNats"] = .number(0)
    let warning = EstimateWarning(
      code: "shrinkageBias",
      message:
        "Correlations were shrunk by the factor \(1 - shrinkage.intensity) and no correction "
        + "exists for that: strong dependence is underestimated, independence comes out above 0.")
    return Estimate(
      Information(nats: information.plugIn), diagnostics: diagnostics, warnings: [warning])
  }
}

extension Matrix {
  /// The columns of two matrices side by side.
  package init(besides left: Matrix, _ right: Matrix) {
    precondition(left.rows == right.rows, "\(left.rows) rows beside \(right.rows)")
    var values: [Double] = []
    values.reserveCapacity(left.values.count + right.values.count)
    for i in 0..<left.rows {
      values.append(contentsOf: left.values[i * left.columns..<(i + 1) * left.columns])
      values.append(contentsOf: right.values[i * right.columns..<(i + 1) * right.columns])
    }
    self.init(rows: left.rows, columns: left.columns + right.columns, values: values)
  }
}
