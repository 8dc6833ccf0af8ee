// SPDX-License-Identifier: MIT

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
    let (rows, count) = (scores.rows, scores.rows + scores.brokenCount)
    for i in 0..<rows { gradient[i] = -scores.start[i] / 2 }
    for i in rows..<count { gradient[i] = scores.start[i] / 2 }
    exponentiate(gradient, count: count)
    for i in 0..<rows {
      let value = real * gradient[i]
      sum += value
      gradient[i] = -value / 2
    }
    for i in rows..<count {
      let value = broken * gradient[i]
      sum += value
      gradient[i] = value / 2
    }
    return sum
  }

  package func criterion(_ scores: Scores) -> Double {
    let real = scores.real.map { -$0 / 2 }
    let broken = scores.broken.map { $0 / 2 }
    return 2 - sumOfExponentials(real, count: real.count) / Double(real.count)
      - sumOfExponentials(broken, count: broken.count) / Double(broken.count)
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
