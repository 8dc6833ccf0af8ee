// SPDX-License-Identifier: MIT

import EstimatorAPI

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A pair of variables whose mutual information is known.
struct KnownPair: Sendable {
  var x: Variable
  var y: Variable
  /// The exact mutual information in nats of the distribution it was drawn from.
  let truth: Double

  var kind: PairKind { PairKind(x, y) }

  /// Draws a pair.
  ///
  /// - continuous: `dimension` independent standard Gaussian pairs of correlation `strength` each;
  ///   I = -d/2 ln(1 - strength^2).
  /// - mixed: x ~ N(4 strength c, 1) in its first column given the class c of 0, 1, 2, the other
  ///   columns pure noise; I by quadrature.
  /// - discrete: y equals x, of 4 equally likely classes, with probability 1/4 + 3/4 strength, and
  ///   is one of the others alike else.
  ///
  /// A `typical` draw of one column has the correlation or the shares of its distribution exactly,
  /// so that few rows tell a factor of 1.44 from chance.
  static func draw(
    _ kind: PairKind, strength: Double, rows: Int, dimension: Int = 1, seed: UInt64 = 11,
    isTypical: Bool = false
  ) throws(EstimatorError) -> KnownPair {
    var noise = ConformanceNoise(seed: seed)
    switch kind {
    case .continuous:
      let rest = (1 - strength * strength).squareRoot()
      var x = noise.normals(rows * dimension)
      var own = noise.normals(rows * dimension)
      if isTypical {
        x = standardized(x)
        let shared = zip(x, own).reduce(0) { $0 + $1.0 * $1.1 } / Double(rows)
        own = standardized(zip(x, own).map { $1 - shared * $0 })
      }
      let y = zip(x, own).map { strength * $0 + rest * $1 }
      return KnownPair(
        x: try .samples(Samples(rowMajor: x, count: rows, dimension: dimension)),
        y: try .samples(Samples(rowMajor: y, count: rows, dimension: dimension)),
        truth: -Double(dimension) / 2 * log(1 - strength * strength))
    case .mixed:
      let codes = (0..<rows).map { isTypical ? Int32($0 % 3) : Int32(noise.below(3)) }
      var x: [Double] = []
      for code in codes {
        x.append(4 * strength * Double(code) + noise.normal())
        for _ in 1..<dimension { x.append(noise.normal()) }
      }
      return KnownPair(
        x: try .samples(Samples(rowMajor: x, count: rows, dimension: dimension)),
        y: try .labels(Labels(codes: codes, names: ["a", "b", "c"])),
        truth: classInformation(separation: 4 * strength))
    case .discrete:
      let names = ["a", "b", "c", "d"]
      let x = (0..<rows).map { isTypical ? Int32($0 % 4) : Int32(noise.below(4)) }
      let y = x.enumerated().map { row, code in
        let share = isTypical ? (Double(row / 4) + 0.5) / Double((rows + 3) / 4) : noise.uniform()
        guard share >= strength else { return code }
        return Int32(isTypical ? (Int(code) + row / 4) % 4 : noise.below(4))
      }
      let same = 0.25 + 0.75 * strength
      let other = (1 - same) / 3
      let entropy = -same * log(same) - (other > 0 ? 3 * other * log(other) : 0)
      return KnownPair(
        x: try .labels(Labels(codes: x, names: names)),
        y: try .labels(Labels(codes: y, names: names)), truth: log(4) - entropy)
    }
  }

  /// The same numbers with mean 0 and variance 1.
  private static func standardized(_ values: [Double]) -> [Double] {
    let mean = values.reduce(0, +) / Double(values.count)
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
    return values.map { ($0 - mean) / variance.squareRoot() }
  }

  /// I(X; C) of three equally likely classes with X ~ N(separation c, 1).
  ///
  /// h(X) - ln(2 pi e) / 2 by the trapezoid rule, exact to 1e-9 at this step.
  private static func classInformation(separation: Double) -> Double {
    let step = 0.01
    let normalizer = 1 / (2 * Double.pi).squareRoot()
    var entropy = 0.0
    for i in 0...Int((18 + 2 * separation) / step) {
      let x = -9 + Double(i) * step
      var density = 0.0
      for c in 0..<3 {
        let z = x - separation * Double(c)
        density += normalizer * exp(-z * z / 2) / 3
      }
      if density > 0 { entropy -= step * density * log(density) }
    }
    return entropy - 0.5 * log(2 * Double.pi * exp(1))
  }
}
