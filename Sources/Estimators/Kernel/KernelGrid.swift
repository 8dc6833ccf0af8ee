// SPDX-License-Identifier: MIT

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A grid of square cells over points of a few coordinates: every axis has the same number of cells
/// and one cell width.
///
/// Each row is spread linearly over the cell centers around it (linear binning; Wand 1994,
/// doi:10.1080/10618600.1994.10474656), two an axis. Smoothed counts are read back with the same
/// weights, so that the mean over rows of what is read is a symmetric form of the counts.
package struct KernelGrid: Sendable {
  /// The lower edge of the first cell of each axis.
  package let origins: [Double]
  /// The width of a cell.
  package let cell: Double
  /// The cells of each axis, M.
  package let cells: Int

  /// Creates a grid; `origins` has one number an axis, at most 3.
  package init(origins: [Double], cell: Double, cells: Int) {
    precondition((1...3).contains(origins.count) && cell > 0 && cells >= 2)
    self.origins = origins
    self.cell = cell
    self.cells = cells
  }

  /// All cells: M to the number of axes.
  package var size: Int { origins.reduce(1) { size, _ in size * cells } }

  /// The grid of some of the axes.
  func axes(_ range: Range<Int>) -> KernelGrid {
    KernelGrid(origins: Array(origins[range]), cell: cell, cells: cells)
  }

  @inline(__always)
  static func place(
    _ value: Double, origin: Double, inverseCell: Double, cells: Int
  ) -> GridPlace {
    let position = (value - origin) * inverseCell - 0.5
    let below = position.rounded(.down)
    let index = Int(below)
    return GridPlace(
      low: min(max(index, 0), cells &- 1), high: min(max(index &+ 1, 0), cells &- 1),
      share: position - below)
  }

  /// Spreads the rows over the cells: each row a weight of 1 in all.
  ///
  /// The columns are the coordinates, one after the other; the last axis varies fastest in the
  /// result.
  package func counts(_ columns: [Double], rows: Int) -> [Double] {
    precondition(columns.count == rows * origins.count)
    var counts = [Double](repeating: 0, count: size)
    let inverse = 1 / cell
    let (axes, cells) = (origins.count, cells)
    counts.withUnsafeMutableBufferPointer { counts in
      columns.withUnsafeBufferPointer { columns in
        if axes == 2 {
          let (first, second) = (origins[0], origins[1])
          for row in 0..<rows {
            let x = Self.place(columns[row], origin: first, inverseCell: inverse, cells: cells)
            let y = Self.place(
              columns[rows &+ row], origin: second, inverseCell: inverse, cells: cells)
            let (low, high) = (x.low &* cells, x.high &* cells)
            counts[low &+ y.low] += (1 - x.share) * (1 - y.share)
            counts[low &+ y.high] += (1 - x.share) * y.share
            counts[high &+ y.low] += x.share * (1 - y.share)
            counts[high &+ y.high] += x.share * y.share
          }
          return
        }
        var corners = GridCorners()
        for row in 0..<rows {
          corners.reset()
          for axis in 0..<axes {
            corners.split(
              Self.place(
                columns[axis &* rows &+ row], origin: origins[axis], inverseCell: inverse,
                cells: cells), cells: cells)
          }
          for corner in 0..<corners.count {
            counts[corners.cells[corner]] += corners.weights[corner]
          }
        }
      }
    }
    return counts
  }
}

/// The cells around a row, with its weight in each: one cell before the first axis, twice as many
/// after every axis.
struct GridCorners {
  private(set) var count = 1
  private(set) var cells = InlineArray<8, Int>(repeating: 0)
  private(set) var weights = InlineArray<8, Double>(repeating: 1)

  @inline(__always)
  mutating func reset() {
    count = 1
    cells[0] = 0
    weights[0] = 1
  }

  @inline(__always)
  mutating func split(_ place: GridPlace, cells axisCells: Int) {
    for corner in 0..<count {
      let row = cells[corner] &* axisCells
      let weight = weights[corner]
      cells[corner &+ count] = row &+ place.high
      weights[corner &+ count] = weight * place.share
      cells[corner] = row &+ place.low
      weights[corner] = weight * (1 - place.share)
    }
    count &*= 2
  }
}
