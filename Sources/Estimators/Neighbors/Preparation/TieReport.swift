// SPDX-License-Identifier: MIT

import EstimatorAPI

/// Points at distance 0 from one another, and what they do to an estimate.
///
/// The estimators assume densities, under which no two points coincide. Rounded or repeated data
/// break that: a distance of 0 reads as an infinite density.
struct TieReport {
  /// Rows whose x (all columns of it) equals another row's, and the same for y.
  let tiesX: Int
  let tiesY: Int
  /// Rows of which both x and y equal another row's.
  let duplicates: Int
  let count: Int

  var diagnostics: [String: DiagnosticValue] {
    ["tiesX": .integer(tiesX), "tiesY": .integer(tiesY), "duplicates": .integer(duplicates)]
  }

  var warnings: [EstimateWarning] {
    var warnings: [EstimateWarning] = []
    if duplicates > 0 {
      warnings.append(
        EstimateWarning(
          code: "duplicates",
          message: "\(duplicates) of \(count) rows coincide with another row in x and y; repeated "
            + "rows read as strong dependence. Remove them, or use -p ties=noise."))
    }
    if tiesX > 0 || tiesY > 0 {
      warnings.append(
        EstimateWarning(
          code: "ties",
          message: "\(tiesX) of \(count) rows share their x with another row and \(tiesY) their y; "
            + "the estimator assumes continuous data. Consider -p ties=noise."))
    }
    return warnings
  }
}
