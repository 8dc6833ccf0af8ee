// SPDX-License-Identifier: MIT

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// One component of a Gaussian mixture of two real variables.
struct PlanarComponent: Sendable {
  var weight: Double
  var meanX: Double
  var meanY: Double
  var varianceX: Double
  var varianceY: Double
  var covariance: Double

  /// The smaller eigenvalue of the covariance matrix.
  var leastVariance: Double {
    let half = (varianceX - varianceY) / 2
    return (varianceX + varianceY) / 2 - (half * half + covariance * covariance).squareRoot()
  }

  func logDensity(_ x: Double, _ y: Double) -> Double {
    let determinant = varianceX * varianceY - covariance * covariance
    let a = x - meanX
    let b = y - meanY
    let square = (varianceY * a * a - 2 * covariance * a * b + varianceX * b * b) / determinant
    return -square / 2 - log(determinant) / 2 - log(2 * Double.pi)
  }
}

/// I(X; Y) of a Gaussian mixture of two real variables, by the trapezoid rule on a rectangle.
///
/// The integrand p ln(p / (p_x p_y)) is analytic and dies off, so the rule converges exponentially.
/// The step is 0.3 of the narrowest standard deviation; a second grid, moved by half a step both
/// ways, shows the error.
func planarMixtureInformation(_ components: [PlanarComponent]) -> NumericInformation {
  let first = planarTrapezoid(components, offset: 0)
  let second = planarTrapezoid(components, offset: 0.5)
  return NumericInformation(
    nats: (first + second) / 2, error: abs(first - second) + 1e-12)
}

private func planarTrapezoid(_ components: [PlanarComponent], offset: Double) -> Double {
  let narrowest = components.map(\.leastVariance).min() ?? 1
  let step = 0.3 * narrowest.squareRoot()
  let xs = grid(components.map { ($0.meanX, $0.varianceX) }, step: step, offset: offset)
  let ys = grid(components.map { ($0.meanY, $0.varianceY) }, step: step, offset: offset)
  let alongX = marginal(xs, components.map { ($0.weight, $0.meanX, $0.varianceX) })
  let alongY = marginal(ys, components.map { ($0.weight, $0.meanY, $0.varianceY) })
  var sum = 0.0
  var mass = [Double](repeating: 0, count: ys.count)
  for (i, x) in xs.enumerated() {
    for j in mass.indices { mass[j] = 0 }
    for component in components {
      add(component, at: x, ys: ys, step: step, to: &mass)
    }
    for j in mass.indices where mass[j] > 1e-200 {
      sum += mass[j] * log(mass[j] / (alongX[i] * alongY[j]))
    }
  }
  return sum * step * step
}

/// Adds weight times density along a column of the grid, only where y is within 9 conditional
/// standard deviations: beyond lies 2e-19 of the mass.
private func add(
  _ component: PlanarComponent, at x: Double, ys: [Double], step: Double, to mass: inout [Double]
) {
  let slope = component.covariance / component.varianceX
  let center = component.meanY + slope * (x - component.meanX)
  let variance = component.varianceY - slope * component.covariance
  let a = x - component.meanX
  let front =
    component.weight * exp(-a * a / (2 * component.varianceX))
    / (2 * Double.pi * (component.varianceX * variance).squareRoot())
  let reach = 9 * variance.squareRoot()
  let start = max(0, Int(((center - reach - ys[0]) / step).rounded(.up)))
  let end = min(ys.count - 1, Int(((center + reach - ys[0]) / step).rounded(.down)))
  guard front > 0, start <= end else { return }
  for j in start...end {
    let b = ys[j] - center
    mass[j] += front * exp(-b * b / (2 * variance))
  }
}

private func grid(
  _ axis: [(mean: Double, variance: Double)], step: Double, offset: Double
) -> [Double] {
  let start = axis.map { $0.mean - 9 * $0.variance.squareRoot() }.min() ?? 0
  let end = axis.map { $0.mean + 9 * $0.variance.squareRoot() }.max() ?? 0
  return Array(stride(from: start + offset * step, through: end, by: step))
}

private func marginal(
  _ points: [Double], _ axis: [(weight: Double, mean: Double, variance: Double)]
) -> [Double] {
  points.map { point in
    axis.reduce(0.0) { sum, part in
      let z = point - part.mean
      let density = exp(-z * z / (2 * part.variance)) / (2 * Double.pi * part.variance).squareRoot()
      return sum + part.weight * density
    }
  }
}
