// SPDX-License-Identifier: MIT

import EstimatorAPI

/// KSG-1 (Kraskov, Stoegbauer, Grassberger 2004, doi:10.1103/PhysRevE.69.066138), O(n^2).
///
///     I = psi(k) + psi(n) - < psi(n_x + 1) + psi(n_y + 1) >
///
/// where n_x counts the points nearer than the k-th neighbor, in x alone, in maximum norms.
public struct KSG: StaticEstimator {
  /// What the estimator is.
  public static let descriptor = EstimatorDescriptor(
    id: "ksg-swift", version: "1", summary: "KSG-1 in Swift, as a package of its own",
    reference: "Kraskov et al. 2004, doi:10.1103/PhysRevE.69.066138",
    traits: EstimatorTraits(
      kinds: [.continuous], minimumSamples: 5,
      invariances: [.swap, .rowOrder, .shift, .jointScale], groups: .unaffected),
    parameters: [
      ParameterSpecification(
        "k", .integer(1...1000), default: .integer(3), meaning: "nearest neighbors")
    ])

  private let k: Int

  /// Keeps k.
  public init(parameters: ParameterValues) throws(EstimatorError) {
    k = try parameters.integer("k")
  }

  /// Estimates I(x; y).
  public func estimate(_ request: EstimationRequest) throws(EstimatorError) -> Estimate {
    try Self.descriptor.checkAccepts(request)
    let (x, y) = try request.continuousPair(for: Self.descriptor)
    let n = request.count
    guard n > k else { throw .tooFewSamples(found: n, needed: k + 1, estimator: "ksg-swift") }
    for (side, samples) in [("x", x), ("y", y)] {
      for column in 0..<samples.dimension {
        let values = samples.column(column)
        if values.allSatisfy({ $0 == values[0] }) {
          throw .constantColumn(side: side, column: column, value: values[0])
        }
      }
    }
    var psi = [0, -0.57721566490153286061]  // psi of whole numbers; psi[0] is never used
    for m in 1..<n { psi.append(psi[m] + 1 / Double(m)) }

    var sum = 0.0
    var tied = 0
    for i in 0..<n {
      if i % 256 == 0 {
        try request.checkCancellation()
        request.progress(Double(i) / Double(n))
      }
      let inX = distances(from: i, x)
      let inY = distances(from: i, y)
      let joint = (0..<n).filter { $0 != i }.map { max(inX[$0], inY[$0]) }.sorted()
      let radius = joint[k - 1]
      if radius == 0 { tied += 1 }
      // Strictly inside: the k-th neighbor itself lies on the border in x or in y.
      let nx = (0..<n).count { $0 != i && inX[$0] < radius }
      let ny = (0..<n).count { $0 != i && inY[$0] < radius }
      sum += psi[nx + 1] + psi[ny + 1]
    }
    var estimate = Estimate(Information(nats: psi[k] + psi[n] - sum / Double(n)))
    if tied > 0 {
      estimate.warnings.append(
        EstimateWarning(
          code: "ties", message: "\(tied) rows have \(k) equal ones; the estimate is too high."))
    }
    return estimate
  }

  private func distances(from i: Int, _ samples: Samples) -> [Double] {
    let d = samples.dimension
    return samples.withUnsafeValues { values in
      (0..<samples.count).map { j in
        (0..<d).reduce(0) { max($0, abs(values[i * d + $1] - values[j * d + $1])) }
      }
    }
  }
}
