// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// How many past values of a series tell about its present: the history of `--history auto`.
///
/// Of a continuous series by prediction (Ragwitz and Kantz 2002, doi:10.1103/PhysRevE.65.056201): each row
/// is predicted by the mean over the ``neighbors`` rows whose histories are nearest to its own, without the
/// row itself; chosen is the shortest history whose squared error is within two standard errors (of the
/// difference, row by row) of the least. Of labels by the order of a Markov chain with the least BIC (Katz 1981,
/// doi:10.1080/00401706.1981.10486293). All candidates are judged on the same rows.
struct HistoryChoice: Sendable {
  /// The history.
  let history: Int
  /// For each candidate, from 1 on, the mean squared error in variances of the series, or the BIC a row.
  let criterion: [Double]

  /// Rows whose histories are compared with a row's.
  static let neighbors = 4
  /// Rows that are predicted at most; the others are still neighbors.
  static let mostPredicted = 5000

  /// Chooses from 1...`most`.
  ///
  /// - Throws: `tooFewSamples` where no trial is long enough.
  init(
    of series: Variable, most: Int, step: Int, trials: Trials, window: Int, threads: Int
  ) throws(EstimatorError) {
    let reach = 1 + (most - 1) * step
    try trials.check(before: reach, after: 0)
    let rows = trials.rows(before: reach, after: 0)
    switch series {
    case .labels(let labels):
      let found = try (1...most).map { history throws(EstimatorError) in
        try Self.bic(labels, history, step: step, rows: rows)
      }
      criterion = found
      history = 1 + (found.indices.min { found[$0] < found[$1] } ?? 0)
    case .samples(let samples):
      guard rows.count > Self.neighbors + 2 * window else {
        throw EstimatorError(
          .tooFewSamples,
          "\(rows.count) rows are too few to choose a history by; it needs more than "
            + "\(Self.neighbors + 2 * window).")
      }
      let scaled = try Self.samples(standardized(samples, side: "the series"))
      let present = scaled.selecting(rows: rows)
      let stride = max(1, (rows.count + Self.mostPredicted - 1) / Self.mostPredicted)
      let predicted = Swift.stride(from: 0, to: rows.count, by: stride).map(\.self)
      var errors: [[Double]] = []
      for history in 1...most {
        let past = try PastValues(lag: 1, history: history, step: step)
          .of(.samples(scaled), at: rows)
        guard let past = past.samples else { continue }
        let near = nearestRows(
          Columns(past), k: Self.neighbors, queries: predicted, includesOwn: false,
          window: window, threads: threads)
        errors.append(Self.squaredErrors(of: present, at: predicted, from: near))
      }
      let means = errors.map { $0.reduce(0, +) / Double($0.count) }
      let best = means.indices.min { means[$0] < means[$1] } ?? 0
      let chosen = errors.indices.first { candidate in
        let excess = meanAndError(zip(errors[candidate], errors[best]).map { $0 - $1 })
        return excess.mean <= 2 * excess.error
      }
      criterion = means
      history = 1 + (chosen ?? best)
    }
  }

  /// The squared error of each predicted row, mean over the columns.
  private static func squaredErrors(
    of present: Samples, at rows: [Int], from near: [Int32]
  ) -> [Double] {
    let d = present.dimension
    return present.withUnsafeValues { values in
      rows.enumerated().map { query, row in
        let found = near[query * neighbors..<(query + 1) * neighbors].filter { $0 >= 0 }
        return (0..<d).reduce(0.0) { sum, column in
          let mean =
            found.reduce(0.0) { $0 + values[Int($1) * d + column] } / Double(max(found.count, 1))
          let miss = values[row * d + column] - mean
          return sum + miss * miss / Double(d)
        }
      }
    }
  }

  /// -2 ln L + parameters ln n of a Markov chain, a row.
  private static func bic(
    _ labels: Labels, _ history: Int, step: Int, rows: [Int]
  ) throws(EstimatorError) -> Double {
    let past = try PastValues(lag: 1, history: history, step: step).of(.labels(labels), at: rows)
    guard let contexts = past.labels else { return .infinity }
    var counts: [Int64: Int] = [:]
    for (row, context) in zip(rows, contexts.codes) {
      counts[Int64(context) << 32 | Int64(labels.codes[row]), default: 0] += 1
    }
    let sizes = contexts.classSizes
    let likelihood = counts.sorted { $0.key < $1.key }.reduce(0.0) { sum, cell in
      sum + Double(cell.value) * log(Double(cell.value) / Double(sizes[Int(cell.key >> 32)]))
    }
    let classes = Double(labels.classSizes.count { $0 > 0 })
    // All contexts that could occur: a long history that was not seen is no simpler for it.
    let parameters = (classes - 1) * pow(classes, Double(history))
    let n = Double(rows.count)
    return (-2 * likelihood + parameters * log(n)) / n
  }

  /// Standardized columns as samples.
  private static func samples(_ matrix: Matrix) throws(EstimatorError) -> Samples {
    try Samples(rowMajor: matrix.values, count: matrix.rows, dimension: matrix.columns)
  }
}
