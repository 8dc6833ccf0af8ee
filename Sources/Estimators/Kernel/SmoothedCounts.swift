// SPDX-License-Identifier: MIT

/// Counts on a reflected grid, transformed once and then smoothed with any number of kernels.
///
/// A smoothing costs one inverse transform, O(M^d log M).
package struct CosineSpectrum: Sendable {
  /// The grid that was counted on.
  package let grid: KernelGrid
  /// The unnormalized cosine transform: 2^d sum of counts times cosines.
  package let coefficients: [Double]

  /// Transforms counts of the grid.
  package init(counts: [Double], grid: KernelGrid) {
    precondition(counts.count == grid.size)
    let numbers = AlignedNumbers(counts)
    FourierPlan.of(.cosine(shape: grid.shape)).executeInPlace(numbers)
    coefficients = numbers.array
    self.grid = grid
  }

  /// The counts smoothed with the kernel along every axis: at each cell the sum over rows of the
  /// kernel, which is 1 at distance 0.
  package func smoothed(_ kernel: GridKernel) -> [Double] {
    let cells = grid.cells
    precondition(kernel.eigenvalues.count == cells)
    let axes = grid.origins.count
    let numbers = AlignedNumbers(count: coefficients.count)
    // Each axis of the two transforms multiplies by 2 M.
    let scaled = kernel.eigenvalues.map { $0 / Double(2 * cells) }
    scaled.withUnsafeBufferPointer { scaled in
      coefficients.withUnsafeBufferPointer { coefficients in
        for line in 0..<coefficients.count / cells {
          var factor = 1.0
          var rest = line
          for _ in 1..<max(axes, 1) {
            factor *= scaled[rest % cells]
            rest /= cells
          }
          let start = line &* cells
          for k in 0..<cells {
            numbers.base[start &+ k] = coefficients[start &+ k] * (factor * scaled[k])
          }
        }
      }
    }
    FourierPlan.of(.inverseCosine(shape: grid.shape)).executeInPlace(numbers)
    return numbers.array
  }
}

extension KernelGrid {
  var shape: [Int] { origins.map { _ in cells } }
}

/// The kernel density at the centers of a grid's cells, per unit of volume.
///
/// The columns are the coordinates one after the other; the axes are reflected at the grid's ends.
package func gridDensity(
  _ columns: [Double], rows: Int, grid: KernelGrid, bandwidth: Double
) -> [Double] {
  let spectrum = CosineSpectrum(counts: grid.counts(columns, rows: rows), grid: grid)
  var density = spectrum.smoothed(
    GridKernel(bandwidth: bandwidth / grid.cell, cells: grid.cells))
  var volume = Double(rows)
  for _ in grid.origins { volume *= bandwidth * (2 * Double.pi).squareRoot() }
  let factor = 1 / volume
  for i in density.indices { density[i] *= factor }
  return density
}
