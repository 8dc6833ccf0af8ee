// SPDX-License-Identifier: MIT

public import EstimatorAPI
import Estimators

/// Verdicts over the dial of the test bed, and how often they and simpler rules were right.
public struct ModalityVerdicts: Sendable {
  /// The test bed.
  public let bed: ModalityTestBed
  /// Held-out rows of each check.
  public let rows: Int
  /// Every drawing at every overlap, the drawings of an overlap together.
  public let verdicts: [ModalityVerdict]

  /// A rule for when to distill.
  public enum Rule: String, Sendable, CaseIterable {
    /// The verdict of `check`; says nothing where that is undecided.
    case check
    /// The larger of the exact informations, which nobody has on real data.
    case exact
    /// The larger of two plain numbers, `ksg-1` and `ross`.
    case plain
  }

  /// How often a rule was right at a weight.
  public struct Agreement: Sendable, Hashable {
    /// Drawings.
    public let drawings: Int
    /// Drawings on which the rule said something.
    public let decided: Int
    /// Of those, the ones where it was right.
    public let right: Int
    /// `right` of `decided`; nil where that is none.
    public let accuracy: Double?
    /// The standard error of ``accuracy``, whole seeds taken as the units.
    ///
    /// The drawings of one seed share the student at every overlap.
    public let error: Double?
    /// The share of drawings on which it said nothing.
    public let abstained: Double
  }

  /// Runs drawings `seed ..< seed + seeds` at all overlaps.
  ///
  /// - Throws: what a check throws.
  public init(
    _ bed: ModalityTestBed, overlaps: [Int], seeds: Int, rows: Int, options: CheckOptions,
    hooks: CheckHooks
  ) throws(EstimatorError) {
    var verdicts: [ModalityVerdict] = []
    for overlap in overlaps {
      for seed in 0..<UInt64(seeds) {
        verdicts.append(
          try bed.verdict(
            overlap: overlap, seed: options.seed &+ seed, rows: rows, options: options,
            hooks: hooks))
        hooks.progress("\(verdicts.count) of \(overlaps.count * seeds) drawings checked")
      }
    }
    self.bed = bed
    self.rows = rows
    self.verdicts = verdicts
  }

  /// How often a rule was right at the weight of that index, on all drawings or on those at one overlap.
  public func agreement(_ rule: Rule, weight: Int, overlap: Int? = nil) -> Agreement {
    let cases = verdicts.filter { overlap == nil || $0.overlap == overlap }
    let said = cases.compactMap { found in
      rule.helps(found).map { (seed: found.seed, right: found.agrees($0, weight: weight)) }
    }
    let right = said.count(where: \.right)
    var error: Double?
    let bySeed = Dictionary(grouping: said, by: \.seed).values
    if bySeed.count > 1 {
      // The ratio of two sums over seeds, linearized.
      let rate = Double(right) / Double(said.count)
      let squares = bySeed.reduce(0.0) { sum, one in
        let residual = Double(one.count(where: \.right)) - rate * Double(one.count)
        return sum + residual * residual
      }
      let m = Double(bySeed.count)
      error = (m / (m - 1) * squares).squareRoot() / Double(said.count)
    }
    return Agreement(
      drawings: cases.count, decided: said.count, right: right,
      accuracy: said.isEmpty ? nil : Double(right) / Double(said.count), error: error,
      abstained: 1 - Double(said.count) / Double(max(cases.count, 1)))
  }

  /// The share of drawings in which distillation helped at the weight of that index.
  public func helped(weight: Int, overlap: Int? = nil) -> Double {
    let cases = verdicts.filter { overlap == nil || $0.overlap == overlap }
    return Double(cases.count { $0.gains[weight] > 0 }) / Double(max(cases.count, 1))
  }
}

extension ModalityVerdicts.Rule {
  /// Whether the rule says that distillation helps; nil where it says nothing.
  fileprivate func helps(_ found: ModalityVerdict) -> Bool? {
    switch self {
    case .check: found.verdict == .undecided ? nil : found.verdict == .distill
    case .exact: found.exactGap > 0
    case .plain: found.plainGap.map { $0 > 0 }
    }
  }
}
