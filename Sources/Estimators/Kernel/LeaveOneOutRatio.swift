// SPDX-License-Identifier: MIT

import EstimatorAPI

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The log density ratios of the rows at a bandwidth, each row left out of its own densities.
///
/// With S the smoothed counts of ``CosineSpectrum`` and S' = S less the row's own share, known in
/// closed form for linear binning,
///
///     ln( (n - 1) S'(x, y) / (S'(x) S'(y)) );
///
/// the kernels' constants cancel. Joint and margins are smoothed alike.
struct LeaveOneOutRatio: Sendable {
  let space: KernelSpace
  let grid: KernelGrid
  private let joint: CosineSpectrum
  private let marginX: CosineSpectrum
  private let marginY: CosineSpectrum

  init(_ space: KernelSpace, grid: KernelGrid) {
    self.space = space
    self.grid = grid
    let counts = grid.counts(space.columns, rows: space.rows)
    let gridX = grid.axes(0..<space.dimensionX)
    let gridY = grid.axes(space.dimensionX..<space.dimension)
    // A row's weights sum to 1 along each axis, so the margins are sums of the joint counts.
    var countsX = [Double](repeating: 0, count: gridX.size)
    var countsY = [Double](repeating: 0, count: gridY.size)
    let sizeY = countsY.count
    for i in countsX.indices {
      for j in 0..<sizeY {
        countsX[i] += counts[i * sizeY + j]
        countsY[j] += counts[i * sizeY + j]
      }
    }
    joint = CosineSpectrum(counts: counts, grid: grid)
    marginX = CosineSpectrum(counts: countsX, grid: gridX)
    marginY = CosineSpectrum(counts: countsY, grid: gridY)
  }

  /// The cosine transform of the joint counts.
  var spectrum: CosineSpectrum { joint }

  /// The value of each row at a bandwidth; 0 for a row whose kernel reaches no other row, counted in
  /// `isolated`.
  func values(bandwidth: Double, threads: Int) -> (pointwise: [Double], isolated: Int) {
    let kernel = GridKernel(bandwidth: bandwidth / grid.cell, cells: grid.cells)
    let smooth = joint.smoothed(kernel)
    let smoothX = marginX.smoothed(kernel)
    let smoothY = marginY.smoothed(kernel)
    // The transforms' rounding errors are some 1e-16 of the largest count; below the floor a
    // difference of counts would be noise.
    let floors = [smooth, smoothX, smoothY].map { 1e-12 * ($0.max() ?? 0) }
    let rows = space.rows
    let chunk = 4096
    let chunks = (rows + chunk - 1) / chunk
    let parts = parallelMap(chunks, threads: threads) { index in
      let range = index * chunk..<min((index + 1) * chunk, rows)
      return part(range, kernel, smooth, smoothX, smoothY, floors)
    }
    var pointwise: [Double] = []
    pointwise.reserveCapacity(rows)
    for part in parts { pointwise.append(contentsOf: part.pointwise) }
    return (pointwise, parts.reduce(0) { $0 + $1.isolated })
  }

  private func part(
    _ range: Range<Int>, _ kernel: GridKernel, _ smooth: [Double], _ smoothX: [Double],
    _ smoothY: [Double], _ floors: [Double]
  ) -> (pointwise: [Double], isolated: Int) {
    let rows = space.rows
    let cells = grid.cells
    let inverse = 1 / grid.cell
    let others = Double(rows - 1)
    let (dx, d) = (space.dimensionX, space.dimension)
    let sizeY = smoothY.count
    var isolated = 0
    var pointwise = [Double](repeating: 0, count: range.count)
    space.columns.withUnsafeBufferPointer { columns in
      smooth.withUnsafeBufferPointer { smooth in
        smoothX.withUnsafeBufferPointer { smoothX in
          smoothY.withUnsafeBufferPointer { smoothY in
            var (x, y) = (GridCorners(), GridCorners())
            for row in range {
              x.reset()
              y.reset()
              var (ownX, ownY) = (1.0, 1.0)
              for axis in 0..<d {
                let place = KernelGrid.place(
                  columns[axis &* rows &+ row], origin: grid.origins[axis], inverseCell: inverse,
                  cells: cells)
                let own = kernel.own(place)
                if axis < dx {
                  ownX *= own
                  x.split(place, cells: cells)
                } else {
                  ownY *= own
                  y.split(place, cells: cells)
                }
              }
              var (sumX, sumY, sum) = (0.0, 0.0, 0.0)
              for j in 0..<y.count { sumY += y.weights[j] * smoothY[y.cells[j]] }
              for i in 0..<x.count {
                sumX += x.weights[i] * smoothX[x.cells[i]]
                let start = x.cells[i] &* sizeY
                var line = 0.0
                for j in 0..<y.count { line += y.weights[j] * smooth[start &+ y.cells[j]] }
                sum += x.weights[i] * line
              }
              let (left, leftX, leftY) = (sum - ownX * ownY, sumX - ownX, sumY - ownY)
              if left > floors[0], leftX > floors[1], leftY > floors[2] {
                pointwise[row - range.lowerBound] = log(others * left / (leftX * leftY))
              } else {
                isolated += 1
              }
            }
          }
        }
      }
    }
    return (pointwise, isolated)
  }
}
