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

/// Digamma at whole numbers, by the recurrence psi(k + 1) = psi(k) + 1 / k.
package struct DigammaTable: Sendable {
  /// psi(k) at index k; index 0 is -infinity.
  private let values: [Double]

  /// The table for 1, 2, ..., `count`.
  package init(upTo count: Int) {
    precondition(count >= 1, "a digamma table up to \(count)")
    var values = [-Double.infinity]
    values.reserveCapacity(count + 1)
    // Kahan's compensated sum: a plain one loses three digits by a million terms.
    var sum = -0.57721566490153286060651209008  // minus Euler's constant
    var lost = 0.0
    for k in 1...count {
      values.append(sum)
      let term = 1 / Double(k) - lost
      let next = sum + term
      lost = (next - sum) - term
      sum = next
    }
    self.values = values
  }

  /// psi(k), for k from 1 to the table's end.
  @inline(__always)
  package subscript(k: Int) -> Double {
    precondition(k >= 1, "digamma of \(k)")
    return values[k]
  }
}
