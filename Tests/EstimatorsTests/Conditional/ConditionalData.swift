// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Triples (x, y, z) of which I(x; y | z) is known.
enum ConditionalData: String, CaseIterable, Sendable {
  /// x and y follow z, each with noise of its own: 0, although x and y share 0.51.
  case chain
  /// x and z are independent, y = x + z + noise of variance 1/4: ln(5) / 2, more than I(x; y).
  case synergy
  /// x and z are coins, y = x xor z: ln 2, although x and y alone are independent.
  case exclusiveOr
  /// x is one of 0 ... 4, y uniform on x ... x + 2 and z a count of its own: ln 5 - 4/5 ln 2.
  case mixed

  var truth: Double {
    switch self {
    case .chain: 0
    case .synergy: log(5) / 2
    case .exclusiveOr: log(2)
    case .mixed: log(5) - 0.8 * log(2)
    }
  }

  func draw(
    _ random: inout RandomSource, n: Int, dz: Int = 1
  ) throws -> EstimationRequest {
    var (x, y, z): ([Double], [Double], [Double]) = ([], [], [])
    for _ in 0..<n {
      let row: (Double, Double, Double)
      switch self {
      case .chain:
        let common = random.normal()
        row = (common + 0.5 * random.normal(), common + 0.5 * random.normal(), common)
      case .synergy:
        let (a, b) = (random.normal(), random.normal())
        row = (a, a + b + 0.5 * random.normal(), b)
      case .exclusiveOr:
        let (a, b) = (random.below(2), random.below(2))
        row = (Double(a), Double((a + b) % 2), Double(b))
      case .mixed:
        let a = Double(random.below(5))
        row = (a, a + 2 * random.uniform(), Double(random.below(2) + random.below(2)))
      }
      x.append(row.0)
      y.append(row.1)
      z.append(row.2)
      // Columns of z that have nothing to do with the others.
      for _ in 1..<max(dz, 1) { z.append(random.normal()) }
    }
    return try EstimationRequest(
      x: .samples(Samples(x)), y: .samples(Samples(y)),
      given: .samples(Samples(rowMajor: z, count: n, dimension: dz)), seed: random.next())
  }
}
