// SPDX-License-Identifier: MIT

import Estimators

/// The test bed over its dial: accuracies, gains, and where the gain crosses zero.
public struct ModalitySweep: Sendable {
  /// The test bed.
  public let bed: ModalityTestBed
  /// Seeds at each overlap.
  public let seeds: Int
  /// The rows, by rising overlap.
  public let rows: [Row]
  /// Where the mean gain first crosses zero from below, by weight; nil where it does not.
  public let crossings: [Crossing?]

  /// One overlap.
  public struct Row: Sendable {
    /// Shared decisive features, 0 to 10.
    public let overlap: Int
    /// The trials, one per seed.
    public let trials: [ModalityTestBed.Trial]
    /// The dial.
    public var gamma: Double { ModalityTestBed.gamma(overlap: overlap) }
    /// Mean and error of a quantity over seeds.
    public func mean(_ value: (ModalityTestBed.Trial) -> Double) -> Moments {
      var moments = Moments()
      for trial in trials { moments.add(value(trial)) }
      return moments
    }
  }

  /// A position on the dial.
  public struct Crossing: Sendable, Hashable {
    /// By linear interpolation between overlaps.
    public let gamma: Double
    /// Its standard error by the jackknife over seeds; nil where a crossing vanished.
    public let error: Double?
  }

  /// Runs all overlaps with the same seeds.
  public init(_ bed: ModalityTestBed, overlaps: [Int], seeds: Int, seed: UInt64, threads: Int) {
    self.bed = bed
    self.seeds = seeds
    let trials = parallelMap(overlaps.count * seeds, threads: threads) { index in
      bed.trial(overlap: overlaps[index / seeds], seed: seed &+ UInt64(index % seeds))
    }
    let rows = overlaps.enumerated().map { index, overlap in
      Row(overlap: overlap, trials: Array(trials[index * seeds..<(index + 1) * seeds]))
    }
    self.rows = rows
    crossings = bed.weights.indices.map { weight in
      Self.crossing(rows, weight: weight, seeds: seeds)
    }
  }

  private static func crossing(_ rows: [Row], weight: Int, seeds: Int) -> Crossing? {
    let gains = rows.map { row in row.trials.map { $0.taught[weight] - $0.alone } }
    let sums = gains.map { $0.reduce(0, +) }
    func crossing(_ means: [Double]) -> Double? {
      for (low, high) in zip(rows.indices, rows.indices.dropFirst())
      where means[low] <= 0 && means[high] > 0 {
        let share = -means[low] / (means[high] - means[low])
        return rows[low].gamma + share * (rows[high].gamma - rows[low].gamma)
      }
      return nil
    }
    guard let gamma = crossing(sums) else { return nil }
    let without = (0..<seeds).compactMap { seed in
      crossing(zip(sums, gains).map { $0 - $1[seed] })
    }
    guard without.count == seeds, seeds > 1 else { return Crossing(gamma: gamma, error: nil) }
    let mean = without.reduce(0, +) / Double(seeds)
    let squares = without.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return Crossing(
      gamma: gamma,
      error: (Double(seeds - 1) / Double(seeds) * squares).squareRoot())
  }
}
