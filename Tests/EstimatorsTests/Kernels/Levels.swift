// SPDX-License-Identifier: MIT

import CKernels
import Estimators

/// The kernels of one level that this processor has.
struct Level: CustomStringConvertible, Sendable {
  let level: mi_level

  /// Every level of this processor: two at least where there is FMA.
  static let all = [MI_LEVEL_BASELINE, MI_LEVEL_FMA, MI_LEVEL_AVX2, MI_LEVEL_AVX512]
    .filter { mi_kernels_at($0) != nil }.map { Level(level: $0) }
  /// The levels that must agree to the bit.
  static let fused = all.filter(\.kernels.has_fma)

  var kernels: mi_kernels { mi_kernels_at(level).pointee }
  var description: String { String(cString: mi_level_name(level)) }

  /// c + a b as the level adds: rounded once with FMA, else twice.
  func add<Number: BinaryFloatingPoint>(_ a: Number, _ b: Number, to c: Number) -> Number {
    kernels.has_fma ? c.addingProduct(a, b) : c + a * b
  }
}

/// A row-major matrix whose rows lie further apart than they are wide, transposed or not.
struct Operand<Number: BinaryFloatingPoint> {
  let rows: Int
  let columns: Int
  let isTransposed: Bool
  let pitch: Int
  var values: [Number]

  init(_ rows: Int, _ columns: Int, isTransposed: Bool, random: inout RandomSource) {
    (self.rows, self.columns, self.isTransposed) = (rows, columns, isTransposed)
    let (lines, width) = isTransposed ? (columns, rows) : (rows, columns)
    pitch = width + random.below(4)
    values = (0..<lines * pitch + 1).map { _ in Number(random.normal()) }
  }

  subscript(i: Int, j: Int) -> Number {
    get { values[isTransposed ? j * pitch + i : i * pitch + j] }
    set { values[isTransposed ? j * pitch + i : i * pitch + j] = newValue }
  }
}
