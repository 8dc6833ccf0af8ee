// SPDX-License-Identifier: MIT

/// Minimizes a smooth convex function: limited-memory BFGS (Nocedal 1980,
/// doi:10.1090/S0025-5718-1980-0572855-7) around a given approximation of the inverse Hessian.
///
/// The better that approximation, the fewer iterations; it must be symmetric and positive definite.
package struct LBFGS: Sendable {
  /// How many pairs of step and change of gradient are kept.
  package var memory = 10
  /// Stops where the quadratic model promises a smaller decrease than this.
  package var tolerance: Double
  /// Stops after this many iterations.
  package var maximumIterations = 200

  /// Creates a minimizer.
  package init(tolerance: Double, maximumIterations: Int = 200) {
    self.tolerance = tolerance
    self.maximumIterations = maximumIterations
  }

  /// Where a minimization ended.
  package struct Minimum: Sendable {
    /// The point.
    package let point: [Double]
    /// The function there.
    package let value: Double
    /// How many steps were taken.
    package let iterations: Int
    /// Whether the tolerance was met.
    package let converged: Bool
  }

  private struct Pair {
    let step: [Double]
    let change: [Double]
    let curvature: Double
  }

  /// Walks downhill from `start`; `inverseHessian` applies the approximation to a vector.
  package func minimize(
    from start: [Double], inverseHessian: ([Double]) -> [Double],
    _ function: ([Double]) -> (value: Double, gradient: [Double])
  ) -> Minimum {
    var point = start
    var (value, gradient) = function(point)
    var pairs: [Pair] = []
    for iteration in 0..<maximumIterations {
      let direction = self.direction(gradient, pairs, inverseHessian)
      let slope = dot(gradient, direction)
      // slope / 2 is the decrease of the quadratic model.
      guard slope < -2 * tolerance else {
        return Minimum(point: point, value: value, iterations: iteration, converged: true)
      }
      guard let next = search(from: point, value, direction, slope, function) else {
        return Minimum(point: point, value: value, iterations: iteration, converged: false)
      }
      let step = difference(next.point, point)
      let change = difference(next.gradient, gradient)
      let curvature = dot(step, change)
      if curvature > 1e-12 * dot(change, change).squareRoot() * dot(step, step).squareRoot() {
        if pairs.count == memory { pairs.removeFirst() }
        pairs.append(Pair(step: step, change: change, curvature: curvature))
      }
      (point, value, gradient) = next
    }
    return Minimum(
      point: point, value: value, iterations: maximumIterations, converged: false)
  }

  /// The two-loop recursion.
  private func direction(
    _ gradient: [Double], _ pairs: [Pair], _ inverseHessian: ([Double]) -> [Double]
  ) -> [Double] {
    var q = gradient
    var weights: [Double] = []
    for pair in pairs.reversed() {
      let weight = dot(pair.step, q) / pair.curvature
      add(-weight, pair.change, to: &q)
      weights.append(weight)
    }
    var direction = inverseHessian(q)
    if let last = pairs.last {
      let scale = last.curvature / dot(last.change, inverseHessian(last.change))
      for i in direction.indices { direction[i] *= scale }
    }
    for (pair, weight) in zip(pairs, weights.reversed()) {
      add(weight - dot(pair.change, direction) / pair.curvature, pair.step, to: &direction)
    }
    return direction.map { -$0 }
  }

  /// Halves the step until the function falls enough (Armijo); nil where it never does.
  private func search(
    from point: [Double], _ value: Double, _ direction: [Double], _ slope: Double,
    _ function: ([Double]) -> (value: Double, gradient: [Double])
  ) -> (point: [Double], value: Double, gradient: [Double])? {
    var length = 1.0
    for _ in 0..<40 {
      var candidate = point
      add(length, direction, to: &candidate)
      let (found, gradient) = function(candidate)
      if found <= value + 1e-4 * length * slope { return (candidate, found, gradient) }
      length /= 2
    }
    return nil
  }
}

private func dot(_ a: [Double], _ b: [Double]) -> Double {
  var sum = 0.0
  for i in a.indices { sum += a[i] * b[i] }
  return sum
}

private func add(_ factor: Double, _ a: [Double], to b: inout [Double]) {
  for i in b.indices { b[i] += factor * a[i] }
}

private func difference(_ a: [Double], _ b: [Double]) -> [Double] { zip(a, b).map { $0 - $1 } }
