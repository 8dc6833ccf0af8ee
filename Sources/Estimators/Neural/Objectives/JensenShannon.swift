// SPDX-License-Identifier: MIT

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The Jensen-Shannon objective E_P[-softplus(-T)] - E_Q[softplus(T)] (Nowozin, Cseke and Tomioka
/// 2016, arXiv:1606.00709), whose best critic is T = ln p(x, y) / (p(x) p(y)).
///
/// It is bounded and its gradient is too, so it trains steadily; but its value is no mutual
/// information. What is read off the critic is another matter, see ``Reading``.
package struct JensenShannon: Objective {
  /// How information is read off a critic that approximates the log density ratio.
  package enum Reading: Sendable, Hashable {
    /// 1 + E_P[T] - E_Q[exp T]: the NWJ lower bound.
    case nguyenWainwrightJordan
    /// E_P[T] - ln E_Q[clip(exp T, exp(-tau), exp tau)] (SMILE: Song and Ermon 2020,
    /// arXiv:1910.06222). With a finite tau it is no lower bound; with an infinite one it is
    /// Donsker-Varadhan's.
    case clipped(tau: Double)
    /// E_P[T], no bound (f-DIME: Letizia, Novello and Tonello 2023, arXiv:2305.20025).
    case ratio
  }

  private let reading: Reading

  /// Creates the objective.
  package init(reading: Reading) { self.reading = reading }

  package func loss(_ scores: Scores, gradient: UnsafeMutablePointer<Double>) -> Double {
    let real = 1 / Double(scores.rows)
    let broken = 1 / Double(scores.brokenCount)
    let (rows, count) = (scores.rows, scores.rows + scores.brokenCount)
    let values = softplus(of: scores, slopes: gradient)
    var sum = 0.0
    for i in 0..<rows {
      sum += real * values[i]
      gradient[i] *= -real
    }
    for i in rows..<count {
      sum += broken * values[i]
      gradient[i] *= broken
    }
    return sum
  }

  /// The objective itself; but for the NWJ reading that reading, which a critic a little too high
  /// on broken pairs spoils without the objective noticing.
  package func criterion(_ scores: Scores) -> Double {
    if reading == .nguyenWainwrightJordan { return NguyenWainwrightJordan().criterion(scores) }
    let values = softplus(of: scores, slopes: nil)
    let real = values[..<scores.rows].reduce(0, +) / Double(scores.rows)
    let broken = values[scores.rows...].reduce(0, +) / Double(scores.brokenCount)
    return 2 * log(2) - real - broken
  }

  package func evaluate(_ scores: Scores) -> HeldOutValue {
    switch reading {
    case .nguyenWainwrightJordan: return NguyenWainwrightJordan().evaluate(scores)
    case .ratio: return HeldOutValue(pointwise: Array(scores.real), influence: Array(scores.real))
    case .clipped(let tau):
      let partition = PartitionFunction(scores, clip: tau)
      let shares = partition.shares(scores)
      return HeldOutValue(
        pointwise: scores.real.map { $0 - partition.logarithm },
        influence: scores.real.indices.map { scores.real[$0] - shares.x[$0] - shares.y[$0] })
    }
  }
}

/// ln(1 + exp t) of each score, with t = -T for real pairs and T for broken ones, and the derivative
/// 1 / (1 + exp(-t)) by t.
///
/// With small = exp(-|t|) neither overflows.
private func softplus(of scores: Scores, slopes: UnsafeMutablePointer<Double>?) -> [Double] {
  let count = scores.rows + scores.brokenCount
  let small = (0..<count).map { -abs(scores.start[$0]) }.exponentials()
  var values = small.logarithmsOfOnePlus()
  for i in 0..<count {
    let t = i < scores.rows ? -scores.start[i] : scores.start[i]
    values[i] += max(t, 0)
    slopes?[i] = t >= 0 ? 1 / (1 + small[i]) : small[i] / (1 + small[i])
  }
  return values
}
