// SPDX-License-Identifier: MIT

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// f-DIME: a discriminator trained by the variational form of an f-divergence, read as the mean log
/// density ratio on real pairs (Letizia, Novello and Tonello 2023, arXiv:2305.20025).
///
/// With T = ln D for the Kullback-Leibler and T = -2 ln D for the Hellinger discriminator D of the
/// paper, the critic is the log density ratio in every case and positivity of D comes for free:
///
///     kl         E_P[T] - E_Q[exp T] + 1
///     hellinger  2 - E_P[exp(-T / 2)] - E_Q[exp(T / 2)]
///     gan        E_P[-softplus(-T)] - E_Q[softplus(T)], which is ``JensenShannon``
///
/// No reading is a bound: E_P[T] errs to whichever side the critic does.
package struct HellingerRatio: Objective {
  /// Creates the objective.
  package init() {}

  package func loss(_ scores: Scores, gradient: UnsafeMutablePointer<Double>) -> Double {
    let real = 1 / Double(scores.rows)
    let broken = 1 / Double(scores.brokenCount)
    var sum = -2.0
    for i in 0..<scores.rows {
      let value = real * exp(-scores.start[i] / 2)
      sum += value
      gradient[i] = -value / 2
    }
    for i in scores.rows..<scores.rows + scores.brokenCount {
      let value = broken * exp(scores.start[i] / 2)
      sum += value
      gradient[i] = value / 2
    }
    return sum
  }

  package func criterion(_ scores: Scores) -> Double {
    let real = scores.real.reduce(0.0) { $0 + exp(-$1 / 2) } / Double(scores.rows)
    let broken = scores.broken.reduce(0.0) { $0 + exp($1 / 2) } / Double(scores.brokenCount)
    return 2 - real - broken
  }

  package func evaluate(_ scores: Scores) -> HeldOutValue {
    HeldOutValue(pointwise: Array(scores.real), influence: Array(scores.real))
  }
}

/// The Kullback-Leibler member of f-DIME: trained as NWJ, read as the mean log density ratio.
package struct KullbackLeiblerRatio: Objective {
  /// Creates the objective.
  package init() {}

  package func loss(_ scores: Scores, gradient: UnsafeMutablePointer<Double>) -> Double {
    NguyenWainwrightJordan().loss(scores, gradient: gradient)
  }

  package func criterion(_ scores: Scores) -> Double {
    NguyenWainwrightJordan().criterion(scores)
  }

  package func evaluate(_ scores: Scores) -> HeldOutValue {
    HeldOutValue(pointwise: Array(scores.real), influence: Array(scores.real))
  }
}
