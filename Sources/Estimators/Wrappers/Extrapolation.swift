// SPDX-License-Identifier: MIT

public import EstimatorAPI

extension EstimatorWrapper {
  /// Extrapolates the drift of an estimate with the number of rows to infinitely many.
  ///
  /// The rows, in random order, are cut into 1, 2, ... parts; the estimates on parts of n / j rows are
  /// averaged, and a line in j / n is fitted to the averages. Its value at zero is the estimate, as for
  /// a bias of order 1 / n (Strong et al. 1998, doi:10.1103/PhysRevLett.80.197; for neighbors Holmes and
  /// Nemenman 2019, doi:10.1103/PhysRevE.100.022404).
  ///
  /// Assumes that the bias is of order 1 / n where the parts are. A drift that bends is refused: where a
  /// parabola's bend is more than half of the line's rise, and more than 0.05 nats, which noise alone
  /// may do, the line would invent its value. Costs about as many estimates on n rows as there are steps. The variance is that
  /// of the estimate times a factor of about (2 j_max + 1) / (j_max - 1), which the standard error by
  /// the residuals does not see; none is given.
  public static let extrapolate = EstimatorWrapper(
    name: "extrapolate", version: "1", summary: "estimates on parts of the rows, drift removed",
    parameters: [
      ParameterSpecification(
        "parts", .integer(3...20), default: .integer(5),
        meaning: "the most parts the rows are cut into")
    ],
    traits: { traits in
      var traits = traits
      traits.minimumSamples *= 3
      traits.isDeterministic = false
      traits.invariances.removeAll { $0 == .rowOrder }
      traits.resampling = []
      return traits
    },
    wrap: { (inner, descriptor, values) throws(EstimatorError) in
      ExtrapolatedEstimator(
        inner: inner, descriptor: descriptor, parts: try values.integer("parts"))
    })
}

/// An estimator whose drift with n is taken out.
private struct ExtrapolatedEstimator: MutualInformationEstimator {
  let inner: any MutualInformationEstimator
  let descriptor: EstimatorDescriptor
  let parts: Int

  func estimate(_ request: EstimationRequest) throws(EstimatorError) -> Estimate {
    try descriptor.checkAccepts(request)
    let n = request.count
    var source = RandomSource(seed: request.seed, 0xE7)
    let order = source.permutation(n)
    var means: [Double] = []
    for cut in 1...parts {
      var sum = 0.0
      for part in 0..<cut {
        try request.checkCancellation()
        let rows = order[n * part / cut..<n * (part + 1) / cut].sorted()
        sum += try inner.estimate(request.selecting(rows: rows)).information.nats
      }
      means.append(sum / Double(cut))
      request.progress(Double(cut) / Double(parts))
    }
    let line = Polynomial.fit(means, degree: 1)
    let parabola = Polynomial.fit(means, degree: 2)
    // Over the range of parts, how far the parabola's bend goes against the line's rise.
    let reach = Double(parts - 1)
    let bend = abs(parabola[2]) * reach * reach / 4
    let drift = abs(line[1]) * reach
    guard bend <= max(drift / 2, 0.05) else {
      throw EstimatorError(
        .failed,
        "The drift of \(inner.descriptor.id) with the number of rows is not linear: over 1 to "
          + "\(parts) parts it moves by \(drift) nats and bends by \(bend); no extrapolation.")
    }
    return Estimate(
      Information(nats: line[0]),
      diagnostics: [
        "meanByParts": .numbers(means), "drift": .number(line[1]), "bend": .number(bend),
      ])
  }
}

/// Least squares in the number of parts j = 1, 2, ...: j / n is proportional to it.
private enum Polynomial {
  /// The coefficients from the constant up.
  static func fit(_ values: [Double], degree: Int) -> [Double] {
    var design = Matrix(rows: values.count, columns: degree + 1)
    for i in values.indices {
      var power = 1.0
      for k in 0...degree {
        design[i, k] = power
        power *= Double(i + 1)
      }
    }
    let right = multiply(
      design.transposed, Matrix(rows: values.count, columns: 1, values: values))
    guard let normal = Cholesky(gram(design)) else {
      preconditionFailure("\(values.count) steps do not carry degree \(degree)")
    }
    return normal.solve(right.values)
  }
}
