// SPDX-License-Identifier: MIT

import CKernels

// exp and ln of whole arrays, several times as fast as one call each, within one unit in the last
// place, and with the same bits on every processor with fused multiply-add.

/// Replaces each of `count` numbers by its exponential.
package func exponentiate(_ values: UnsafeMutablePointer<Double>, count: Int) {
  mi_exponentials(values, values, Int64(count))
}

/// Replaces each of `count` numbers by its natural logarithm.
package func takeLogarithms(_ values: UnsafeMutablePointer<Double>, count: Int) {
  mi_logarithms(values, values, Int64(count))
}

/// Replaces each of `count` numbers x by ln(1 + x), exact for small x.
package func takeLogarithmsOfOnePlus(_ values: UnsafeMutablePointer<Double>, count: Int) {
  mi_logarithms_one_plus(values, values, Int64(count))
}

/// The sum of exp(min(max(x, -limit), limit) - shift) over `count` numbers x.
package func sumOfExponentials(
  _ values: UnsafePointer<Double>, count: Int, shift: Double = 0, limit: Double = .infinity
) -> Double {
  mi_sum_exponentials(values, Int64(count), shift, limit)
}

extension Array where Element == Double {
  /// The exponential of each number.
  package func exponentials() -> [Double] { mapped(mi_exponentials) }

  /// The natural logarithm of each number.
  package func logarithms() -> [Double] { mapped(mi_logarithms) }

  /// ln(1 + x) of each number x.
  package func logarithmsOfOnePlus() -> [Double] { mapped(mi_logarithms_one_plus) }

  private func mapped(
    _ function: (UnsafeMutablePointer<Double>?, UnsafePointer<Double>?, Int64) -> Void
  ) -> [Double] {
    [Double](unsafeUninitializedCapacity: count) { result, initialized in
      function(result.baseAddress, self, Int64(count))
      initialized = count
    }
  }
}
