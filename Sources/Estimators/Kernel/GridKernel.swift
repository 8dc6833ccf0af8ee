// SPDX-License-Identifier: MIT

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A Gaussian kernel sampled on the cells of an axis that is reflected at both of its ends.
///
/// With M cells of width 1 and bandwidth h in cells, K(j) = exp(-(j/h)^2 / 2) for
/// |j| <= min(8.5 h, M), else 0; K(0) = 1, so a sum of kernels counts rows. A reflected axis repeats
/// with period 2 M, each cell c having images at -c - 1 and 2 M - 1 - c. On it the cosine transform
/// diagonalizes the convolution, with the eigenvalues K(0) + 2 sum_j K(j) cos(pi j k / M).
package struct GridKernel: Sendable {
  /// The bandwidth in cells.
  package let bandwidth: Double
  /// K(j) for j from 0 to 2 M - 1.
  package let values: [Double]
  /// The eigenvalue of frequency k, from 0 to M - 1.
  package let eigenvalues: [Double]

  /// Samples the kernel on `cells` cells.
  package init(bandwidth: Double, cells: Int) {
    precondition(bandwidth > 0 && cells >= 2, "bandwidth \(bandwidth) on \(cells) cells")
    self.bandwidth = bandwidth
    let reach = Int(min(8.5 * bandwidth, Double(cells)))
    var values = [Double](repeating: 0, count: 2 * cells)
    for j in 0...reach {
      let z = Double(j) / bandwidth
      values[j] = exp(-z * z / 2)
    }
    let cosines = (0..<2 * cells).map { cos(Double.pi * Double($0) / Double(cells)) }
    eigenvalues = (0..<cells).map { k in
      var sum = 0.0
      var phase = 0
      for j in stride(from: 1, through: reach, by: 1) {
        phase += k
        if phase >= 2 * cells { phase -= 2 * cells }
        sum += values[j] * cosines[phase]
      }
      return values[0] + 2 * sum
    }
    self.values = values
  }

  /// The kernel between two cells, with the images of the second.
  @inline(__always)
  package func between(_ a: Int, _ b: Int) -> Double {
    values.withUnsafeBufferPointer { values in
      let images = values[a &+ b &+ 1] + values[values.count &- 1 &- a &- b]
      return values[abs(a &- b)] + images
    }
  }

  /// What a row at this place contributes to the smoothed count at its own place.
  @inline(__always)
  package func own(_ place: GridPlace) -> Double {
    let (low, high) = (1 - place.share, place.share)
    return low * low * between(place.low, place.low) + high * high * between(place.high, place.high)
      + 2 * low * high * between(place.low, place.high)
  }
}

/// Where a number lies between the centers of two cells.
package struct GridPlace: BitwiseCopyable, Sendable {
  /// The cell whose center is at or below it; the first cell again beyond the first center.
  package var low: Int
  /// The cell above; the last cell again beyond the last center.
  package var high: Int
  /// The weight of the cell above.
  package var share: Double
}
