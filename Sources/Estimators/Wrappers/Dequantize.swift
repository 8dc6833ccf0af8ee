// SPDX-License-Identifier: MIT

public import EstimatorAPI

extension EstimatorWrapper {
  /// Recorded values spread over the cells that they stand for, averaged over draws of the noise.
  ///
  /// Rounded, counted and rated numbers agree in many rows, which an estimator of densities takes for
  /// strong dependence. Each column that ``ColumnProfile`` finds recorded, of few values or with atoms
  /// gets uniform noise within its cells (`Samples.dequantized`); continuous columns and labels stay as
  /// they are. The noise adds no information and takes none away: the target is the information of the
  /// recorded values. Where no column needs it, the number is that of the estimator inside.
  ///
  /// The estimate is the mean over `draws` draws. The standard error adds up (in squares) that of the
  /// estimator inside and the standard deviation over the draws; an estimator that gives none but terms
  /// of the rows gets `errorOfNeighborTerms`.
  ///
  /// Fails where cells are wider than the structure that the estimator inside can draw: below about five
  /// values take the column as labels (`--discrete`).
  public static let dequantize = EstimatorWrapper(
    name: "dequantize", version: "1", summary: "recorded values spread over their cells",
    parameters: [
      ParameterSpecification(
        "draws", .integer(1...1000), default: .integer(4), meaning: "draws of the noise")
    ],
    traits: { traits in
      var traits = traits
      traits.isDeterministic = false
      // The noise is drawn row by row and side by side.
      traits.invariances.removeAll { $0 == .rowOrder || $0 == .swap }
      return traits
    },
    wrap: { (inner, descriptor, values) throws(EstimatorError) in
      DequantizedEstimator(inner: inner, descriptor: descriptor, draws: try values.integer("draws"))
    })
}

private struct DequantizedEstimator: MutualInformationEstimator {
  let inner: any MutualInformationEstimator
  let descriptor: EstimatorDescriptor
  let draws: Int

  func estimate(_ request: EstimationRequest) throws(EstimatorError) -> Estimate {
    try descriptor.checkAccepts(request)
    let sides = [request.x, request.y] + (request.given.map { [$0] } ?? [])
    let profiles = sides.map { $0.samples?.profiles ?? [] }
    let isNeeded = profiles.contains { $0.contains(where: \.needsSpreading) }
    guard isNeeded else {
      var estimate = try inner.estimate(request)
      estimate.diagnostics["dequantizedColumns"] = .integer(0)
      return estimate
    }
    var found: [Estimate] = []
    for draw in 0..<draws {
      var noisy: [Variable] = []
      for (side, variable) in sides.enumerated() {
        guard let samples = variable.samples else {
          noisy.append(variable)
          continue
        }
        noisy.append(
          .samples(
            try samples.dequantized(
              profiles[side], side: UInt64(draw * 3 + side), seed: request.seed)))
      }
      var inside = try request.with(
        x: noisy[0], y: noisy[1], given: noisy.count > 2 ? noisy[2] : nil)
      inside.progress = { request.progress((Double(draw) + $0) / Double(draws)) }
      found.append(try inner.estimate(inside))
    }
    var estimate = averaged(found)
    estimate.diagnostics["dequantizedColumns"] = .integer(
      profiles.reduce(0) { $0 + $1.count(where: \.needsSpreading) })
    return estimate
  }

  /// The mean of the draws' estimates, with what the first says of itself.
  private func averaged(_ found: [Estimate]) -> Estimate {
    let n = Double(found.count)
    let nats = found.map(\.information.nats)
    let mean = nats.reduce(0, +) / n
    let spread = nats.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / max(n - 1, 1)
    var estimate = found[0]
    estimate.information = Information(nats: mean)
    let rows = found.allSatisfy { $0.pointwise != nil } ? found.compactMap(\.pointwise) : []
    if !rows.isEmpty {
      estimate.pointwise = rows[0].indices.map { row in
        rows.reduce(0) { $0 + $1[row] } / n
      }
    }
    let errors = found.map { $0.standardError?.nats }
    let inside: Double?
    if errors.allSatisfy({ $0 != nil }) {
      inside = (errors.reduce(0) { $0 + ($1 ?? 0) * ($1 ?? 0) } / n).squareRoot()
    } else {
      inside = estimate.pointwise.map(errorOfNeighborTerms)
      estimate.diagnostics["standardErrorBy"] = .text("the spread of the rows' terms")
    }
    estimate.standardError = inside.map { Information(nats: ($0 * $0 + spread).squareRoot()) }
    estimate.diagnostics["drawNats"] = .numbers(nats)
    return estimate
  }
}
