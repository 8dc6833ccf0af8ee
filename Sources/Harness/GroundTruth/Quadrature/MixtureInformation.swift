// SPDX-License-Identifier: MIT

import Estimators

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// I(X; Y) of labels Y and X | Y ~ N(mean of Y, I_q), q = 1 or 2, by quadrature.
///
/// I = h(X) - h(X | Y): the second term is (q / 2) ln(2 pi e), the first the integral of -p ln p by
/// the trapezoid rule. For an analytic integrand that dies off at both ends that rule converges
/// exponentially in 1 / step (Trefethen and Weideman 2014, doi:10.1137/130932132). The density on the
/// grid is one matrix product, because a spherical normal density is a product over axes.
struct MixtureInformation {
  let points: [[Double]]
  let weights: [Double]

  /// The information in nats with the means times `scale`, and a bound on its error.
  ///
  /// Two grids, half a step apart, make one of half the step: their difference bounds the error of
  /// their mean generously.
  func value(scale: Double, step: Double = 0.25) -> (nats: Double, error: Double) {
    let first = trapezoid(scale: scale, step: step, offset: 0)
    let second = trapezoid(scale: scale, step: step, offset: 0.5)
    return ((first + second) / 2, abs(first - second) + 1e-12)
  }

  /// The information with the means times `scale` on one grid.
  func trapezoid(scale: Double, step: Double, offset: Double) -> Double {
    let q = points[0].count
    let axes = axes(scale: scale, step: step, offset: offset)
    var weighted = axes[0]
    for i in 0..<weighted.rows {
      for c in weights.indices { weighted[i, c] *= weights[c] }
    }
    let last = q == 2 ? axes[1] : Matrix(rows: 1, columns: weights.count, repeating: 1)
    let cell = Double(q) * log(step)
    var entropy = 0.0
    for mass in multiply(weighted, transposed: last).values where mass > 0 {
      entropy -= mass * (log(mass) - cell)
    }
    return entropy - Double(q) / 2 * (log(2 * Double.pi) + 1)
  }

  /// The mean over X of a function of the class probabilities given X, at scale 1.
  func mean(of f: ([Double]) -> Double, step: Double, offset: Double) -> Double {
    let axes = axes(scale: 1, step: step, offset: offset)
    let last = axes.count == 2 ? axes[1] : Matrix(rows: 1, columns: weights.count, repeating: 1)
    var sum = 0.0
    var masses = weights
    for i in 0..<axes[0].rows {
      for j in 0..<last.rows {
        var total = 0.0
        for c in weights.indices {
          masses[c] = weights[c] * axes[0][i, c] * last[j, c]
          total += masses[c]
        }
        guard total > 1e-30 else { continue }
        for c in weights.indices { masses[c] /= total }
        sum += total * f(masses)
      }
    }
    return sum
  }

  /// Each axis's mass of each class at the grid's points: points x classes.
  ///
  /// The grid ends 9 standard deviations beyond the outermost means, where 2e-19 of the mass lies.
  /// Beyond a scale of 20 the classes are 20 standard deviations apart and the information is the
  /// labels' entropy to the last digit: no grid need be wider.
  private func axes(scale: Double, step: Double, offset: Double) -> [Matrix] {
    points[0].indices.map { axis in
      let means = points.map { $0[axis] * min(scale, 20) }
      let start = (means.min() ?? 0) - 9 + offset * step
      let count = Int((((means.max() ?? 0) + 9 - start) / step).rounded(.up))
      var masses = Matrix(rows: count, columns: means.count)
      for i in 0..<count {
        for (c, mean) in means.enumerated() {
          let z = start + Double(i) * step - mean
          masses[i, c] = exp(-z * z / 2) * step / (2 * Double.pi).squareRoot()
        }
      }
      return masses
    }
  }

  /// The scale at which the information is `target` nats, which must lie below H(Y).
  func scale(for target: Double) -> Double {
    guard target > 0 else { return 0 }
    let f = { (scale: Double) in
      trapezoid(scale: scale, step: 0.25, offset: 0) - target
    }
    var low = 0.0
    var high = 1.0
    while f(high) < 0, high < 16 { (low, high) = (high, 2 * high) }
    // The information grows with the scale: bisection, helped by the secant through the ends
    // (the Illinois rule halves the weight of an end that stays).
    var (atLow, atHigh) = (f(low), f(high))
    for _ in 0..<200 where high - low > 1e-13 * high {
      let middle = high - atHigh * (high - low) / (atHigh - atLow)
      let value = f(middle)
      if value == 0 { return middle }
      if value < 0 {
        (low, atLow) = (middle, value)
        atHigh /= 2
      } else {
        (high, atHigh) = (middle, value)
        atLow /= 2
      }
      if abs(value) < 1e-13 { return middle }
    }
    return (low + high) / 2
  }
}
