// SPDX-License-Identifier: MIT

/// A family with the rows it reads: ranks, or the columns themselves.
struct AutoEntrant: Sendable {
  /// What a family reads.
  enum Coordinates: String, Sendable {
    /// Normal scores, which depend on the order of the values alone.
    case ranks
    /// Normal scores spread over the steps between ranks.
    case spreadRanks
    /// Standardized columns.
    case columns
  }

  let family: any AutoFamily
  let coordinates: Coordinates
  /// n x (dx + dy), x's columns first.
  let rows: Matrix
  /// The sum over columns of ln dz / dx at each row, z the normal scores; nil where the rows are scores.
  ///
  /// A density of the columns is lowered by it to be one of normal scores.
  let logSlopes: [Double]?

  /// The families on normal scores.
  static func onRanks(_ families: [any AutoFamily], _ joint: JointScores) -> [AutoEntrant] {
    families.map {
      AutoEntrant(family: $0, coordinates: .ranks, rows: joint.rows, logSlopes: nil)
    }
  }

  /// The families on ranks that show no more than ranks can, and a Gaussian and a Student of the columns
  /// themselves.
  static func beyondRanks(
    _ families: [any AutoFamily], _ joint: JointScores, columns: Matrix
  ) -> [AutoEntrant] {
    let resolution = RankResolution(joint.rows)
    let slopes = resolution.logSlopes(of: columns)
    let plain: [any AutoFamily] = [GaussianFamily(id: "gaussian"), StudentColumnsFamily()]
    return plain.map {
      AutoEntrant(family: $0, coordinates: .columns, rows: columns, logSlopes: slopes)
    }
      + families.map {
        AutoEntrant(
          family: $0, coordinates: .spreadRanks, rows: resolution.spread, logSlopes: nil)
      }
  }

  /// The mean of ``logSlopes`` over some rows.
  func meanLogSlope(_ rows: [Int]) -> Double {
    guard let logSlopes else { return 0 }
    return rows.reduce(0) { $0 + logSlopes[$1] } / Double(rows.count)
  }
}
