// SPDX-License-Identifier: MIT

/// The header of a .npy file: element type, order and shape.
///
/// Format: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html, versions 1.0,
/// 2.0 and 3.0: `\x93NUMPY`, two version bytes, the length of the header (2 bytes in 1.0, then 4),
/// and a Python literal such as `{'descr': '<f8', 'fortran_order': False, 'shape': (3, 2), }`.
struct NpyHeader {
  let type: ArrayElementType
  let isFortran: Bool
  let shape: [Int]
  /// The byte where the elements start.
  let dataOffset: Int

  /// Longer headers are legal from version 2.0 on, but only structured types need them.
  static let longest = 65_535

  init(_ file: FileBytes) throws(DataError) {
    let magic: [UInt8] = [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59]  // \x93NUMPY
    guard !file.buffer.isEmpty else {
      throw DataError(.truncated, "\(file.name): the file is empty; it needs a .npy header.")
    }
    guard file.buffer.prefix(6).elementsEqual(magic.prefix(file.count)) else {
      throw .malformed(file.name, byte: 0, "there is no \\x93NUMPY, so this is no .npy file.")
    }
    let major = try file.integer(UInt8.self, at: 6, in: "the header")
    let minor = try file.integer(UInt8.self, at: 7, in: "the header")
    guard (1...3).contains(major), minor == 0 else {
      throw .malformed(
        file.name, byte: 6, "the version is \(major).\(minor); 1.0, 2.0 and 3.0 are known.")
    }
    let start = major == 1 ? 10 : 12
    let length =
      major == 1
      ? Int(try file.integer(UInt16.self, at: 8, in: "the header"))
      : Int(try file.integer(UInt32.self, at: 8, in: "the header"))
    guard length <= Self.longest else {
      throw .malformed(
        file.name, byte: 8, "the header has \(length) bytes; at most \(Self.longest) are read.")
    }
    let text = try file.slice(at: start, count: length, of: "the header")
    var literal = PythonLiteral(text, name: file.name, offset: start)
    let fields = try literal.parseHeader()
    type = try ArrayElementType(npy: fields.descr, name: file.name)
    isFortran = fields.isFortran
    shape = fields.shape
    dataOffset = start + length
  }
}

extension ArrayElementType {
  /// The type that a `descr` such as `<f8` names.
  ///
  /// - Throws: `unsupported` with what is needed instead.
  init(npy descr: String, name: String) throws(DataError) {
    func refuse(_ what: String, _ instead: String) -> DataError {
      DataError(.unsupported, "\(name): the array is \(what) (dtype \(descr)); \(instead).")
    }
    let text = Array(descr.utf8)
    let orders = Array("<>|=".utf8)
    let numbers = "it needs floating numbers of 16, 32 or 64 bits, integers, bools or strings"
    guard text.count >= 2, orders.contains(text[0]) else {
      throw refuse("of no known type", numbers)
    }
    let kind = Character(Unicode.Scalar(text[1]))
    let width = Int(String(decoding: text[2...], as: UTF8.self)) ?? 0
    // Big where it says so; "=" is the order of the machine that reads.
    let isBig = text[0] == orders[1] || (text[0] == orders[3] && UInt16(1).bigEndian == 1)
    switch (kind, width) {
    case ("f", 2), ("f", 4), ("f", 8): self.init(.float, size: width, isBigEndian: isBig)
    case ("i", 1), ("i", 2), ("i", 4), ("i", 8): self.init(.signed, size: width, isBigEndian: isBig)
    case ("u", 1), ("u", 2), ("u", 4), ("u", 8):
      self.init(.unsigned, size: width, isBigEndian: isBig)
    case ("b", 1): self.init(.bool, size: 1)
    case ("U", 1...(1 << 20)): self.init(.unicode, size: width * 4, isBigEndian: isBig)
    case ("S", 1...(1 << 22)): self.init(.bytes, size: width)
    case ("O", _):
      throw refuse(
        "of Python objects", "save numbers or fixed-width strings, for instance astype(str)")
    case ("c", _): throw refuse("complex", "save real and imaginary parts as columns")
    case ("f", _): throw refuse("of extended precision", "save it as float64")
    case ("M", _), ("m", _): throw refuse("of dates or durations", "save it as int64 or float64")
    case ("V", _): throw refuse("of raw or structured records", "save one plain array a file")
    default: throw refuse("of no known type", numbers)
    }
  }
}
