// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators
import Foundation
import Testing

@Suite("kde: the grid")
struct GridKernelTests {
  @Test(
    "Smoothing by cosine transforms equals the sum over all rows and cells",
    arguments: [
      (axes: 1, cells: 24, bandwidth: 1.7), (axes: 1, cells: 9, bandwidth: 6.0),
      (axes: 2, cells: 16, bandwidth: 2.3), (axes: 2, cells: 11, bandwidth: 0.6),
      (axes: 3, cells: 8, bandwidth: 1.9),
    ])
  func convolution(axes: Int, cells: Int, bandwidth: Double) {
    var random = RandomSource(seed: 5)
    let rows = 40
    let grid = KernelGrid(
      origins: (0..<axes).map { Double($0) }, cell: 1 / Double(cells), cells: cells)
    // The corners of the domain too, where all weight lies in the outermost cell.
    var columns: [Double] = []
    for axis in 0..<axes {
      var places = [0.001, 0.999]
      for _ in 2..<rows { places.append(random.uniform()) }
      for place in places { columns.append(Double(axis) + place) }
    }
    let kernel = GridKernel(bandwidth: bandwidth, cells: cells)
    let spectrum = CosineSpectrum(counts: grid.counts(columns, rows: rows), grid: grid)
    let direct = Self.direct(columns, rows: rows, grid: grid, bandwidth: bandwidth)
    expectClose(spectrum.smoothed(kernel), direct, absolute: 1e-12 * (direct.max() ?? 0))
  }

  /// Every row at its two places an axis, at every cell, with the images of reflection: O(n M).
  private static func direct(
    _ columns: [Double], rows: Int, grid: KernelGrid, bandwidth: Double
  ) -> [Double] {
    let (axes, cells) = (grid.origins.count, grid.cells)
    func kernel(_ distance: Int) -> Double {
      let reach: Double = min(8.5 * bandwidth, Double(cells)).rounded(.down)
      let far: Double = abs(Double(distance))
      guard far <= reach else { return 0 }
      let z: Double = far / bandwidth
      return exp(-z * z / 2)
    }
    var sums = [Double](repeating: 0, count: grid.size)
    for row in 0..<rows {
      for index in sums.indices {
        var product = 1.0
        var rest = index
        for axis in (0..<axes).reversed() {
          let cell = rest % cells
          rest /= cells
          let offset: Double = columns[axis * rows + row] - grid.origins[axis]
          let position: Double = offset / grid.cell - 0.5
          let below = Int(position.rounded(.down))
          let share = position - Double(below)
          var sum = 0.0
          for (place, weight) in [(below, 1 - share), (below + 1, share)] {
            // The images of a place c under reflection at both ends: c, -1 - c and 2 M - 1 - c,
            // and each a period further; one that lies outside is its own image inside.
            let inside = min(max(place, 0), cells - 1)
            for period in [-2 * cells, 0, 2 * cells] {
              sum += weight * kernel(cell - inside + period)
              sum += weight * kernel(cell + inside + 1 + period)
            }
          }
          product *= sum
        }
        sums[index] += product
      }
    }
    return sums
  }

  @Test("The density integrates to 1, reflected or not", arguments: [0.02, 0.3])
  func densityIntegrates(bandwidth: Double) {
    var random = RandomSource(seed: 8)
    let columns: [Double] = (0..<1000).map { _ in random.uniform() }
    let grid = KernelGrid(origins: [0, 0], cell: 1.0 / 128, cells: 128)
    let density = gridDensity(columns, rows: 500, grid: grid, bandwidth: bandwidth)
    let mass = density.reduce(0, +) / (128 * 128)
    // A kernel of 0.3 is cut at the width of the domain: 3.3 standard deviations.
    #expect(abs(mass - 1) < 5e-3)
  }

  @Test("Botev's rule equals the fixed point on the rows themselves")
  func botev() throws {
    let golden = try goldenJSON("kernel/kernel.json", as: KernelGolden.self).botev
    let grid = KernelGrid(origins: [0, 0], cell: 1.0 / 512, cells: 512)
    let counts = grid.counts(golden.u + golden.v, rows: golden.u.count)
    let rule = BotevBandwidth(CosineSpectrum(counts: counts, grid: grid), rows: golden.u.count)
    let bandwidth = try #require(rule.bandwidth())
    #expect(abs(bandwidth / golden.bandwidth - 1) < 0.005)
  }
}

/// Golden/kernel/kernel.json.
struct KernelGolden: Decodable {
  struct Case: Decodable, Sendable {
    struct Value: Decodable, Sendable {
      let scale: String
      let bandwidth: Double
      let nats: Double
    }
    let dx: Int
    let dy: Int
    let x: [Double]
    let y: [Double]
    let values: [Value]

    func request() throws -> EstimationRequest {
      try EstimationRequest(
        x: .samples(Samples(rowMajor: x, count: x.count / dx, dimension: dx)),
        y: .samples(Samples(rowMajor: y, count: y.count / dy, dimension: dy)))
    }
  }
  struct Botev: Decodable {
    let u: [Double]
    let v: [Double]
    let bandwidth: Double
  }
  let cases: [Case]
  let botev: Botev
}
