// SPDX-License-Identifier: MIT

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The spectra of two series, segment by segment, and their cross-spectrum.
struct CrossSpectrum: Sendable {
  private let segments: WelchSegments
  private let x: [Double]
  private let y: [Double]
  private let powerX: [Double]
  private let powerY: [Double]

  init(_ segments: WelchSegments, x: [Double], y: [Double]) {
    self.segments = segments
    self.x = segments.spectra(x)
    self.y = segments.spectra(y)
    powerX = Self.power(self.x, segments)
    powerY = Self.power(self.y, segments)
  }

  private static func power(_ spectra: [Double], _ segments: WelchSegments) -> [Double] {
    var power = [Double](repeating: 0, count: segments.frequencies)
    for s in 0..<segments.count {
      for k in power.indices {
        let at = 2 * (s * power.count + k)
        power[k] += spectra[at] * spectra[at] + spectra[at + 1] * spectra[at + 1]
      }
    }
    return power
  }

  /// The squared coherence |S_xy|^2 / (S_xx S_yy) at each frequency, 0 to 1, with segment s of x
  /// held against segment s + `shift` of y, around the end.
  ///
  /// NaN where a series has no power at all.
  func coherence(shift: Int = 0) -> [Double] {
    let frequencies = segments.frequencies
    var cross = [Double](repeating: 0, count: 2 * frequencies)
    x.withUnsafeBufferPointer { x in
      y.withUnsafeBufferPointer { y in
        cross.withUnsafeMutableBufferPointer { cross in
          for s in 0..<segments.count {
            let a = 2 &* s &* frequencies
            let b = 2 &* ((s &+ shift) % segments.count) &* frequencies
            for k in 0..<frequencies {
              let (re, im) = (x[a &+ 2 &* k], x[a &+ 2 &* k &+ 1])
              let (reY, imY) = (y[b &+ 2 &* k], y[b &+ 2 &* k &+ 1])
              cross[2 &* k] += re * reY + im * imY
              cross[2 &* k &+ 1] += im * reY - re * imY
            }
          }
        }
      }
    }
    return (0..<frequencies).map { k in
      let (re, im) = (cross[2 * k], cross[2 * k + 1])
      // Divided one after the other: the product of two powers may overflow.
      return (re * re / powerX[k] + im * im / powerX[k]) / powerY[k]
    }
  }

  /// The mean over all frequencies of the circle, of which 0 and 1/2 occur once and the others,
  /// with their negatives, twice.
  static func circleMean(_ values: [Double]) -> Double {
    let last = values.count - 1
    let inner = values[1..<last].reduce(0, +)
    return (values[0] + values[last] + 2 * inner) / Double(2 * last)
  }
}
