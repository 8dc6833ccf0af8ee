// SPDX-License-Identifier: MIT

public import EstimatorAPI

extension EstimatorWrapper {
  /// Estimates on parts of very many rows, with the drift of the bias to all of them and an error.
  ///
  /// From n rows in random order, `parts` disjoint parts of `rows` rows each are drawn. On each part the
  /// inner estimator reads all m = `rows` rows, the two halves and the four quarters; a line in 1 / m
  /// through the three means gives the part's value at n rows, as for a bias of order 1 / m (Strong et
  /// al. 1998, doi:10.1103/PhysRevLett.80.197). The estimate is the mean over the parts, its standard
  /// error their standard deviation over the square root of their number: the parts share no row.
  ///
  /// For data that do not fit in memory or in time; the memory is that of one part. Where n is not above
  /// `parts` times `rows`, the inner estimator reads all rows, and the diagnostics say so.
  ///
  /// Assumes that rows are exchangeable: a series that drifts is not.
  /// It fails as the inner estimator does at m rows where the drift is not yet of order 1 / m; the
  /// diagnostics have the means by size, and a drift that bends by more than it rises is warned about.
  public static let subsample = EstimatorWrapper(
    name: "subsample", version: "1", summary: "parts of very many rows, with an error",
    parameters: [
      ParameterSpecification(
        "rows", .integer(16...1_000_000_000), default: .integer(1_000_000),
        meaning: "rows of a part"),
      ParameterSpecification(
        "parts", .integer(2...1000), default: .integer(4), meaning: "how many parts are drawn"),
    ],
    traits: { traits in
      var traits = traits
      traits.isDeterministic = false
      traits.invariances.removeAll { $0 == .rowOrder }
      traits.resampling = []
      return traits
    },
    wrap: { (inner, descriptor, values) throws(EstimatorError) in
      SubsampledEstimator(
        inner: inner, descriptor: descriptor, rows: try values.integer("rows"),
        parts: try values.integer("parts"))
    })
}

private struct SubsampledEstimator: MutualInformationEstimator {
  let inner: any MutualInformationEstimator
  let descriptor: EstimatorDescriptor
  let rows: Int
  let parts: Int

  func estimate(_ request: EstimationRequest) throws(EstimatorError) -> Estimate {
    try descriptor.checkAccepts(request)
    let n = request.count
    guard n > parts * rows else {
      var estimate = try inner.estimate(request)
      estimate.diagnostics["rowsRead"] = .integer(n)
      return estimate
    }
    let needed = 4 * inner.descriptor.traits.minimumSamples
    guard rows >= needed else {
      throw .invalidParameter(
        "rows", found: "\(rows)", needed: "at least \(needed), as quarters are read too",
        estimator: descriptor.id)
    }
    var source = RandomSource(seed: request.seed, 0x5B)
    let drawn = source.subset(parts * rows, of: n)
    var values: [Double] = []
    var meansBySize = [0.0, 0.0, 0.0]
    for part in 0..<parts {
      var means: [Double] = []
      for size in 0..<3 {
        let pieces = 1 << size
        var sum = 0.0
        for piece in 0..<pieces {
          let start = part * rows + rows * piece / pieces
          let end = part * rows + rows * (piece + 1) / pieces
          sum += try nats(drawn[start..<end].sorted(), request)
        }
        means.append(sum / Double(pieces))
        request.progress((Double(part) + Double(size + 1) / 3) / Double(parts))
      }
      for size in 0..<3 { meansBySize[size] += means[size] / Double(parts) }
      values.append(atAllRows(means, n: n))
    }
    return summary(values, meansBySize, n: n)
  }

  private func nats(_ rows: [Int], _ request: EstimationRequest) throws(EstimatorError) -> Double {
    try request.checkCancellation()
    return try inner.estimate(request.selecting(rows: rows)).information.nats
  }

  /// The least-squares line in 1 / m through the means at m = rows, rows / 2, rows / 4, at 1 / n.
  private func atAllRows(_ means: [Double], n: Int) -> Double {
    // In units of 1 / rows the abscissas are 1, 2, 4: their mean is 7 / 3, their squares sum to 14 / 3.
    let slope = zip([1.0, 2.0, 4.0], means).reduce(0) { $0 + ($1.0 - 7 / 3) * $1.1 } / (14.0 / 3)
    let mean = means.reduce(0, +) / 3
    return mean + slope * (Double(rows) / Double(n) - 7 / 3)
  }

  private func summary(_ values: [Double], _ means: [Double], n: Int) -> Estimate {
    let mean = values.reduce(0, +) / Double(parts)
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let error = (squares / Double(parts * (parts - 1))).squareRoot()
    var warnings = [
      EstimateWarning(
        code: "subsample",
        message: "Estimated on \(parts) parts of \(rows) of the \(n) rows; the standard error is "
          + "that of their mean.")
    ]
    // From quarters to halves the drift is twice that from halves to wholes, if it is of order 1 / m.
    let bend = abs((means[2] - means[1]) - 2 * (means[1] - means[0]))
    if bend > max(abs(means[2] - means[0]), 3 * error) {
      warnings.append(
        EstimateWarning(
          code: "drift",
          message: "The drift with the number of rows is not of order 1/n at \(rows) rows: the "
            + "means at \(rows / 4), \(rows / 2) and \(rows) rows are \(means[2]), \(means[1]) and "
            + "\(means[0]) nats. Use larger parts."))
    }
    return Estimate(
      Information(nats: mean), standardError: Information(nats: error),
      diagnostics: [
        "rowsRead": .integer(parts * rows), "parts": .integer(parts),
        "meanNatsBySize": .numbers(means), "natsByPart": .numbers(values),
      ], warnings: warnings)
  }
}
