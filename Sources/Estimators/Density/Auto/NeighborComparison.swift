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

  /// What the fitted density misses, as far as neighbors can tell.
  var difference: Double { data - drawn.reduce(0, +) / Double(drawn.count) }
  /// Whether the difference is more than noise.
  var counts: Bool { abs(difference) > 3 * noise }

  /// `rowError` is the standard error of the mean log density ratio: that of KSG is about the same.
  ///
  /// - Throws: KSG's errors, among them `cancelled`.
  init(
    _ joint: JointScores, _ fitted: FittedFamily, twins: Int, rowError: Double,
    _ request: EstimationRequest
  ) throws(EstimatorError) {
    let n = request.count
    data = try Self.neighbors(joint.rows, joint.dx, request)
    var drawn: [Double] = []
    for twin in 0..<twins {
      var random = RandomSource(seed: request.seed, 0x5457_494E, UInt64(twin))
      let rows = fitted.sample(n, &random)
      // Ranked as the data are.
      let scores = try normalScores(
        Samples(rowMajor: rows.values, count: n, dimension: rows.columns))
      drawn.append(try Self.neighbors(Matrix(scores), joint.dx, request))
      request.progress(Double(twin + 1) / Double(twins))
    }
    self.drawn = drawn
    noise = rowError * (1 + 1 / Double(twins)).squareRoot()
  }

  private static func neighbors(
    _ rows: Matrix, _ dx: Int, _ request: EstimationRequest
  ) throws(EstimatorError) -> Double {
    let n = rows.rows
    let (x, y) = (
      rows.block(rows: 0..<n, columns: 0..<dx), rows.block(rows: 0..<n, columns: dx..<rows.columns)
    )
    let inner = try request.with(
      x: .samples(Samples(rowMajor: x.values, count: n, dimension: x.columns)),
      y: .samples(Samples(rowMajor: y.values, count: n, dimension: y.columns)))
    return try KSG1Estimator(["k": "5"]).estimate(inner).information.nats
  }

  var diagnostics: [String: DiagnosticValue] {
    [
      "neighborNats": .number(data),
      "neighborTwinNats": .numbers(drawn),
      "neighborDifferenceNats": .number(difference),
      "neighborNoiseNats": .number(noise),
      "neighborDifferenceCounts": .flag(counts),
    ]
  }

  func warning(_ family: String) -> EstimateWarning {
    EstimateWarning(
      code: "modelMisses",
      message: "Nearest neighbors tell the data from the fitted \(family) by \(difference) nats "
        + "(noise \(noise)), which was added: no family describes these data fully.")
  }
}
