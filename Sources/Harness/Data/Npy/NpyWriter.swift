// SPDX-License-Identifier: MIT

/// A type that ``npyBytes(_:shape:)`` can write.
public protocol NpyElement: BitwiseCopyable, Sendable {
  /// NumPy's name of the type in little-endian order, such as `<f8`.
  static var npyDescr: String { get }
}

extension Double: NpyElement {
  /// NumPy's float64.
  public static var npyDescr: String { "<f8" }
}

extension Float: NpyElement {
  /// NumPy's float32.
  public static var npyDescr: String { "<f4" }
}

extension Int64: NpyElement {
  /// NumPy's int64.
  public static var npyDescr: String { "<i8" }
}

/// The bytes of a .npy file, version 1.0, in C order, as NumPy would write it.
///
/// `shape` is rows, or rows and columns, and so on; its product is the number of values.
public func npyBytes<Element: NpyElement>(_ values: [Element], shape: [Int]) -> [UInt8] {
  precondition(shape.reduce(1, *) == values.count, "shape \(shape) of \(values.count) values")
  precondition(UInt16(1).littleEndian == 1, "written as it lies in memory: little-endian only")
  var header =
    "{'descr': '\(Element.npyDescr)', 'fortran_order': False, 'shape': "
    + StoredArray.shapeText(shape) + ", }"
  // The elements start at a multiple of 64 bytes; the header ends with a newline.
  let unpadded = 10 + header.utf8.count + 1
  header += String(repeating: " ", count: (64 - unpadded % 64) % 64) + "\n"
  var bytes: [UInt8] = [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59, 1, 0]
  bytes.append(UInt8(header.utf8.count & 0xFF))
  bytes.append(UInt8(header.utf8.count >> 8))
  bytes.append(contentsOf: header.utf8)
  values.withUnsafeBytes { bytes.append(contentsOf: $0) }
  return bytes
}

/// Writes a .npy file, version 1.0, in C order, replacing what was there.
///
/// - Throws: `unreadable` with the reason of the operating system.
public func writeNpy<Element: NpyElement>(
  _ values: [Element], shape: [Int], to path: String
) throws(DataError) {
  try writeFile(npyBytes(values, shape: shape), to: path)
}
