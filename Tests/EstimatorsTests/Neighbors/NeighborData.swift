// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators

/// Data for the neighbor tests.
enum NeighborData {
  /// Pairs of columns with the correlation `rho` each; MI is -d/2 ln(1 - rho^2).
  static func gaussian(n: Int, d: Int, rho: Double, seed: UInt64) throws -> EstimationRequest {
    var random = RandomSource(seed: testSeed(seed), 77)
    var x: [Double] = []
    var y: [Double] = []
    for _ in 0..<n * d {
      let a = random.normal()
      x.append(a)
      y.append(rho * a + (1 - rho * rho).squareRoot() * random.normal())
    }
    return try EstimationRequest(
      x: .samples(Samples(rowMajor: x, count: n, dimension: d)),
      y: .samples(Samples(rowMajor: y, count: n, dimension: d)))
  }

  /// Points of which `levels` says how coarse they are: small means many ties, 0 means none.
  static func points(
    n: Int, d: Int, levels: Int, using random: inout RandomSource
  ) -> Columns {
    let values = (0..<n * d).map { _ in
      levels == 0 ? random.normal() : Double(random.below(levels))
    }
    return Columns(values: values, count: n, dimension: d)
  }
}
