// SPDX-License-Identifier: MIT

package import EstimatorAPI

/// Whole rows that are there more than once, as after drawing rows with replacement, joining tables or
/// logging an event twice.
///
/// Values that repeat are no copies: rounded columns tie without the other columns. Copies are found by
/// a column that lies on no grid and whose values repeat only together with the whole row.
package struct RowCopies: Sendable {
  /// The first row of each set of equal rows, in rising order.
  package let distinctRows: [Int]
  /// For each row its place among the distinct ones.
  let places: [Int]

  /// The share of copied rows from which on they count.
  private static let leastShare = 0.02

  /// The rows that are left out where each is counted once.
  package var copies: Int { places.count - distinctRows.count }

  /// A number for each distinct row, given to its copies too.
  package func spread(_ terms: [Double]) -> [Double] { places.map { terms[$0] } }

  /// The copies among the rows of a pair, with a third variable where one is given.
  ///
  /// Nil if at most one row in fifty is equal to another, if rows are there more than three times on average, or if
  /// rounding explains it.
  init?(_ sides: [(variable: Variable, profiles: [ColumnProfile])], given: Variable? = nil) {
    let columns = sides.flatMap { side in
      side.variable.samples.map { samples in
        side.profiles.indices.map { (profile: side.profiles[$0], samples: samples, column: $0) }
      } ?? []
    }
    // Only a column without a grid can tell copies from rounding, and one must have ties at all.
    let telling = columns.filter {
      $0.profile.kind == .recorded && $0.profile.step == nil
        && $0.profile.tiedShare >= Self.leastShare
    }
    guard !telling.isEmpty else { return nil }
    let all = sides.map(\.variable) + (given.map { [$0] } ?? [])
    let rows = all.map(\.count).min() ?? 0
    var placeOf: [[UInt64]: Int] = [:]
    var distinct: [Int] = []
    var places: [Int] = []
    for row in 0..<rows {
      let bits = all.flatMap { $0.bits(ofRow: row) }
      if placeOf[bits] == nil {
        placeOf[bits] = distinct.count
        distinct.append(row)
      }
      places.append(placeOf[bits] ?? 0)
    }
    // A table of two codes for a few categories has every row many times.
    guard Double(rows - distinct.count) >= Self.leastShare * Double(rows),
      3 * distinct.count >= rows
    else { return nil }
    let isTold = telling.contains { column in
      let values = column.samples.column(column.column)
      return ColumnProfile(distinct.map { values[$0] }).kind == .continuous
    }
    guard isTold else { return nil }
    distinctRows = distinct
    self.places = places
  }

  /// The copies among the rows of a request.
  package init?(_ request: EstimationRequest) {
    // A copied row repeats in every column: most data are done with after one of them.
    guard let first = request.x.samples ?? request.y.samples,
      ValueRuns(first.column(0)).tiedShare >= Self.leastShare
    else { return nil }
    self.init(
      [request.x, request.y].map { ($0, $0.samples?.profiles ?? []) }, given: request.given)
  }

  /// What copies mean for an estimator that was named, and so sees them.
  package var warning: EstimateWarning {
    EstimateWarning(
      code: "copiedRows",
      message:
        "\(copies) of the \(places.count) rows are copies of other rows, every value the same: to an "
        + "estimator they look like dependence. Without -e each row counts once.")
  }

  /// What was done, for people.
  var note: String {
    "\(copies) of the \(places.count) rows are copies of other rows, every value the same: each row "
      + "counts once."
  }
}

extension Variable {
  /// One row, by the bits of its numbers or the code of its class.
  fileprivate func bits(ofRow row: Int) -> [UInt64] {
    switch self {
    case .labels(let labels): [UInt64(bitPattern: Int64(labels.codes[row]))]
    case .samples(let samples):
      samples.withUnsafeValues { values in
        (0..<samples.dimension).map { (values[row * samples.dimension + $0] + 0).bitPattern }
      }
    }
  }
}
