// SPDX-License-Identifier: MIT

/// How one element of a stored array is laid out.
struct ArrayElementType: Hashable {
  enum Kind: Hashable {
    case float
    /// The upper half of a float32, as in safetensors files.
    case brainFloat
    case signed
    case unsigned
    case bool
    /// UCS-4 code points, padded with zeros at the end: NumPy's `U`.
    case unicode
    /// Bytes, padded with zeros at the end: NumPy's `S`.
    case bytes
  }

  let kind: Kind
  /// Bytes an element, at least 1.
  let size: Int
  /// Whether the bytes are in the other order than this machine's.
  let isSwapped: Bool

  init(_ kind: Kind, size: Int, isBigEndian: Bool = false) {
    self.kind = kind
    self.size = size
    self.isSwapped = isBigEndian != (UInt16(1).bigEndian == 1)
  }

  /// The name that output and errors use: `float32`, `uint8`, `<U5`.
  var name: String {
    switch kind {
    case .float: "float\(size * 8)"
    case .brainFloat: "bfloat16"
    case .signed: "int\(size * 8)"
    case .unsigned: "uint\(size * 8)"
    case .bool: "bool"
    case .unicode: "string U\(size / 4)"
    case .bytes: "string S\(size)"
    }
  }
}

/// An array in memory, row-major, widened to the few types that the rules need.
struct StoredArray {
  enum Elements {
    /// `isSingle` where every value fits a Float, so that its shortest text is the Float's.
    case reals([Double], isSingle: Bool)
    case integers([Int64])
    /// Only where a value is beyond Int64.
    case naturals([UInt64])
    case texts([String])
  }

  /// Rows, or rows and columns.
  let shape: [Int]
  let elementType: String
  let elements: Elements
  /// What was taken, in words: `int64 array`, or the columns of a table.
  let subject: String

  var rows: Int { shape[0] }
  var columns: Int { shape.count == 1 ? 1 : shape[1] }
}

extension StoredArray {
  /// Refuses shapes that are no variable, before anything is allocated for them.
  ///
  /// - Returns: the number of elements.
  static func checkShape(_ shape: [Int], name: String) throws(DataError) -> Int {
    let text = shapeText(shape)
    guard shape.count <= 2 else {
      throw DataError(
        .shapeMismatch,
        "\(name): the array has \(shape.count) dimensions, shape \(text); it needs rows, or rows x "
          + "columns, so flatten it to (\(shape[0]), -1) first.")
    }
    guard shape.count >= 1, !shape.contains(0) else {
      throw DataError(
        .shapeMismatch,
        "\(name): the array has shape \(text); it needs rows, or rows x columns, at least one of each."
      )
    }
    let (count, overflow) = shape[0].multipliedReportingOverflow(
      by: shape.count == 2 ? shape[1] : 1)
    guard !overflow, count > 0 else {
      throw DataError(.malformed, "\(name): the shape \(text) has more elements than any machine.")
    }
    return count
  }

  /// A shape as NumPy writes it.
  static func shapeText(_ shape: [Int]) -> String {
    shape.count == 1
      ? "(\(shape[0]),)" : "(" + shape.map(String.init).joined(separator: ", ") + ")"
  }
}
