// SPDX-License-Identifier: MIT

import Estimators

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension Transform {
  /// The standard normal distribution function: normal coordinates become uniform.
  public static let normalCDF = Transform(
    coordinatewise: "normal-cdf", forward: { Estimators.normalCDF($0) },
    inverse: { normalQuantile($0) })

  /// x sqrt|x|: longer tails.
  public static let halfCube = Transform(
    coordinatewise: "half-cube", forward: { $0 * abs($0).squareRoot() },
    inverse: { copysign(cbrt($0 * $0), $0) })

  /// asinh x: shorter tails.
  public static let asinh = Transform(
    coordinatewise: "asinh", forward: { asinhOf($0) }, inverse: { sinh($0) })

  /// sign(x) |x|^a for a > 0.
  public static func power(_ a: Double) -> Transform {
    precondition(a > 0, "power \(a); it must be positive")
    return Transform(
      coordinatewise: "power", forward: { copysign(pow(abs($0), a), $0) },
      inverse: { copysign(pow(abs($0), 1 / a), $0) })
  }

  /// shift + scale * x, for a scale that is not 0.
  public static func affine(scale: Double, shift: Double = 0) -> Transform {
    precondition(scale != 0 && scale.isFinite, "scale \(scale)")
    return Transform(
      coordinatewise: "affine", forward: { shift + scale * $0 },
      inverse: { ($0 - shift) / scale })
  }

  /// The wiggle of the benchmark's x side, increasing: its slope stays above 0.16.
  public static let wigglyX = wiggly(
    "wiggly-x", [(0.4, 1, 0), (0.2, 1.7, 1), (0.03, 3.3, -2.5)])

  /// The wiggle of the benchmark's y side, increasing: its slope stays above 0.5.
  public static let wigglyY = wiggly(
    "wiggly-y", [(-0.4, 0.4, 0), (0.17, 1.3, 3.5), (0.02, 4.3, -2.5)])

  /// t plus a sum of waves a sin(b t + c) whose slopes add up to less than 1.
  private static func wiggly(
    _ name: String, _ waves: [(amplitude: Double, frequency: Double, phase: Double)]
  ) -> Transform {
    let slack = waves.reduce(0) { $0 + abs($1.amplitude) }
    let wiggle: @Sendable (Double) -> Double = { t in
      waves.reduce(t) { $0 + $1.amplitude * sin($1.frequency * t + $1.phase) }
    }
    return Transform(
      coordinatewise: name, forward: wiggle,
      inverse: { value in
        increasingRoot(between: value - slack, and: value + slack) { wiggle($0) - value }
      })
  }

  /// From a standard normal number to one with the distribution function
  /// sum of weight * Phi(x - mean): the quantile of its probability.
  ///
  /// Above the median both probabilities are taken from the upper end, where they keep their digits.
  public static func mixtureQuantile(
    _ parts: [(weight: Double, mean: Double)]
  ) -> Transform {
    let weights = parts.map(\.weight)
    let means = parts.map(\.mean)
    let below: @Sendable (Double) -> Double = { x in
      zip(weights, means).reduce(0) { $0 + $1.0 * Estimators.normalCDF(x - $1.1) }
    }
    let above: @Sendable (Double) -> Double = { x in
      zip(weights, means).reduce(0) { $0 + $1.0 * Estimators.normalCDF($1.1 - x) }
    }
    let low = means.min() ?? 0
    let high = means.max() ?? 0
    return Transform(
      coordinatewise: "mixture-quantile",
      forward: { z in
        // The quantile lies between those of the outermost components.
        increasingRoot(between: low + z, and: high + z) { x in
          z < 0
            ? below(x) - Estimators.normalCDF(z) : Estimators.normalCDF(-z) - above(x)
        }
      },
      inverse: { x in
        let p = below(x)
        return p < 0.5 ? normalQuantile(p) : -normalQuantile(above(x))
      })
  }
}

private func asinhOf(_ x: Double) -> Double { asinh(x) }
