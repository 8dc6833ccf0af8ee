// SPDX-License-Identifier: MIT

import COpenBLAS

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

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
    cblas_sgemm(
      CblasRowMajor, aTransposed ? CblasTrans : CblasNoTrans,
      bTransposed ? CblasTrans : CblasNoTrans, Int32(rows), Int32(columns), Int32(inner), 1,
      a, Int32(aTransposed ? rows : inner), b, Int32(bTransposed ? inner : columns), beta,
      c, Int32(columns))
  }

  package static func multiply(
    _ a: UnsafePointer<Float>, transposed: Bool, vector v: UnsafePointer<Float>,
    into y: UnsafeMutablePointer<Float>, rows: Int, columns: Int, adding beta: Float
  ) {
    cblas_sgemv(
      CblasRowMajor, transposed ? CblasTrans : CblasNoTrans, Int32(rows), Int32(columns), 1,
      a, Int32(columns), v, 1, beta, y, 1)
  }
}

extension Double: NetworkScalar {
  package static func multiply(
    _ a: UnsafePointer<Double>, transposed aTransposed: Bool,
    _ b: UnsafePointer<Double>, transposed bTransposed: Bool,
    into c: UnsafeMutablePointer<Double>, rows: Int, columns: Int, inner: Int, adding beta: Double
  ) {
    cblas_dgemm(
      CblasRowMajor, aTransposed ? CblasTrans : CblasNoTrans,
      bTransposed ? CblasTrans : CblasNoTrans, Int32(rows), Int32(columns), Int32(inner), 1,
      a, Int32(aTransposed ? rows : inner), b, Int32(bTransposed ? inner : columns), beta,
      c, Int32(columns))
  }

  package static func multiply(
    _ a: UnsafePointer<Double>, transposed: Bool, vector v: UnsafePointer<Double>,
    into y: UnsafeMutablePointer<Double>, rows: Int, columns: Int, adding beta: Double
  ) {
    cblas_dgemv(
      CblasRowMajor, transposed ? CblasTrans : CblasNoTrans, Int32(rows), Int32(columns), 1,
      a, Int32(columns), v, 1, beta, y, 1)
  }
}
