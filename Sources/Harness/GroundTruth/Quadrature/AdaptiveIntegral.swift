// SPDX-License-Identifier: MIT

import CGSL
import Estimators

/// The integral of `f` from the first to the last of `ends`, with breaks at those between.
///
/// Adaptive Gauss-Kronrod quadrature with 61 points (QUADPACK's QAG, by GSL) on each part. GSL's
/// error is an estimate that for smooth integrands overstates by orders of magnitude.
func adaptiveIntegral(
  _ ends: [Double], _ f: (Double) -> Double
) -> (value: Double, error: Double) {
  _ = quietGSL
  let limit = 500
  guard let workspace = gsl_integration_workspace_alloc(limit) else {
    preconditionFailure("no memory for a quadrature of \(limit) intervals")
  }
  defer { gsl_integration_workspace_free(workspace) }
  var total = (value: 0.0, error: 0.0)
  withoutActuallyEscaping(f) { f in
    withUnsafePointer(to: f) { pointer in
      var integrand = gsl_function(
        function: { x, f in
          guard let f else { return .nan }
          return f.assumingMemoryBound(to: ((Double) -> Double).self).pointee(x)
        }, params: UnsafeMutableRawPointer(mutating: UnsafeRawPointer(pointer)))
      for (start, end) in zip(ends, ends.dropFirst()) where end > start {
        var value = 0.0
        var error = 0.0
        // Status 18 (rounding) means that the tolerance is finer than doubles allow: the error
        // that stands beside the value says how fine it is.
        let status = gsl_integration_qag(
          &integrand, start, end, 1e-13, 1e-13, limit, 6, workspace, &value, &error)
        precondition(
          status == 0 || status == 18, "quadrature from \(start) to \(end): status \(status)")
        total.value += value
        total.error += error
      }
    }
  }
  return total
}
