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
    var sum = 0.0
    for i in 0..<rows {
      let logarithm = logSum(scores, row: i)
      for k in 0..<candidates {
        gradient[k * rows + i] = weight * exp(scores.start[k * rows + i] - logarithm)
      }
      gradient[i] -= weight
      sum += logarithm - scores.start[i]
    }
    return sum * weight - log(Double(candidates))
  }

  package func criterion(_ scores: Scores) -> Double {
    let information = (0..<scores.rows).reduce(0.0) {
      $0 + scores.start[$1] - logSum(scores, row: $1)
    }
    return information / Double(scores.rows) + log(Double(scores.negatives + 1))
  }

  package func evaluate(_ scores: Scores) -> HeldOutValue {
    let ceiling = log(Double(scores.negatives + 1))
    let pointwise = (0..<scores.rows).map {
      scores.start[$0] - logSum(scores, row: $0) + ceiling
    }
    return HeldOutValue(pointwise: pointwise, influence: pointwise, ceiling: ceiling)
  }

  /// ln of the sum of exp T over the candidates of row i.
  private func logSum(_ scores: Scores, row i: Int) -> Double {
    let (rows, candidates) = (scores.rows, scores.negatives + 1)
    var greatest = -Double.infinity
    for k in 0..<candidates { greatest = max(greatest, scores.start[k &* rows &+ i]) }
    var sum = 0.0
    for k in 0..<candidates { sum += exp(scores.start[k &* rows &+ i] - greatest) }
    return greatest + log(sum)
  }
}
