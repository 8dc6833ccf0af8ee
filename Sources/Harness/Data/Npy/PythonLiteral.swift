// SPDX-License-Identifier: MIT

/// Reads the Python dictionary in a .npy header, and nothing more of Python.
struct PythonLiteral {
  private let bytes: UnsafeRawBufferPointer
  private let name: String
  /// Where the literal starts in the file, for errors.
  private let offset: Int
  private var position = 0

  init(_ bytes: UnsafeRawBufferPointer, name: String, offset: Int) {
    self.bytes = bytes
    self.name = name
    self.offset = offset
  }

  /// Reads `{'descr': ..., 'fortran_order': ..., 'shape': (...)}`, each key exactly once.
  mutating func parseHeader() throws(DataError) -> (descr: String, isFortran: Bool, shape: [Int]) {
    var descr: String?
    var isFortran: Bool?
    var shape: [Int]?
    try expect("{")
    while !accept("}") {
      let at = position
      let key = try string()
      try expect(":")
      switch key {
      case "descr" where descr == nil: descr = try parseDescr()
      case "fortran_order" where isFortran == nil: isFortran = try bool()
      case "shape" where shape == nil: shape = try tuple()
      default:
        position = at
        throw failure("descr, fortran_order and shape once each, and not \"\(key)\",")
      }
      if !accept(",") {
        try expect("}")
        break
      }
    }
    skipSpace()
    guard position == bytes.count else { throw failure("nothing but spaces") }
    guard let descr, let isFortran, let shape else {
      throw failure("all of descr, fortran_order and shape")
    }
    return (descr, isFortran, shape)
  }

  private mutating func parseDescr() throws(DataError) -> String {
    skipSpace()
    guard position < bytes.count, bytes[position] != UInt8(ascii: "[") else {
      throw DataError(
        .unsupported,
        "\(name): the array has a structured dtype (named fields); save one plain array a file.")
    }
    return try string()
  }

  private mutating func string() throws(DataError) -> String {
    skipSpace()
    guard position < bytes.count else { throw failure("a quoted string") }
    let quote = bytes[position]
    guard quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"") else {
      throw failure("a quoted string")
    }
    let start = position + 1
    guard let end = bytes[start...].firstIndex(of: quote) else {
      throw failure("a closing quote")
    }
    position = end + 1
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }

  private mutating func bool() throws(DataError) -> Bool {
    if accept("True") { return true }
    if accept("False") { return false }
    throw failure("True or False")
  }

  private mutating func tuple() throws(DataError) -> [Int] {
    var values: [Int] = []
    try expect("(")
    while !accept(")") {
      values.append(try natural())
      if !accept(",") {
        try expect(")")
        break
      }
    }
    return values
  }

  private mutating func natural() throws(DataError) -> Int {
    skipSpace()
    let digits = bytes[position...].prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    guard let value = Int(String(decoding: digits, as: UTF8.self)) else {
      throw failure("a length of at most 64 bits")
    }
    position = digits.endIndex
    // Python 2 wrote long integers with an L.
    _ = accept("L")
    return value
  }

  private mutating func expect(_ token: String) throws(DataError) {
    if !accept(token) { throw failure("\"\(token)\"") }
  }

  private mutating func accept(_ token: String) -> Bool {
    skipSpace()
    guard bytes[position...].starts(with: token.utf8) else { return false }
    position += token.utf8.count
    return true
  }

  private mutating func skipSpace() {
    while position < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[position]) {
      position += 1
    }
  }

  private func failure(_ needed: String) -> DataError {
    .malformed(name, byte: offset + position, "the header needs \(needed) here.")
  }
}
