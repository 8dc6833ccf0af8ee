// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators
import Foundation
import Harness
import Testing

/// How often tests by surrogates reject independent series at level 0.05.
///
/// Slow, `gaussian`, 99 surrogates, 400 pairs of 600 rows (the figures of the guide come from here).
@Suite struct SurrogateLevelTests {
  static let isSlow = ProcessInfo.processInfo.environment["MI_SLOW_TESTS"] == "1"

  enum Family: String, CaseIterable {
    case halfAutoregression, autoregression, slowAutoregression, alternating, cycles, logistic,
      states

    func series(_ n: Int, _ random: inout RandomSource) -> [Double] {
      func autoregression(_ a: Double) -> [Double] {
        var last = random.normal() / (1 - a * a).squareRoot()
        return (0..<n).map { _ in
          last = a * last + random.normal()
          return last
        }
      }
      switch self {
      case .halfAutoregression: return autoregression(0.5)
      case .autoregression: return autoregression(0.9)
      case .slowAutoregression: return autoregression(0.95)
      case .alternating: return autoregression(-0.9)
      case .states: return autoregression(0.95).map { $0 > 0 ? 1 : 0 }
      case .cycles:
        let (period, phase) = (20 + 40 * random.uniform(), random.uniform())
        return (0..<n).map {
          sin(2 * .pi * (Double($0) / period + phase)) + 0.5 * random.normal()
        }
      case .logistic:
        var last = 0.1 + 0.8 * random.uniform()
        return (0..<n).map { _ in
          last = 3.99 * last * (1 - last)
          return last
        }
      }
    }
  }

  static func rejections(
    _ family: Family, _ surrogates: Surrogates, pairs: Int, rows: Int = 600,
    by named: (any MutualInformationEstimator)? = nil
  ) throws -> Int {
    let estimator = try named ?? GaussianEstimator()
    var rejected = 0
    for seed in 0..<pairs {
      var random = RandomSource(seed: testSeed(seed), fnv1a(family.rawValue))
      let (x, y) = (family.series(rows, &random), family.series(rows, &random))
      let request = try EstimationRequest(
        x: .samples(Samples(x)), y: .samples(Samples(y)), seed: testSeed(seed), threads: 2)
      let test = try PermutationTest(
        estimator, request, permutations: 99, enough: 99, surrogates: surrogates)
      if test.pValue <= 0.05 { rejected += 1 }
    }
    return rejected
  }

  /// 20 pairs at 0.05: one is expected, more than 6 have probability 0.0003 each.
  @Test(arguments: Family.allCases, [Surrogates.shift, .block])
  func independentSeriesAreRarelyRejected(family: Family, surrogates: Surrogates) throws {
    try expect(Self.rejections(family, surrogates, pairs: 20), atMost: 6)
  }

  /// The largest level allowed is 0.08 for 400 pairs, 2.7 standard errors above 0.05.
  @Test(.enabled(if: isSlow), arguments: Family.allCases, [Surrogates.shift, .block])
  func levels(family: Family, surrogates: Surrogates) throws {
    let level = Double(try Self.rejections(family, surrogates, pairs: 400)) / 400
    print("level of \(surrogates.rawValue), \(family.rawValue): \(level)")
    #expect(level <= (surrogates == .block ? 0.12 : 0.08))
  }

  @Test(.enabled(if: isSlow))
  func nearestNeighborsReadSlowSeriesByShifts() throws {
    let rejected = try Self.rejections(.slowAutoregression, .shift, pairs: 100, by: KSG1Estimator())
    print("level of shift, ksg-1, coefficient 0.95: \(Double(rejected) / 100)")
    expect(rejected, atMost: 13)
  }
}
