// SPDX-License-Identifier: MIT

import CKernels

/// A number that networks are made of: `Float` where they are trained, `Double` where the same
/// code is checked against central differences.
package protocol NetworkScalar: BinaryFloatingPoint, Sendable {
  /// C = A B + beta C, row-major, with A (rows x inner) and B (inner x columns) after transposing.
  static func multiply(
    _ a: UnsafePointer<Self>, transposed aTransposed: Bool,
    _ b: UnsafePointer<Self>, transposed bTransposed: Bool,
    into c: UnsafeMutablePointer<Self>, rows: Int, columns: Int, inner: Int, adding beta: Self)

  /// y = A v + beta y or y = A' v + beta y, A (rows x columns) row-major.
  static func multiply(
    _ a: UnsafePointer<Self>, transposed: Bool, vector v: UnsafePointer<Self>,
    into y: UnsafeMutablePointer<Self>, rows: Int, columns: Int, adding beta: Self)
}

extension Float: NetworkScalar {
  package static func multiply(
    _ a: UnsafePointer<Float>, transposed aTransposed: Bool,
    _ b: UnsafePointer<Float>, transposed bTransposed: Bool,
    into c: UnsafeMutablePointer<Float>, rows: Int, columns: Int, inner: Int, adding beta: Float
  ) {
    mi_product_f(
      a, Int64(aTransposed ? rows : inner), aTransposed, b, Int64(bTransposed ? inner : columns),
      bTransposed, c, Int64(columns), Int64(rows), Int64(columns), Int64(inner), beta)
  }

  package static func multiply(
    _ a: UnsafePointer<Float>, transposed: Bool, vector v: UnsafePointer<Float>,
    into y: UnsafeMutablePointer<Float>, rows: Int, columns: Int, adding beta: Float
  ) {
    mi_product_vector_f(
      a, Int64(columns), transposed, v, y, Int64(rows), Int64(columns), beta)
  }
}

extension Double: NetworkScalar {
  package static func multiply(
    _ a: UnsafePointer<Double>, transposed aTransposed: Bool,
    _ b: UnsafePointer<Double>, transposed bTransposed: Bool,
    into c: UnsafeMutablePointer<Double>, rows: Int, columns: Int, inner: Int, adding beta: Double
  ) {
    mi_product_d(
      a, Int64(aTransposed ? rows : inner), aTransposed, b, Int64(bTransposed ? inner : columns),
      bTransposed, c, Int64(columns), Int64(rows), Int64(columns), Int64(inner), beta)
  }

  package static func multiply(
    _ a: UnsafePointer<Double>, transposed: Bool, vector v: UnsafePointer<Double>,
    into y: UnsafeMutablePointer<Double>, rows: Int, columns: Int, adding beta: Double
  ) {
    mi_product_vector_d(
      a, Int64(columns), transposed, v, y, Int64(rows), Int64(columns), beta)
  }
}
