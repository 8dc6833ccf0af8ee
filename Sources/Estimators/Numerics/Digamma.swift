// SPDX-License-Identifier: MIT

import CGSL

/// The digamma function psi(x) = d ln Gamma(x) / dx, for x > 0.
package func digamma(_ x: Double) -> Double {
  precondition(x > 0 && x.isFinite, "digamma of \(x)")
  _ = quietGSL
  var result = gsl_sf_result()
  let status = gsl_sf_psi_e(x, &result)
  precondition(status == 0, "gsl_sf_psi_e(\(x)): status \(status)")
  return result.val
}

/// The trigamma function, the derivative of digamma, for x > 0.
package func trigamma(_ x: Double) -> Double {
  precondition(x > 0 && x.isFinite, "trigamma of \(x)")
  _ = quietGSL
  var result = gsl_sf_result()
  let status = gsl_sf_psi_1_e(x, &result)
  precondition(status == 0, "gsl_sf_psi_1_e(\(x)): status \(status)")
  return result.val
}

/// ln Gamma(x), for x > 0.
package func logGamma(_ x: Double) -> Double {
  precondition(x > 0 && x.isFinite, "logGamma of \(x)")
  _ = quietGSL
  var result = gsl_sf_result()
  let status = gsl_sf_lngamma_e(x, &result)
  precondition(status == 0, "gsl_sf_lngamma_e(\(x)): status \(status)")
  return result.val
}

/// Digamma at whole and half numbers, by the recurrence psi(x + 1) = psi(x) + 1 / x.
package struct DigammaTable: Sendable {
  /// psi(k) at index k; index 0 is -infinity.
  package let integers: [Double]
  /// psi(k + 1/2) at index k.
  package let halves: [Double]

  /// The table for whole numbers up to `count` and for the halves below it.
  package init(upTo count: Int) {
    precondition(count >= 1, "a digamma table up to \(count)")
    let minusEulerGamma = -0.57721566490153286060651209008
    let atOneHalf = -1.96351002602142347944097633299  // -gamma - 2 ln 2
    integers = [-Double.infinity] + harmonic(from: minusEulerGamma, at: 1, count: count)
    halves = harmonic(from: atOneHalf, at: 0.5, count: count)
  }

  /// psi(k), for k from 1 to the table's end.
  package subscript(k: Int) -> Double {
    precondition(k >= 1, "digamma of \(k)")
    return integers[k]
  }

  /// psi(k / 2), for k >= 1.
  package func half(_ k: Int) -> Double {
    precondition(k >= 1, "digamma of \(k) / 2")
    return k % 2 == 0 ? integers[k / 2] : halves[k / 2]
  }
}

/// start, start + 1 / x, start + 1 / x + 1 / (x + 1), ...: `count` numbers.
///
/// Kahan's compensated sum: a plain one loses three digits by a million terms.
private func harmonic(from start: Double, at x: Double, count: Int) -> [Double] {
  var result: [Double] = []
  result.reserveCapacity(count)
  var sum = start
  var lost = 0.0
  for k in 0..<count {
    result.append(sum)
    let term = 1 / (x + Double(k)) - lost
    let next = sum + term
    lost = (next - sum) - term
    sum = next
  }
  return result
}
