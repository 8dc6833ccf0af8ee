// SPDX-License-Identifier: MIT

import Estimators

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension Transform {
  /// Lays rows of k columns as a curved k-dimensional sheet into `dimension` >= k columns.
  ///
  /// z becomes (z, sin(B z)) with a Gaussian matrix B of variance 1 / k, turned by a random
  /// orthogonal map. The first part keeps the map injective: turning back shows z again.
  public static func embedding(into dimension: Int, seed: UInt64 = 0) -> Transform {
    Transform(
      "embedding", outputDimension: { _ in dimension },
      forward: { rows, k in
        let (bend, turn) = embeddingMatrices(k, dimension, seed)
        let curved = multiply(Matrix(rows: rows.count / k, columns: k, values: rows), bend)
        var wide: [Double] = []
        wide.reserveCapacity(rows.count / k * dimension)
        for row in 0..<rows.count / k {
          wide += rows[row * k..<(row + 1) * k]
          for column in 0..<dimension - k { wide.append(sin(curved[row, column])) }
        }
        return turned(wide, by: turn)
      },
      inverse: { rows, k in
        let (_, turn) = embeddingMatrices(k, dimension, seed)
        let wide = turned(rows, by: turn.transposed)
        return stride(from: 0, to: wide.count, by: dimension).flatMap { wide[$0..<$0 + k] }
      })
  }
}

private func embeddingMatrices(
  _ k: Int, _ dimension: Int, _ seed: UInt64
) -> (bend: Matrix, turn: Matrix) {
  precondition(dimension >= k, "an embedding of \(k) columns into \(dimension)")
  var source = RandomSource(seed: seed, samplerStream, 2)
  let turn = randomOrthogonal(dimension, using: &source)
  let scale = 1 / Double(k).squareRoot()
  let bend = source.normals(k * (dimension - k)).map { $0 * scale }
  return (Matrix(rows: k, columns: dimension - k, values: bend), turn)
}
