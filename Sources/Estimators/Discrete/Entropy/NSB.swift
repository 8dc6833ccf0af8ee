// SPDX-License-Identifier: MIT

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The Bayesian entropy of Nemenman, Shafee and Bialek (2002, arXiv:physics/0108025).
///
/// A symmetric Dirichlet prior of parameter beta over the K cells fixes the entropy beforehand to
/// nearly xi(beta) = psi(K beta + 1) - psi(beta + 1). The mixture over beta with weight d xi makes
/// the prior of the entropy nearly flat instead, and the estimate is the posterior mean
///
///     integral of E[H | beta, counts] L(beta) d xi / integral of L(beta) d xi,
///     L(beta) = Gamma(K beta) / Gamma(n + K beta) * product of Gamma(c + beta) / Gamma(beta).
///
/// The integral runs over t = ln beta with all weights in logarithms, by the trapezoidal rule
/// between the points where the weight is e^-45 of its peak: for a smooth function that vanishes
/// at both ends it converges faster than any power of the step. It needs a known finite alphabet.
/// The best of the collection where many cells are still unseen, as long as K is right.
package func nsbEntropy(_ profile: CountProfile, alphabet: Double) -> Double {
  guard alphabet > 1 else { return 0 }
  let posterior = DirichletPosterior(profile: profile, alphabet: alphabet)
  let n = Double(profile.total)
  var low = -log(alphabet) - 50
  var high = 2 * log(n) + 50
  while true {
    // Narrow down to where the weight is not negligible.
    let step = (high - low) / 128
    let weights = (0...128).map { posterior.logWeight(at: low + Double($0) * step) }
    let floor = (weights.max() ?? 0) - 45
    let first = weights.firstIndex { $0 > floor } ?? 0
    let last = weights.lastIndex { $0 > floor } ?? 128
    let narrowed = (low + Double(first - 1) * step, low + Double(last + 1) * step)
    let isNarrow = narrowed.1 - narrowed.0 > 0.5 * (high - low)
    (low, high) = narrowed
    if isNarrow { break }
  }
  var panels = 128
  var mean = posterior.meanEntropy(from: low, to: high, panels: panels)
  while panels < 4096 {
    panels *= 2
    let finer = posterior.meanEntropy(from: low, to: high, panels: panels)
    let change = abs(finer - mean)
    mean = finer
    if change <= 1e-12 * abs(finer) { break }
  }
  return mean
}

/// What the counts say about the concentration beta of a symmetric Dirichlet prior.
private struct DirichletPosterior {
  let profile: CountProfile
  /// K.
  let alphabet: Double

  /// ln( L(beta) dxi/dt ) at beta = exp(t).
  func logWeight(at t: Double) -> Double {
    let beta = exp(t)
    let occupied = profile.sum { logRising(beta, $0) }
    return occupied - logRising(alphabet * beta, Double(profile.total)) + log(slope(beta)) + t
  }

  /// dxi/dbeta = K psi'(K beta + 1) - psi'(beta + 1).
  ///
  /// For large beta the terms nearly cancel, and the asymptotic series of psi' takes their place.
  private func slope(_ beta: Double) -> Double {
    guard beta > 1e3 else {
      return alphabet * trigamma(alphabet * beta + 1) - trigamma(beta + 1)
    }
    let inverse = 1 / alphabet
    return (1 - inverse) / (2 * beta * beta)
      * (1 - (1 + inverse) / (3 * beta) + (1 + inverse) * (1 + inverse * inverse)
        / (15 * beta * beta * beta))
  }

  /// ln( Gamma(a + c) / Gamma(a) ).
  ///
  /// For large a the two logarithms cancel, and Stirling's series takes their place:
  /// c ln a + (a + c - 1/2) ln(1 + c/a) - c + s(a + c) - s(a), s(z) = 1/12z - 1/360z^3.
  private func logRising(_ a: Double, _ c: Double) -> Double {
    guard a > 1e3 else { return logGamma(a + c) - logGamma(a) }
    func series(_ z: Double) -> Double { (1 - 1 / (30 * z * z)) / (12 * z) }
    return c * log(a) + ((a + c - 0.5) * log1p(c / a) - c) + series(a + c) - series(a)
  }

  /// E[H | beta, counts], with the unseen cells as one term.
  private func entropy(_ beta: Double) -> Double {
    let mass = Double(profile.total) + alphabet * beta
    let occupied = profile.sum { ($0 + beta) / mass * digamma($0 + beta + 1) }
    let unseen = (alphabet - Double(profile.occupied)) * beta / mass * digamma(beta + 1)
    return digamma(mass + 1) - occupied - unseen
  }

  /// The weighted mean of the entropy over equally spaced t; the ends carry no weight.
  func meanEntropy(from low: Double, to high: Double, panels: Int) -> Double {
    let points = (1..<panels).map { low + (high - low) * Double($0) / Double(panels) }
    let weights = points.map { logWeight(at: $0) }
    let peak = weights.max() ?? 0
    var total = 0.0
    var weighted = 0.0
    for (t, logWeight) in zip(points, weights) where logWeight > peak - 45 {
      let weight = exp(logWeight - peak)
      total += weight
      weighted += weight * entropy(exp(t))
    }
    return weighted / total
  }
}
