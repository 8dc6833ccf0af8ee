// SPDX-License-Identifier: MIT

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The bandwidth of two dimensions by Botev's improved Sheather-Jones rule, one for both axes.
///
/// The bandwidth with the least asymptotic error of a Gaussian kernel is
///
///     t = h^2 = ( 2 pi n (psi_02 + psi_20 + 2 psi_11) )^(-1/3),   psi_s = (-1)^|s| integral (D^s f)^2,
///
/// and each psi_s is itself estimated by smoothing with a t that depends on the psi one order up:
///
///     t_s = ( -2 c K(s1) K(s2) / (n (psi_(s1+1, s2) + psi_(s1, s2+1))) )^(1 / (2 + |s|)),
///     c = (1 + 2^(-|s| - 1)) / 3,   K(s) = (-1)^s (1 3 5 ... (2 s - 1)) / sqrt(2 pi).
///
/// Started five orders up with t itself, this gives a map whose fixed point is the rule: no normal
/// reference enters. Derivatives and smoothing are products in the cosine transform, whose even
/// extension is the reflection at the boundary.
///
/// Botev, Grotowski and Kroese 2010, Annals of Statistics 38, 2916, doi:10.1214/10-AOS799.
package struct BotevBandwidth {
  private let cells: Int
  private let rows: Double
  /// The squared cosine coefficients of the density on the unit square, weighted so that their
  /// sum is the integral of its square.
  private let energy: [Double]

  /// Takes the transform of the counts of `rows` rows on a grid of two axes.
  package init(_ spectrum: CosineSpectrum, rows: Int) {
    precondition(spectrum.grid.origins.count == 2)
    cells = spectrum.grid.cells
    self.rows = Double(rows)
    let cells = cells
    let scale = 1 / (4 * Double(rows))
    energy = spectrum.coefficients.enumerated().map { index, value in
      let weight = (index / cells == 0 ? 1.0 : 2.0) * (index % cells == 0 ? 1.0 : 2.0)
      return weight * (value * scale) * (value * scale)
    }
  }

  /// h as a share of the axes' length; nil where the map has no fixed point below 0.3, as for
  /// rows spread evenly.
  package func bandwidth() -> Double? {
    // From a quarter of a cell up, eight steps an octave of h.
    var low = pow(0.25 / Double(cells), 2)
    guard low < map(low) else { return nil }
    while low < 0.09 {
      let high = low * pow(2, 0.25)
      if high >= map(high) { return bisect(low, high).squareRoot() }
      low = high
    }
    return nil
  }

  private func bisect(_ low: Double, _ high: Double) -> Double {
    var (low, high) = (low, high)
    for _ in 0..<40 {
      let middle = (low * high).squareRoot()
      if middle < map(middle) { low = middle } else { high = middle }
    }
    return (low * high).squareRoot()
  }

  private func map(_ t: Double) -> Double {
    let sum = roughness(0, 2, t) + roughness(2, 0, t) + 2 * roughness(1, 1, t)
    return pow(2 * .pi * rows * sum, -1 / 3.0)
  }

  /// psi of the orders a and b, where orders five up are smoothed with t.
  private func roughness(_ a: Int, _ b: Int, _ t: Double) -> Double {
    let order = a + b
    guard order < 5 else { return integral(a, b, t) }
    let above = roughness(a + 1, b, t) + roughness(a, b + 1, t)
    let c = (1 + pow(0.5, Double(order + 1))) / 3
    let time = pow(
      -2 * c * Self.moment(a) * Self.moment(b) / (rows * above), 1 / Double(2 + order))
    return integral(a, b, time)
  }

  private static func moment(_ order: Int) -> Double {
    let odd = stride(from: 1, through: 2 * order - 1, by: 2).reduce(1) { $0 * Double($1) }
    return (order % 2 == 0 ? 1 : -1) * odd / (2 * Double.pi).squareRoot()
  }

  /// (-1)^(a + b) times the integral of the squared derivative of the density smoothed with t / 2.
  private func integral(_ a: Int, _ b: Int, _ t: Double) -> Double {
    // Beyond it exp(-(pi k)^2 t) is below 1e-26.
    let last = min(cells - 1, Int((60 / (Double.pi * Double.pi * t)).squareRoot().rounded(.up)))
    let damping = (0...last).map { k in exp(-Double.pi * Double.pi * Double(k * k) * t) }
    let first = damping.enumerated().map { $1 * pow(Double.pi * Double($0), Double(2 * a)) }
    let second = damping.enumerated().map { $1 * pow(Double.pi * Double($0), Double(2 * b)) }
    var sum = 0.0
    for i in 0...last {
      var line = 0.0
      for j in 0...last { line += energy[i * cells + j] * second[j] }
      sum += first[i] * line
    }
    return (a + b) % 2 == 0 ? sum : -sum
  }
}
