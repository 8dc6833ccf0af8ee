// SPDX-License-Identifier: MIT

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Two classifications of the same rows and their cross-classification.
package struct ContingencyTable: Sendable {
  package let x: OccupiedCells
  package let y: OccupiedCells
  package let joint: OccupiedCells
  /// The cells that could be occupied on each side, for estimators that need the alphabet.
  package let alphabets: (x: Double, y: Double)
  /// The counts of each side and of the pairs.
  package let profiles: (x: CountProfile, y: CountProfile, joint: CountProfile)

  /// Crosses two classifications.
  ///
  /// - Parameters:
  ///   - x: the cell of each row on one side.
  ///   - y: the cell of each row on the other side.
  ///   - alphabets: how many cells either side could have, at least as many as are occupied.
  package init(_ x: OccupiedCells, _ y: OccupiedCells, alphabets: (x: Double, y: Double)) {
    self.x = x
    self.y = y
    self.alphabets = alphabets
    joint = x.crossed(with: y)
    profiles = (
      CountProfile(counts: x.sizes), CountProfile(counts: y.sizes),
      CountProfile(counts: joint.sizes)
    )
  }

  /// The number of rows n.
  package var total: Int { profiles.joint.total }

  /// ln( n n_xy / (n_x n_y) ) of each joint cell, by its number.
  package func cellInformation() -> [Double] {
    let sizesX = x.sizes
    let sizesY = y.sizes
    let n = Double(total)
    var information = joint.sizes.map { log(Double($0) * n) }
    var isDone = [Bool](repeating: false, count: information.count)
    for (row, cell) in joint.codes.enumerated() where !isDone[Int(cell)] {
      let product = Double(sizesX[Int(x.codes[row])]) * Double(sizesY[Int(y.codes[row])])
      information[Int(cell)] -= log(product)
      isDone[Int(cell)] = true
    }
    return information
  }

  /// ln( n n_xy / (n_x n_y) ) of each row: their mean is the plug-in estimate.
  package func pointwise() -> [Double] {
    let information = cellInformation()
    return joint.codes.map { information[Int($0)] }
  }

  /// The standard error of the plug-in estimate by the delta method: the standard deviation of the
  /// pointwise values over sqrt(n).
  ///
  /// To first order only: under independence it goes to zero faster than the true spread, which is
  /// then of order 1/n.
  package func standardError() -> Double {
    let n = Double(total)
    // Sorted, so that neither the order of rows nor the names of cells change a bit.
    let cells = zip(joint.sizes, cellInformation()).map { (share: Double($0) / n, value: $1) }
      .sorted { ($0.share, $0.value) < ($1.share, $1.value) }
    let mean = cells.reduce(0) { $0 + $1.share * $1.value }
    let variance = cells.reduce(0) { $0 + $1.share * ($1.value - mean) * ($1.value - mean) }
    return (variance / n).squareRoot()
  }
}
