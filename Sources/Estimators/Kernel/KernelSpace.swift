// SPDX-License-Identifier: MIT

import EstimatorAPI

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The coordinates in which kernels are laid, and the range they need.
enum KernelScale: String, CaseIterable {
  /// (rank - 1/2) / n: the copula on the unit cube, reflected at its faces.
  case copula
  /// Normal scores of the ranks: the copula without a boundary.
  case normalScores = "normal-scores"
  /// Mean 0 and standard deviation 1.
  case standard
}

/// The rows in the coordinates of a ``KernelScale``: x, then y.
struct KernelSpace: Sendable {
  let rows: Int
  /// Columns of x.
  let dimensionX: Int
  /// Columns of y.
  let dimensionY: Int
  /// The coordinates, column after column.
  let columns: [Double]
  /// Whether the axes end at 0 and 1.
  let isBounded: Bool
  /// The standard deviation of a column, the same for all.
  let deviation: Double
  /// How many values equal another one of their column; nil where ranks were not taken.
  let tied: Int?

  init(_ x: Samples, _ y: Samples, scale: KernelScale, threads: Int) throws(EstimatorError) {
    try refuseConstantColumns(x, side: "x")
    try refuseConstantColumns(y, side: "y")
    let n = x.count
    var columns: [Double] = []
    columns.reserveCapacity(n * (x.dimension + y.dimension))
    var tied: Int?
    switch scale {
    case .copula:
      for side in [x, y] {
        let rankings = parallelMap(side.dimension, threads: threads) {
          AverageRanks(side.column($0))
        }
        for ranking in rankings {
          columns.append(contentsOf: ranking.ranks.map { ($0 - 0.5) / Double(n) })
          tied = (tied ?? 0) + ranking.tied
        }
      }
    case .normalScores:
      for side in [x, y] {
        let scores = try NormalScores(side, threads: threads)
        for column in 0..<side.dimension {
          columns.append(contentsOf: scores.samples.column(column))
        }
        tied = (tied ?? 0) + scores.tied.reduce(0, +)
      }
    case .standard:
      for (side, name) in [(x, "x"), (y, "y")] {
        columns.append(contentsOf: try standardized(side, side: name).transposed.values)
      }
    }
    rows = n
    dimensionX = x.dimension
    dimensionY = y.dimension
    self.columns = columns
    self.tied = tied
    isBounded = scale == .copula
    deviation = scale == .copula ? (1.0 / 12).squareRoot() : 1
  }

  var dimension: Int { dimensionX + dimensionY }

  /// A grid over the rows; without a boundary, with room for 4.5 bandwidths on both sides, so that
  /// the reflection beyond it reaches no row.
  func grid(cells: Int, bandwidth: Double) -> KernelGrid {
    guard !isBounded else {
      return KernelGrid(
        origins: [Double](repeating: 0, count: dimension), cell: 1 / Double(cells), cells: cells)
    }
    let bounds = (0..<dimension).map { axis in
      columns[axis * rows..<(axis + 1) * rows].reduce(
        into: (low: Double.infinity, high: -Double.infinity)
      ) {
        $0.low = min($0.low, $1)
        $0.high = max($0.high, $1)
      }
    }
    let widest = bounds.reduce(0) { max($0, $1.high - $1.low) }
    let length = widest + 9 * bandwidth
    return KernelGrid(
      origins: bounds.map { ($0.low + $0.high - length) / 2 }, cell: length / Double(cells),
      cells: cells)
  }

  /// Silverman's factor (4 / ((d + 2) n))^(1 / (d + 4)) times the standard deviation.
  var silverman: Double {
    let d = Double(dimension)
    return deviation * pow(4 / ((d + 2) * Double(rows)), 1 / (d + 4))
  }

  /// Scott's factor n^(-1 / (d + 4)) times the standard deviation.
  var scott: Double {
    deviation * pow(Double(rows), -1 / (Double(dimension) + 4))
  }
}
