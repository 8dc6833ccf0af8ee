// SPDX-License-Identifier: MIT

import Estimators

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension Transform {
  /// Turns each row in a plane of two columns by the angle speed * |row|^2, from the first towards
  /// the second.
  ///
  /// The norm stays, so the inverse turns back by the same angle.
  public static func spiral(speed: Double, plane: (Int, Int)) -> Transform {
    let (i, j) = plane
    return Transform(
      "spiral",
      forward: { rows, d in twisted(rows, dimension: d, speed: speed, i, j) },
      inverse: { rows, d in twisted(rows, dimension: d, speed: -speed, i, j) })
  }

  /// Turns each row in a plane of two columns by a fixed angle.
  public static func rotation(angle: Double, plane: (Int, Int)) -> Transform {
    let (i, j) = plane
    return Transform(
      "rotation",
      forward: { rows, d in
        var rows = rows
        for start in stride(from: 0, to: rows.count, by: d) {
          turn(&rows, start + i, start + j, angle)
        }
        return rows
      },
      inverse: { rows, d in
        var rows = rows
        for start in stride(from: 0, to: rows.count, by: d) {
          turn(&rows, start + i, start + j, -angle)
        }
        return rows
      })
  }

  /// A number of [0, 1] to a point of the Swiss roll: s = 1.5 pi (1 + 2x), (s cos s, s sin s) / 21.
  ///
  /// One column becomes two; s can be read off the distance from the origin.
  public static let swissRoll = Transform(
    "swiss-roll", outputDimension: { _ in 2 },
    forward: { rows, d in
      precondition(d == 1, "the Swiss roll takes one column, not \(d)")
      return rows.flatMap { x -> [Double] in
        let s = 1.5 * Double.pi * (1 + 2 * x)
        return [s * cos(s) / 21, s * sin(s) / 21]
      }
    },
    inverse: { rows, _ in
      stride(from: 0, to: rows.count, by: 2).map { start in
        (21 * hypot(rows[start], rows[start + 1]) / (1.5 * Double.pi) - 1) / 2
      }
    })

  /// The waves of the benchmark: the first column gains amplitude * sin(frequency * second column).
  public static func wave(amplitude: Double, frequency: Double) -> Transform {
    let shear: @Sendable ([Double], Int, Double) -> [Double] = { rows, d, sign in
      var rows = rows
      for start in stride(from: 0, to: rows.count, by: d) {
        rows[start] += sign * amplitude * sin(frequency * rows[start + 1])
      }
      return rows
    }
    return Transform(
      "wave", forward: { shear($0, $1, 1) }, inverse: { shear($0, $1, -1) })
  }

  /// scales[j] * column j + shifts[j], for scales that are not 0.
  public static func columns(scales: [Double], shifts: [Double]) -> Transform {
    precondition(
      scales.count == shifts.count && scales.allSatisfy { $0 != 0 },
      "scales \(scales) and shifts \(shifts)")
    return Transform(
      "columns",
      forward: { rows, d in
        rows.indices.map { rows[$0] * scales[$0 % d] + shifts[$0 % d] }
      },
      inverse: { rows, d in
        rows.indices.map { (rows[$0] - shifts[$0 % d]) / scales[$0 % d] }
      })
  }
}

private func twisted(
  _ rows: [Double], dimension d: Int, speed: Double, _ i: Int, _ j: Int
) -> [Double] {
  precondition(max(i, j) < d, "plane (\(i), \(j)) in \(d) columns")
  var rows = rows
  for start in stride(from: 0, to: rows.count, by: d) {
    var square = 0.0
    for k in start..<start + d { square += rows[k] * rows[k] }
    turn(&rows, start + i, start + j, speed * square)
  }
  return rows
}

private func turn(_ rows: inout [Double], _ a: Int, _ b: Int, _ angle: Double) {
  let (x, y) = (rows[a], rows[b])
  rows[a] = cos(angle) * x - sin(angle) * y
  rows[b] = sin(angle) * x + cos(angle) * y
}
