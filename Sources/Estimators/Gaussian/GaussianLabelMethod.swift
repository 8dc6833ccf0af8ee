// SPDX-License-Identifier: MIT

import EstimatorAPI

/// What `gaussian-label` and `gaussian-copula-label` share: samples and labels to an estimate.
struct GaussianLabelMethod: Sendable {
  /// Subtract the expected error of each log-determinant.
  let corrects: Bool

  static let correction = ParameterSpecification(
    "correction", .choice(["exact", "none"]), default: .text("exact"),
    meaning: "subtract the bias that Gaussian rows have in each entropy, or nothing")

  init(_ parameters: ParameterValues) throws(EstimatorError) {
    corrects = try parameters.text("correction") == "exact"
  }

  func estimate(
    _ samples: Samples, _ labels: Labels, _ request: EstimationRequest, estimator: String
  ) throws(EstimatorError) -> Estimate {
    let (n, d) = (samples.count, samples.dimension)
    let side = request.continuousSide
    let classes = try usableClasses(labels, dimension: d, estimator: estimator)

    let columns = try standardized(samples, side: side)
    let whole = try Samples(rowMajor: columns.values, count: n, dimension: d)
    let pooled = try GaussianEntropy(whole, side: side)
    try request.checkCancellation()
    let rows = labels.rowsByClass
    var plugIn = pooled.logDeterminant / 2
    var correction = pooled.expectedError / 2
    var independent = -pooled.variance
    var ratios = pooled.logDensities.map { -$0 }
    for code in classes {
      let share = Double(rows[code].count) / Double(n)
      let within = try GaussianEntropy(
        whole.selecting(rows: rows[code]), side: side, note: " in class \"\(labels.names[code])\"")
      plugIn -= share * within.logDeterminant / 2
      correction -= share * within.expectedError / 2
      independent += share * share * within.variance
      for (row, density) in zip(rows[code], within.logDensities) { ratios[row] += density }
      try request.checkCancellation()
    }

    let nats = corrects ? plugIn - correction : plugIn
    let variance = max(independent, 0) / 4 + covariance(try Samples(ratios)).values[0] / Double(n)
    let entropy = labels.plugInEntropy
    return Estimate(
      Information(nats: nats), standardError: Information(nats: variance.squareRoot()),
      diagnostics: [
        "plugInNats": .number(plugIn),
        "correctionNats": .number(corrects ? -correction : 0),
        "labelEntropyNats": .number(entropy),
        "classes": .integer(classes.count),
        "smallestClass": .integer(classes.map { rows[$0].count }.min() ?? 0),
      ],
      warnings: nats > entropy ? [exceeds(nats, entropy)] : [])
  }

  /// The codes of the classes that have rows.
  private func usableClasses(
    _ labels: Labels, dimension: Int, estimator: String
  ) throws(EstimatorError) -> [Int] {
    let sizes = labels.classSizes
    let classes = sizes.indices.filter { sizes[$0] > 0 }
    guard classes.count > 1 else {
      throw EstimatorError(
        .constantColumn,
        "The label is \"\(labels.names[classes[0]])\" in all \(labels.count) rows; it must vary.")
    }
    let small = classes.filter { sizes[$0] < dimension + 2 }
    guard small.isEmpty else {
      throw .classTooSmall(
        small.map { (labels.names[$0], sizes[$0]) }, needed: dimension + 2, estimator: estimator)
    }
    return classes
  }

  private func exceeds(_ nats: Double, _ entropy: Double) -> EstimateWarning {
    EstimateWarning(
      code: "exceedsLabelEntropy",
      message: "The estimate of \(nats) nats exceeds the labels' entropy of \(entropy) nats, which "
        + "no information about them can: the mixture of the classes is far from Gaussian.")
  }
}

/// The Gaussian entropy of rows, with what its errors are.
private struct GaussianEntropy {
  /// ln det S, the covariance with n - 1 below.
  let logDeterminant: Double
  /// The expectation of ``logDeterminant`` minus the truth, for Gaussian rows.
  let expectedError: Double
  /// The variance of ``logDeterminant``, for Gaussian rows.
  let variance: Double
  /// The logarithm of each row's fitted density, without the constant -d/2 ln(2 pi).
  let logDensities: [Double]

  /// - Throws: `singularCovariance`, naming columns by `side` and `note`.
  init(_ samples: Samples, side: String, note: String = "") throws(EstimatorError) {
    let (n, d) = (samples.count, samples.dimension)
    let s = covariance(samples)
    // A column that rounding made constant counts as constant.
    let constant = (0..<d).filter { s[$0, $0] <= 0 }
    guard constant.isEmpty, firstConstantColumn(samples) == nil else {
      let column = firstConstantColumn(samples) ?? constant[0]
      throw .singularCovariance(dependent: ["\(side)\(column)\(note) (constant there)"])
    }
    let deviations = (0..<d).map { s[$0, $0].squareRoot() }
    var r = s
    for i in 0..<d {
      for j in 0..<d { r[i, j] = i == j ? 1 : s[i, j] / (deviations[i] * deviations[j]) }
    }
    let cholesky = try RegularCorrelation(r, [side: 0..<d], count: n, note: note).cholesky
    logDeterminant =
      cholesky.logDeterminant + 2 * deviations.reduce(0) { $0 + naturalLogarithm($1) }
    expectedError =
      expectedLogDeterminant(d, count: n) - Double(d) * naturalLogarithm(Double(n - 1) / 2)
    variance = varianceOfLogDeterminant(d, count: n)

    let means = columnMeans(samples)
    var scaled = Matrix(rows: d, columns: n)
    samples.withUnsafeValues { values in
      for i in 0..<n {
        for j in 0..<d { scaled[j, i] = (values[i * d + j] - means[j]) / deviations[j] }
      }
    }
    let whitened = cholesky.solveLower(scaled)
    var distances = [Double](repeating: 0, count: n)
    for j in 0..<d {
      for i in 0..<n { distances[i] += whitened[j, i] * whitened[j, i] }
    }
    let logDeterminant = logDeterminant
    logDensities = distances.map { -($0 + logDeterminant) / 2 }
  }
}

extension EstimationRequest {
  /// The name of the continuous side of a mixed pair.
  var continuousSide: String { x.samples == nil ? "y" : "x" }
}

extension Labels {
  /// The rows of each class, in the order of the names.
  fileprivate var rowsByClass: [[Int]] {
    var rows = [[Int]](repeating: [], count: classCount)
    for (row, code) in codes.enumerated() { rows[Int(code)].append(row) }
    return rows
  }

  /// - sum p ln p over the classes' shares of the rows, in nats.
  fileprivate var plugInEntropy: Double {
    classSizes.filter { $0 > 0 }.reduce(0) { sum, size in
      let share = Double(size) / Double(count)
      return sum - share * naturalLogarithm(share)
    }
  }
}
