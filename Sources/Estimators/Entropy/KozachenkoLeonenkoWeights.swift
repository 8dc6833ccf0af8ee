// SPDX-License-Identifier: MIT

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The weights of the neighbors in a weighted Kozachenko-Leonenko entropy of d dimensions.
///
/// The bias of the entropy from the j-th distance is a series of terms proportional to
/// Gamma(j + 2 l / d) / Gamma(j), l = 1, 2, ...; weights with
///
///     sum w_j = 1,   sum w_j Gamma(j + 2 l / d) / Gamma(j) = 0 for l = 1 ... d / 4 rounded down,
///
/// take off those that would outweigh the standard deviation. Only the d neighbors
/// j = k/d, 2 k/d, ..., k (rounded down) have weights; of all that satisfy the conditions these have
/// the least sum of squares. Berrett, Samworth and Yuan 2019, equation 2.
package struct KozachenkoLeonenkoWeights: Sendable {
  /// The neighbors with a weight, ascending.
  package let neighbors: [Int]
  /// Their weights; they sum to 1.
  package let weights: [Double]

  /// The weights for up to `k` neighbors, at least `dimension` of them.
  package init(k: Int, dimension d: Int) {
    precondition(k >= d && d >= 1, "\(k) neighbors for \(d) dimensions")
    neighbors = (1...d).map { $0 * k / d }
    // What is left of (1, ..., 1) after its projection on the conditions is perpendicular to them;
    // scaled to the sum 1 it is the shortest solution.
    var basis: [[Double]] = []
    for l in stride(from: 1, through: d / 4, by: 1) {
      let power = 2 * Double(l) / Double(d)
      let row = neighbors.map { exp(logGamma(Double($0) + power) - logGamma(Double($0))) }
      let rest = Self.perpendicular(row, to: basis)
      let length = Self.product(rest, rest).squareRoot()
      basis.append(rest.map { $0 / length })
    }
    let rest = Self.perpendicular(neighbors.map { _ in 1 }, to: basis)
    let sum = rest.reduce(0, +)
    weights = rest.map { $0 / sum }
  }

  /// The whole weight on one neighbor: the unweighted entropy.
  package static func single(_ k: Int) -> KozachenkoLeonenkoWeights {
    KozachenkoLeonenkoWeights(neighbors: [k], weights: [1])
  }

  private init(neighbors: [Int], weights: [Double]) {
    self.neighbors = neighbors
    self.weights = weights
  }

  /// Gram and Schmidt's step, twice: once leaves the rounding errors of nearly parallel rows.
  private static func perpendicular(_ row: [Double], to basis: [[Double]]) -> [Double] {
    var rest = row
    for _ in 0..<2 {
      for direction in basis {
        let share = product(rest, direction)
        for i in rest.indices { rest[i] -= share * direction[i] }
      }
    }
    return rest
  }

  private static func product(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
  }
}
