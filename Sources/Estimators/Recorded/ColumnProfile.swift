// SPDX-License-Identifier: MIT

import EstimatorAPI

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// How the numbers of one column were recorded, as far as the numbers themselves show it.
///
/// Estimators of continuous variables assume a density, under which no two rows agree. Numbers that
/// were counted, rated, rounded or capped break that assumption in different ways; the kind says
/// which, and ``DefaultPlan`` what follows.
public struct ColumnProfile: Sendable, Hashable, Codable {
  /// What the values look like.
  public enum Kind: String, Sendable, Hashable, Codable {
    /// Practically all values differ, on no grid that matters.
    case continuous
    /// Values on a grid, or repeated by rounding; see ``ColumnProfile/step``.
    case recorded
    /// Few values, such as ratings, flags and small counts: no more uncertain than five or six equally
    /// frequent ones.
    case fewValues
    /// One or a few values hold a share of their own beside numbers that are continuous or recorded.
    case atoms
    /// One value throughout.
    case constant
  }

  /// A value that holds a share of the rows of its own.
  public struct Atom: Sendable, Hashable, Codable {
    /// The value.
    public let value: Double
    /// The share of the rows, 0 to 1.
    public let share: Double
  }

  /// What the values look like.
  public let kind: Kind
  /// The number of rows.
  public let count: Int
  /// The number of different values.
  public let distinct: Int
  /// The share of rows whose value another row has too, 0 to 1.
  public let tiedShare: Double
  /// The smallest value.
  public let minimum: Double
  /// The largest value.
  public let maximum: Double
  /// The largest step of which all differences of values are multiples, up to the rounding of
  /// floating-point numbers; nil where there is none that matters at this number of rows.
  public let step: Double?
  /// The standard deviation, n - 1 below.
  public let standardDeviation: Double
  /// The plug-in entropy of the values as they are, in nats; ln(count) where all differ.
  public let entropyNats: Double
  /// Whether every value is a whole number.
  public let isWhole: Bool
  /// The atoms, the largest share first; empty unless the kind is `atoms`.
  public let atoms: [Atom]

  /// Where the values end.
  public let ends: ColumnEnds

  /// Whether the numbers beside the atoms repeat or lie on a grid, too; false without atoms.
  public let isRestRecorded: Bool

  /// exp(entropy): as many equally frequent values would be as uncertain.
  public var effectiveValues: Double { exp(entropyNats) }

  /// Profiles one column of finite numbers; O(n log n).
  public init(_ values: [Double]) {
    let runs = ValueRuns(values)
    let counts = runs.counts
    let n = Double(values.count)
    count = values.count
    distinct = counts.count
    minimum = runs.values[0]
    maximum = runs.values[counts.count - 1]
    isWhole = runs.values.allSatisfy { $0 == $0.rounded() && abs($0) < 0x1p53 }
    tiedShare = runs.tiedShare
    entropyNats = log(n) - counts.reduce(0) { $0 + Double($1) * log(Double($1)) } / n
    let mean = values.reduce(0) { $0 + $1 / n }
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    standardDeviation = values.count > 1 ? (squares / (n - 1)).squareRoot() : 0
    step = runs.step
    ends = ColumnEnds(values, runs)
    let atoms = runs.atoms
    self.atoms = atoms
    isRestRecorded = !atoms.isEmpty && runs.without(atoms).isRecorded
    if counts.count == 1 {
      kind = .constant
    } else if !atoms.isEmpty {
      kind = .atoms
    } else if entropyNats <= Self.fewValuesNats, Double(counts.count) <= n / 2 {
      kind = .fewValues
    } else if runs.isRecorded {
      kind = .recorded
    } else {
      kind = .continuous
    }
  }

  /// The entropy up to which values are few, in nats: that of 5.5 equally frequent ones.
  static let fewValuesNats = 1.7
}
