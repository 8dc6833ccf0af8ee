// SPDX-License-Identifier: MIT

import EstimatorAPI

/// What a neighbor estimator does with a column in which values or distances tie.
enum TieRule: String {
  /// Uniform noise within the cell of each value; see `Samples.dequantized`.
  case noise
  /// Nothing: ties count as they lie.
  case exact
  /// An error.
  case refuse

  static let parameter = ParameterSpecification(
    "ties", .choice(["noise", "exact", "refuse"]), default: .text("noise"),
    meaning: "recorded columns: noise within each value's cell, as they are, or an error")

  /// The rule that parameters name; estimators without the parameter leave columns as they are, and so
  /// does an own jitter.
  ///
  /// - Throws: `invalidParameter` for an estimator without the parameters that it needs.
  init(_ parameters: ParameterValues) throws(EstimatorError) {
    self = .exact
    guard parameters.values["ties"] != nil else { return }
    self = try Self(rawValue: parameters.text("ties")) ?? .exact
    if self == .noise, try parameters.number("jitter") > 0 { self = .exact }
  }
}

/// A column that was recorded, as the tie rule found it.
package struct TiedColumn: Sendable {
  let side: String
  let column: Int
  let profile: ColumnProfile

  /// Profiles the columns that show ties or a grid in a few of their rows.
  ///
  /// 256 rows tell: of L equally frequent values they hold about 2^15 / L pairs that agree, and
  /// a grid needs two gaps. So data without ties pay for sorting 256 numbers a column.
  static func columns(of samples: Samples, side: String) -> [TiedColumn] {
    (0..<samples.dimension).compactMap { column in
      let step = max(samples.count / 256, 1)
      let few = ValueRuns(
        stride(from: 0, to: samples.count, by: step).map { row in
          samples.withUnsafeValues { $0[row * samples.dimension + column] }
        })
      guard few.tiedShare > 0 || GridStep.step(of: few.values) != nil else { return nil }
      let profile = ColumnProfile(samples.column(column))
      guard profile.needsSpreading else { return nil }
      return TiedColumn(side: side, column: column, profile: profile)
    }
  }

  /// The error of `refuse`.
  var refusal: EstimatorError {
    let step = profile.step.map { ", on a grid of \(shortest($0))" } ?? ""
    let share = ((1000 * profile.tiedShare).rounded() / 10)
    return EstimatorError(
      EstimatorError.Code(rawValue: "repeatedRows"),
      "Column \(column) of \(side) (counted from 0) is recorded\(step): \(shortest(share)) % of the "
        + "rows share their value, and neighbors need distances that differ. Use -p ties=noise.")
  }
}

extension [TiedColumn] {
  /// What was done, for the diagnostics; empty where nothing was.
  var diagnostics: [String: DiagnosticValue] {
    guard !isEmpty else { return [:] }
    return [
      "spreadColumns": .texts(map { "\($0.side):\($0.column)" }),
      "spreadSteps": .numbers(map { $0.profile.step ?? 0 }),
      "spreadTiedShares": .numbers(map(\.profile.tiedShare)),
    ]
  }
}
