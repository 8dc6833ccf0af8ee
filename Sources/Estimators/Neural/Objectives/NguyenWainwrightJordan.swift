// SPDX-License-Identifier: MIT

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// I >= E_P[T] - E_Q[exp(T - 1)] (Nguyen, Wainwright and Jordan 2010, doi:10.1109/TIT.2010.2068870).
///
/// The critic's output is taken as T - 1, so that the constant 0 is the critic of independence and
/// its bound is 0: I >= 1 + E_P[t] - E_Q[exp t] with t = T - 1.
package struct NguyenWainwrightJordan: Objective {
  /// Creates the objective.
  package init() {}

  package func loss(_ scores: Scores, gradient: UnsafeMutablePointer<Double>) -> Double {
    let real = 1 / Double(scores.rows)
    for i in 0..<scores.rows { gradient[i] = -real }
    scores.brokenExponentials(less: 0, into: gradient + scores.rows)
    var sum = 0.0
    for i in scores.rows..<scores.rows + scores.brokenCount { sum += gradient[i] }
    return sum - 1 - scores.realMean
  }

  package func criterion(_ scores: Scores) -> Double {
    1 + scores.realMean - exp(PartitionFunction(scores).logarithm)
  }

  package func evaluate(_ scores: Scores) -> HeldOutValue {
    let partition = PartitionFunction(scores)
    let shares = partition.shares(scores)
    let z = exp(partition.logarithm)
    return HeldOutValue(
      pointwise: scores.real.indices.map { 1 + scores.real[$0] - z * shares.x[$0] },
      influence: scores.real.indices.map {
        scores.real[$0] - z * (shares.x[$0] + shares.y[$0])
      })
  }
}
