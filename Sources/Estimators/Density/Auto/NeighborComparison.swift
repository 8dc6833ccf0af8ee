// SPDX-License-Identifier: MIT

import EstimatorAPI

/// KSG of the data against KSG of data drawn from a fitted density.
struct NeighborComparison {
  /// KSG of the data.
  let data: Double
  /// KSG of each drawn set.
  let drawn: [Double]
  /// The standard deviation that the difference has where the density is right.
  let noise: Double
  private static let threshold = 2.0

  /// What the fitted density misses, as far as neighbors can tell.
  var difference: Double { data - drawn.reduce(0, +) / Double(drawn.count) }
  /// Whether the difference is more than noise.
  var counts: Bool { abs(difference) > 3 * noise }

  /// The share of the difference that is added: 1 - (2 noise / difference)^2, and 0 below twice the noise
  /// (the nonnegative garrote of Breiman 1995, doi:10.1080/00401706.1995.10484371).
  ///
  /// A share that grows with the evidence errs less near the border than a test that takes all or nothing.
  var share: Double {
    let ratio = Self.threshold * noise / abs(difference)
    return ratio < 1 ? 1 - ratio * ratio : 0
  }

  /// The error of what is added: its noise, and the difference as far as it is not added.
  var error: Double {
    let (added, left) = (share * noise, (1 - share) * difference)
    return (added * added + left * left).squareRoot()
  }

  /// Compares the data with draws of the fitted density.
  ///
  /// `rowError` is the standard error of the mean log density ratio. Where there is little information it
  /// vanishes, and that of neighbors does not: the larger of the two counts.
  ///
  /// - Throws: KSG's errors, among them `cancelled`.
  init(
    _ joint: JointScores, _ fitted: FittedFamily, twins: Int, rowError: Double,
    _ request: EstimationRequest
  ) throws(EstimatorError) {
    let n = request.count
    let found = try Self.neighbors(joint.rows, joint.dx, request)
    data = found.nats
    var drawn: [Double] = []
    for twin in 0..<twins {
      var random = RandomSource(seed: request.seed, 0x5457_494E, UInt64(twin))
      let rows = fitted.sample(n, &random)
      // Ranked as the data are.
      let scores = try normalScores(
        Samples(rowMajor: rows.values, count: n, dimension: rows.columns))
      drawn.append(try Self.neighbors(Matrix(scores), joint.dx, request).nats)
      request.progress(Double(twin + 1) / Double(twins))
    }
    self.drawn = drawn
    noise = max(rowError, found.error) * (1 + 1 / Double(twins)).squareRoot()
  }

  private static func neighbors(
    _ rows: Matrix, _ dx: Int, _ request: EstimationRequest
  ) throws(EstimatorError) -> (nats: Double, error: Double) {
    let n = rows.rows
    let (x, y) = (
      rows.block(rows: 0..<n, columns: 0..<dx), rows.block(rows: 0..<n, columns: dx..<rows.columns)
    )
    let inner = try request.with(
      x: .samples(Samples(rowMajor: x.values, count: n, dimension: x.columns)),
      y: .samples(Samples(rowMajor: y.values, count: n, dimension: y.columns)))
    let estimate = try KSG1Estimator(["k": "5"]).estimate(inner)
    return (estimate.information.nats, estimate.pointwise.map(errorOfNeighborTerms) ?? 0)
  }

  var diagnostics: [String: DiagnosticValue] {
    [
      "neighborNats": .number(data),
      "neighborTwinNats": .numbers(drawn),
      "neighborDifferenceNats": .number(difference),
      "neighborNoiseNats": .number(noise),
      "neighborDifferenceCounts": .flag(counts),
      "neighborShare": .number(share),
    ]
  }

  func warning(_ family: String) -> EstimateWarning {
    EstimateWarning(
      code: "modelMisses",
      message: "Nearest neighbors tell the data from the fitted \(family) by \(difference) nats "
        + "(noise \(noise)), of which \(share * difference) were added: no family describes these data "
        + "fully.")
  }
}
