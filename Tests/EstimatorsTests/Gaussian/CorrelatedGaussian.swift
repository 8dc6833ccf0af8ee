// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Gaussian pairs of known information: `pairs` pairs of coordinates have one correlation, all
/// other coordinates are independent.
struct CorrelatedGaussian: Sendable, CustomStringConvertible {
  let n: Int
  let dx: Int
  let dy: Int
  /// The information in nats.
  let nats: Double
  /// How many pairs of coordinates carry it.
  let pairs: Int

  var rho: Double { (-expm1(-2 * nats / Double(pairs))).squareRoot() }
  var description: String { "n \(n), \(dx)+\(dy), \(nats) nats in \(pairs) pairs" }

  func draw(_ random: inout RandomSource) throws -> EstimationRequest {
    let x = random.normals(n * dx)
    var y = random.normals(n * dy)
    let rest = (1 - rho * rho).squareRoot()
    for i in 0..<n {
      for j in 0..<pairs { y[i * dy + j] = rho * x[i * dx + j] + rest * y[i * dy + j] }
    }
    return try continuousRequest(x, y, count: n)
  }

  /// The estimates of `count` draws.
  func estimates(
    _ count: Int, seed: UInt64, of estimator: any MutualInformationEstimator
  ) throws -> [Estimate] {
    var random = RandomSource(seed: testSeed(seed))
    return try (0..<count).map { _ in try estimator.estimate(draw(&random)) }
  }
}

/// Mean and standard deviation of numbers.
func meanAndDeviation(_ values: [Double]) -> (mean: Double, deviation: Double) {
  let mean = values.reduce(0, +) / Double(values.count)
  let square = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
  return (mean, (square / Double(values.count - 1)).squareRoot())
}
