// SPDX-License-Identifier: MIT

/// I >= E_P[T] - ln E_Q[exp T] (Donsker and Varadhan 1983, doi:10.1002/cpa.3160360204).
package struct DonskerVaradhan: Objective {
  /// Creates the objective.
  package init() {}

  package func loss(_ scores: Scores, gradient: UnsafeMutablePointer<Double>) -> Double {
    let partition = PartitionFunction(scores)
    let real = 1 / Double(scores.rows)
    for i in 0..<scores.rows { gradient[i] = -real }
    scores.brokenExponentials(less: partition.logarithm, into: gradient + scores.rows)
    return partition.logarithm - scores.realMean
  }

  package func criterion(_ scores: Scores) -> Double {
    scores.realMean - PartitionFunction(scores).logarithm
  }

  package func evaluate(_ scores: Scores) -> HeldOutValue {
    let partition = PartitionFunction(scores)
    let shares = partition.shares(scores)
    return HeldOutValue(
      pointwise: scores.real.map { $0 - partition.logarithm },
      influence: scores.real.indices.map { scores.real[$0] - shares.x[$0] - shares.y[$0] })
  }
}
