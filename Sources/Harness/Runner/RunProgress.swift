// SPDX-License-Identifier: MIT

/// How far a run is, with the time left.
///
/// Trials of one estimator at one size take about equally long, so the time left is the sum over
/// what is missing of the mean time of its like, shared by the threads.
public struct RunProgress: Sendable {
  /// Trials run.
  public private(set) var ran = 0
  /// Trials that another process ran meanwhile.
  public private(set) var passed = 0
  /// Trials run that gave no estimate.
  public internal(set) var failed = 0
  /// Trials not yet run.
  public private(set) var left: Int
  private let threads: Int
  private var kinds: [Kind: Tally] = [:]

  fileprivate struct Kind: Hashable {
    let configuration: Int
    let n: Int
  }

  private struct Tally {
    var left = 0
    var ran = 0
    var seconds = 0.0
  }

  init(missing trials: [PlannedTrial], threads: Int) {
    left = trials.count
    self.threads = threads
    for trial in trials { kinds[Kind(trial), default: Tally()].left += 1 }
  }

  mutating func end(_ trial: PlannedTrial, seconds: Double) {
    ran += 1
    left -= 1
    kinds[Kind(trial), default: Tally()].left -= 1
    kinds[Kind(trial), default: Tally()].ran += 1
    kinds[Kind(trial), default: Tally()].seconds += seconds
  }

  mutating func pass(_ trial: PlannedTrial) {
    passed += 1
    left -= 1
    kinds[Kind(trial), default: Tally()].left -= 1
  }

  /// The seconds that the rest will take, as far as the trials run so far tell.
  public var secondsLeft: Double? {
    guard ran > 0 else { return nil }
    let everyMean = kinds.values.reduce(0) { $0 + $1.seconds } / Double(ran)
    let work = kinds.values.reduce(0.0) { sum, kind in
      sum + Double(kind.left) * (kind.ran > 0 ? kind.seconds / Double(kind.ran) : everyMean)
    }
    return work / Double(threads)
  }
}

extension RunProgress.Kind {
  fileprivate init(_ trial: PlannedTrial) {
    self.init(configuration: trial.configuration, n: trial.key.n)
  }
}
