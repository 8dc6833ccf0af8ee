// SPDX-License-Identifier: MIT

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Donsker-Varadhan with the bias-corrected gradient of MINE.
///
/// The paper is Belghazi et al. 2018, arXiv:1801.04062, section 3.2.
/// The gradient of ln E_Q[exp T] is E_Q[exp(T) dT] / E_Q[exp T]; with a batch's own mean below the
/// line it is biased. MINE puts an exponential moving average there:
///
///     average = (1 - rate) average + rate (this batch's mean of exp T)
///
/// so that the weight `1 - rate` is on the past. The first batch starts the average.
package struct MovingAverageDonskerVaradhan: Objective {
  /// The weight of the new batch in the average.
  package let rate: Double
  /// ln of the moving average; nil before the first batch.
  package private(set) var logAverage: Double?

  /// Creates the objective.
  package init(rate: Double) { self.rate = rate }

  package mutating func loss(_ scores: Scores, gradient: UnsafeMutablePointer<Double>) -> Double {
    let batch = PartitionFunction(scores).logarithm
    let average = logAverage.map { past in
      // ln((1 - rate) exp(past) + rate exp(batch)), without overflow.
      let greater = max(past, batch)
      return greater + log((1 - rate) * exp(past - greater) + rate * exp(batch - greater))
    }
    let logarithm = average ?? batch
    logAverage = logarithm
    let real = 1 / Double(scores.rows)
    for i in 0..<scores.rows { gradient[i] = -real }
    scores.brokenExponentials(less: logarithm, into: gradient + scores.rows)
    return batch - scores.realMean
  }

  package func criterion(_ scores: Scores) -> Double { DonskerVaradhan().criterion(scores) }

  package func evaluate(_ scores: Scores) -> HeldOutValue { DonskerVaradhan().evaluate(scores) }
}
