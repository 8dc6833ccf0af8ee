// SPDX-License-Identifier: MIT

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// I >= E[T(x, y) - ln mean over candidates y' of exp T(x, y')], the real y among the candidates
/// (van den Oord, Li and Vinyals 2018, arXiv:1807.03748).
///
/// With M candidates it cannot exceed ln M, whatever the truth.
package struct InfoNCE: Objective {
  /// Creates the objective.
  package init() {}

  package func loss(_ scores: Scores, gradient: UnsafeMutablePointer<Double>) -> Double {
    let (rows, candidates) = (scores.rows, scores.negatives + 1)
    let weight = 1 / Double(rows)
    return withUnsafeTemporaryAllocation(of: Double.self, capacity: rows) { logSums in
      guard let logSums = logSums.baseAddress else { return 0 }
      writeLogSums(scores, scratch: gradient, into: logSums)
      for k in 0..<candidates {
        let start = k * rows
        for i in 0..<rows { gradient[start + i] = scores.start[start + i] - logSums[i] }
      }
      exponentiate(gradient, count: candidates * rows)
      for i in 0..<candidates * rows { gradient[i] *= weight }
      var sum = 0.0
      for i in 0..<rows {
        gradient[i] -= weight
        sum += logSums[i] - scores.start[i]
      }
      return sum * weight - log(Double(candidates))
    }
  }

  package func criterion(_ scores: Scores) -> Double {
    let logSums = logSums(scores)
    let information = (0..<scores.rows).reduce(0.0) { $0 + scores.start[$1] - logSums[$1] }
    return information / Double(scores.rows) + log(Double(scores.negatives + 1))
  }

  package func evaluate(_ scores: Scores) -> HeldOutValue {
    let ceiling = log(Double(scores.negatives + 1))
    let logSums = logSums(scores)
    let pointwise = (0..<scores.rows).map { scores.start[$0] - logSums[$0] + ceiling }
    return HeldOutValue(pointwise: pointwise, influence: pointwise, ceiling: ceiling)
  }

  /// ln of the sum of exp T over the candidates of each row.
  private func logSums(_ scores: Scores) -> [Double] {
    let scratch = Buffer<Double>(scores.rows * (scores.negatives + 1))
    return [Double](unsafeUninitializedCapacity: scores.rows) { result, count in
      guard let start = result.baseAddress else { return }
      writeLogSums(scores, scratch: scratch.start, into: start)
      count = scores.rows
    }
  }

  /// The same into `result` (rows), with a scratch of the size of the scores.
  private func writeLogSums(
    _ scores: Scores, scratch: UnsafeMutablePointer<Double>,
    into result: UnsafeMutablePointer<Double>
  ) {
    let (rows, candidates) = (scores.rows, scores.negatives + 1)
    for i in 0..<rows {
      var greatest = -Double.infinity
      for k in 0..<candidates { greatest = max(greatest, scores.start[k &* rows &+ i]) }
      for k in 0..<candidates {
        scratch[k &* rows &+ i] = scores.start[k &* rows &+ i] - greatest
      }
      result[i] = greatest
    }
    exponentiate(scratch, count: candidates * rows)
    // The sums go where the first candidates' terms lay.
    for k in 1..<candidates {
      for i in 0..<rows { scratch[i] += scratch[k &* rows &+ i] }
    }
    takeLogarithms(scratch, count: rows)
    for i in 0..<rows { result[i] += scratch[i] }
  }
}
