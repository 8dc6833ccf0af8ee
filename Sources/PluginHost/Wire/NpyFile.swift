// SPDX-License-Identifier: MIT

import EstimatorAPI

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The two kinds of .npy files that pass between host and plugin, version 1.0, little-endian, C
/// order: float64 with rows and columns, int32 with rows.
enum NpyFile {
  /// Writes a variable.
  ///
  /// - Throws: `failed` with the operating system's reason, a full disk for one.
  static func write(_ variable: Variable, to path: String) throws(EstimatorError) -> WireVariable {
    switch variable {
    case .samples(let samples):
      let shape = "(\(samples.count), \(samples.dimension))"
      guard samples.values.withUnsafeBytes({ write($0, "<f8", shape, to: path) }) else {
        throw failure(path)
      }
      return WireVariable(
        kind: "continuous", path: path, rows: samples.count, columns: samples.dimension)
    case .labels(let labels):
      let shape = "(\(labels.count),)"
      guard labels.codes.withUnsafeBytes({ write($0, "<i4", shape, to: path) }) else {
        throw failure(path)
      }
      return WireVariable(
        kind: "labels", path: path, rows: labels.count, columns: 1, classes: labels.names)
    }
  }

  /// Writes a file; false leaves the reason in errno.
  private static func write(
    _ values: UnsafeRawBufferPointer, _ type: String, _ shape: String, to path: String
  ) -> Bool {
    precondition(UInt16(1).littleEndian == 1, "written as it lies in memory: little-endian only")
    var header = "{'descr': '\(type)', 'fortran_order': False, 'shape': \(shape), }"
    header += String(repeating: " ", count: (64 - (10 + header.utf8.count + 1) % 64) % 64) + "\n"
    let length = header.utf8.count
    let start =
      [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59, 1, 0, UInt8(length & 0xFF), UInt8(length >> 8)]
      + Array(header.utf8)
    let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard file >= 0 else { return false }
    let isWritten = start.withUnsafeBytes { writeAll($0, to: file) } && writeAll(values, to: file)
    let reason = errno
    close(file)
    errno = reason
    return isWritten
  }

  private static func writeAll(_ bytes: UnsafeRawBufferPointer, to file: Int32) -> Bool {
    var done = 0
    while done < bytes.count {
      let written = systemWrite(file, bytes.baseAddress?.advanced(by: done), bytes.count - done)
      if written < 0, errno == EINTR { continue }
      guard written > 0 else { return false }
      done += written
    }
    return true
  }

  private static func failure(_ path: String) -> EstimatorError {
    EstimatorError(.failed, "\(path): \(String(cString: strerror(errno))).")
  }

  /// Reads what ``write(_:to:)`` wrote: used by the child that hosts a binary plugin.
  ///
  /// - Throws: `shapeMismatch` where the file is not what the message says.
  static func read(_ what: WireVariable) throws(EstimatorError) -> Variable {
    guard let data = try? Data(contentsOf: URL(fileURLWithPath: what.path)), data.count >= 10 else {
      throw .shapeMismatch("arrays", found: "no file \(what.path)", needed: "a .npy file")
    }
    let start = 10 + Int(data[8]) + Int(data[9]) << 8
    let isLabels = what.kind == "labels"
    let size = isLabels ? 4 : 8
    let (count, overflow) = what.rows.multipliedReportingOverflow(by: what.columns)
    guard !overflow, count >= 0, count <= Int.max / 8, data.count == start + count * size else {
      throw .shapeMismatch(
        "arrays", found: "\(data.count) bytes",
        needed: "\(what.rows) x \(what.columns) after a header")
    }
    if isLabels {
      var codes = [Int32](repeating: 0, count: count)
      _ = codes.withUnsafeMutableBytes { data.copyBytes(to: $0, from: start..<data.count) }
      return .labels(try Labels(codes: codes, names: what.classes ?? []))
    }
    var values = [Double](repeating: 0, count: count)
    _ = values.withUnsafeMutableBytes { data.copyBytes(to: $0, from: start..<data.count) }
    return .samples(
      try Samples(rowMajor: values, count: what.rows, dimension: what.columns))
  }
}

/// The C function, which the methods of the same name hide.
private func systemWrite(_ file: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
  write(file, bytes, count)
}
