// SPDX-License-Identifier: MIT

package import EstimatorAPI

/// Scores rows that the critic does not learn from: real pairs and evenly spread shifts of them.
package final class HeldOutScorer<C: Critic> {
  private let rows: PairRows<C.Scalar>
  private let critic: C
  private let shifts: [Int]
  private let chunk: Int
  private let narrow: Buffer<C.Scalar>
  private let wide: Buffer<Double>
  private let baseline: BaselineScorer?

  /// Allocates for the rows, each broken in up to `negatives` ways.
  package init(shape: CriticShape, rows: PairRows<C.Scalar>, negatives: Int) {
    precondition(rows.count >= 2, "\(rows.count) held-out rows; at least 2")
    self.rows = rows
    let negatives = min(negatives, rows.count - 1)
    // Equal strides over 1 ... rows - 1; all of them where there are enough.
    shifts = [0] + (0..<negatives).map { 1 + $0 * (rows.count - 1) / negatives }
    // So many pairs at a time that the activations stay in the cache.
    chunk = max(1, min(shifts.count, 1024 / rows.count))
    critic = C(shape: shape, rows: rows.count, pairs: rows.count * chunk)
    narrow = Buffer(rows.count * shifts.count)
    wide = Buffer(rows.count * shifts.count)
    baseline = rows.baseline.map { BaselineScorer(rows: rows.count, width: $0.width) }
  }

  /// The number of parameters that the critic takes.
  package var parameterCount: Int { critic.parameterCount }

  /// `body` of the scores under the given parameters.
  ///
  /// - Throws: `cancelled`.
  package func score<Result>(
    _ parameters: Buffer<C.Scalar>, watch: TrainingWatch, _ body: (Scores) -> Result
  ) throws(EstimatorError) -> Result {
    critic.embed(parameters, x: rows.x.start, y: rows.y.start, rows: rows.count)
    let step = C.scoresAllShiftsAtOnce ? shifts.count : chunk
    for start in stride(from: 0, to: shifts.count, by: step) {
      try watch.check()
      let part = Array(shifts[start..<min(start + step, shifts.count)])
      critic.score(parameters, shifts: part, scores: narrow.start + start * rows.count)
    }
    for i in 0..<rows.count * shifts.count { wide.start[i] = Double(narrow.start[i]) }
    if let baseline, let features = rows.baseline {
      baseline.add(
        x: features.x.start, y: features.y.start, rows: rows.count, shifts: shifts,
        scores: wide.start)
    }
    return body(Scores(wide.start, rows: rows.count, shifts: shifts))
  }
}
