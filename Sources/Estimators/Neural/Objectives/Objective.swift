// SPDX-License-Identifier: MIT

/// What a critic is trained for, and what is read off it on rows that it never saw.
///
/// Scores are in the critic's layout: row 0 of (1 + negatives) x rows is the real pairs, the others
/// are broken ones. All sums are in float64, whatever the network is made of.
package protocol Objective: Sendable {
  /// The loss to descend, and its gradient by each score.
  mutating func loss(_ scores: Scores, gradient: UnsafeMutablePointer<Double>) -> Double

  /// What early stopping watches on its own rows, in nats: greater is better.
  func criterion(_ scores: Scores) -> Double

  /// The information read off held-out rows.
  func evaluate(_ scores: Scores) -> HeldOutValue
}

/// The scores of a batch, float64.
package struct Scores {
  /// (1 + negatives) x rows.
  package let start: UnsafePointer<Double>
  /// The number of rows B.
  package let rows: Int
  /// The shift of each row of scores; the first is 0, the real pairs.
  package let shifts: [Int]

  /// Lends scores.
  package init(_ start: UnsafePointer<Double>, rows: Int, shifts: [Int]) {
    precondition(shifts.first == 0 && shifts.count > 1, "the real pairs come first")
    self.start = start
    self.rows = rows
    self.shifts = shifts
  }

  /// The number of broken pairs of each row.
  package var negatives: Int { shifts.count - 1 }

  /// The number of broken pairs.
  package var brokenCount: Int { rows * negatives }
  /// The scores of the real pairs.
  package var real: UnsafeBufferPointer<Double> { UnsafeBufferPointer(start: start, count: rows) }
  /// The scores of the broken pairs.
  package var broken: UnsafeBufferPointer<Double> {
    UnsafeBufferPointer(start: start + rows, count: brokenCount)
  }
  /// Writes the mean's share of each broken pair, exp(T - shift) over their number.
  package func brokenExponentials(
    less shift: Double, into result: UnsafeMutablePointer<Double>
  ) {
    let share = 1 / Double(brokenCount)
    for i in 0..<brokenCount { result[i] = start[rows + i] - shift }
    exponentiate(result, count: brokenCount)
    for i in 0..<brokenCount { result[i] *= share }
  }

  /// The mean score of the real pairs.
  package var realMean: Double { real.reduce(0, +) / Double(rows) }
}

/// An objective on held-out rows.
package struct HeldOutValue {
  /// The contribution of each row, in nats; their mean is the value.
  package var pointwise: [Double]
  /// The first-order influence of each row on the value, up to a constant: a broken pair belongs
  /// half to x's row and half to y's, so a row counts in both.
  package var influence: [Double]
  /// The greatest value possible, where the objective has one.
  package var ceiling: Double?

  /// The value, in nats.
  package var value: Double { pointwise.reduce(0, +) / Double(pointwise.count) }
}
