// SPDX-License-Identifier: MIT

import EstimatorAPI

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// What rounding took from a mutual information, where recorded numbers were rounded at all.
///
/// Rounding to steps D adds D^2/12 to the variance of a smooth density (Sheppard 1898,
/// doi:10.1112/plms/s1-29.1.353), so that a squared correlation shrinks by 1 - D^2 / (12 var) for each rounded
/// side, var the variance of the recorded numbers. Read through I = -ln(1 - r^2) / 2, which is exact for
/// normal variables, that gives the information of the numbers before they were rounded. Good for steps
/// up to about one and a half standard deviations. Counts were never rounded: for them it means nothing.
public struct RoundingLoss: Sendable, Hashable {
  /// The information before rounding, in nats; infinite where the recorded numbers leave no noise.
  public let unroundedNats: Double
  /// The sides that lie on a grid, "x" or "y".
  public let sides: [String]

  /// Nil where neither side is one column recorded in steps.
  ///
  /// - Parameters:
  ///   - nats: the information of the recorded numbers.
  ///   - profilesX: the profiles of the columns of x; empty for labels.
  ///   - profilesY: those of y.
  public init?(_ nats: Double, _ profilesX: [ColumnProfile], _ profilesY: [ColumnProfile]) {
    guard profilesX.count <= 1, profilesY.count <= 1 else { return nil }
    var kept = 1.0
    var sides: [String] = []
    for (profile, name) in [(profilesX.first, "x"), (profilesY.first, "y")] {
      guard let profile, profile.kind == .recorded, let step = profile.step else { continue }
      kept *= max(1 - step * step / (12 * profile.standardDeviation * profile.standardDeviation), 0)
      sides.append(name)
    }
    guard !sides.isEmpty, nats > 0 else { return nil }
    let squared = -expm1(-2 * nats) / kept
    unroundedNats = squared < 1 ? -log1p(-squared) / 2 : .infinity
    self.sides = sides
  }

  /// What to say where the two informations differ by more than an error, in nats; else nil.
  package func note(_ nats: Double, error: Double) -> String? {
    guard unroundedNats - nats > error else { return nil }
    let columns = sides.joined(separator: " and ")
    let amount =
      unroundedNats.isFinite
      ? "they had about \(shortest((unroundedNats * 1000).rounded() / 1000)) nats before"
      : "nothing can be said of what they had before"
    return "This is the information of the recorded numbers. If \(columns) "
      + "\(sides.count > 1 ? "were" : "was") rounded, \(amount) (Sheppard's correction, as for normal "
      + "variables); counts keep this one."
  }
}
