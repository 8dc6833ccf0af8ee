// SPDX-License-Identifier: MIT

/// B-splines of order k (degree k - 1) on M bins with clamped ends.
///
/// The knots are k times 0, then 1, 2, ... M - k, then k times M - k + 1. At every point of
/// [0, M - k + 1] exactly k of the M functions are not zero, and they sum to 1. Order 1 gives the
/// indicators of M bins of one width.
package struct BSplineBasis: Sendable {
  /// The order k: 1 for steps, 2 for hats, 3 for parabolas.
  package let order: Int
  /// The number of functions M, at least the order.
  package let count: Int

  /// Creates a basis.
  package init(order: Int, count: Int) {
    precondition(1 <= order && order <= count, "order \(order) with \(count) functions")
    self.order = order
    self.count = count
  }

  /// Writes the k nonzero functions at a point and returns the index of the first.
  ///
  /// The triangular recurrence of Cox and de Boor: row j has the functions of order j + 1.
  ///
  /// - Parameters:
  ///   - point: in 0 ... M - k + 1.
  ///   - weights: room for k numbers.
  /// - Returns: the index of the function that `weights[0]` belongs to.
  package func evaluate(at point: Double, into weights: inout [Double]) -> Int {
    let span = min(Int(point), count - order)
    weights[0] = 1
    for degree in 1..<max(order, 1) {
      var carried = 0.0
      for r in 0..<degree {
        let right = knot(span + r + 1) - point
        let left = point - knot(span + r + 1 - degree)
        let share = weights[r] / (right + left)
        weights[r] = carried + right * share
        carried = left * share
      }
      weights[degree] = carried
    }
    return span
  }

  /// The inner knots are their own index; the ends repeat.
  private func knot(_ index: Int) -> Double {
    Double(min(max(index, 0), count - order + 1))
  }
}
