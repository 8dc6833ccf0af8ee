// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators
import Harness
import Testing

/// Series of known information for the tests of lags and transfer.
enum SeriesDraws {
  /// An autoregression x with this coefficient and unit noise, and y_t = own y_{t-1} + weight x_{t-lag} + unit noise.
  static func coupled(
    _ n: Int, coefficient: Double, own: Double = 0, weight: Double, lag: Int, seed: UInt64
  ) -> (x: [Double], y: [Double]) {
    var random = RandomSource(seed: testSeed(seed), 0x5E)
    let burn = 200
    var (x, y) = ([Double](), [Double]())
    for t in 0..<n + burn {
      x.append((t > 0 ? coefficient * x[t - 1] : 0) + random.normal())
      let (past, driven) = (t > 0 ? y[t - 1] : 0, t >= lag ? x[t - lag] : 0)
      y.append(own * past + weight * driven + random.normal())
    }
    return (Array(x[burn...]), Array(y[burn...]))
  }

  /// Lags by the operation.
  static func lags(
    _ x: [Double], _ y: [Double], _ settings: LagsSettings, estimator: String = "gaussian",
    _ texts: [String: String] = [:], groups: [Int]? = nil, seed: UInt64 = 0, threads: Int = 1
  ) throws -> LagsOperation.Outcome {
    try LagsOperation(
      settings, estimator: estimator, texts, .builtIn(), x: .samples(Samples(x)),
      y: .samples(Samples(y)), groups: groups, seed: seed, threads: threads,
      isCancelled: { false }
    ).run()
  }

  /// Transfer by the operation.
  static func transfer(
    _ source: [Double], _ target: [Double], given: [Double]? = nil,
    _ settings: TransferSettings = TransferSettings(lag: 1), estimator: String = "gaussian",
    _ texts: [String: String] = [:], groups: [Int]? = nil, seed: UInt64 = 0, threads: Int = 1
  ) throws -> TransferOperation.Outcome {
    try TransferOperation(
      settings, estimator: estimator, texts, .builtIn(), source: .samples(Samples(source)),
      target: .samples(Samples(target)), given: given.map { .samples(try Samples($0)) },
      groups: groups, seed: seed, threads: threads, isCancelled: { false }
    ).run()
  }
}

extension TransferSettings {
  init(
    lag: Int?, history: Int? = 1, sourceHistory: Int? = 1, givenLag: Int? = nil,
    permutations: Int = 0, surrogates: String? = nil
  ) {
    self.init()
    self.lag = lag
    self.history = history
    self.sourceHistory = sourceHistory
    self.givenLag = givenLag
    self.permutations = permutations
    self.surrogates = surrogates
  }
}

extension LagsSettings {
  init(_ lags: ClosedRange<Int>, permutations: Int = 0, surrogates: String? = nil) {
    self.init(maxLag: lags.upperBound)
    minLag = lags.lowerBound
    self.permutations = permutations
    self.surrogates = surrogates
  }
}
