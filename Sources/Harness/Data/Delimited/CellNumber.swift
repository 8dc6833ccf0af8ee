// SPDX-License-Identifier: MIT

/// A cell read as a number: an integer literal or a decimal one.
enum CellNumber {
  /// Digits with an optional sign, within 64 bits.
  case integer(Int64)
  /// Digits with an optional sign, beyond 64 bits.
  case largeInteger
  case real(Double)

  /// Reads decimal text, with spaces around it allowed; `nan` and `inf` count as numbers.
  ///
  /// Nil for text. Hexadecimal, digit groups and decimal commas are text.
  init?(_ bytes: Slice<UnsafeRawBufferPointer>) {
    var (start, end) = (bytes.startIndex, bytes.endIndex)
    while start < end, bytes[start] == 0x20 { start += 1 }
    while end > start, bytes[end - 1] == 0x20 { end -= 1 }
    let digits = bytes[start..<end]
    guard let first = digits.first else { return nil }

    let sign = UInt8(ascii: "-")
    let isSigned = first == sign || first == UInt8(ascii: "+")
    var value: Int64 = 0
    var isInteger = digits.count > (isSigned ? 1 : 0)
    var isLarge = false
    for byte in digits.dropFirst(isSigned ? 1 : 0) {
      let digit = byte &- UInt8(ascii: "0")
      if digit > 9 {
        isInteger = false
        // Letters other than an exponent are only in nan and inf, which the slow path knows.
        guard
          byte == UInt8(ascii: ".") || byte | 0x20 == UInt8(ascii: "e")
            || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+")
            || Self.isLetterOfNonFinite(byte)
        else { return nil }
        break
      }
      let (ten, over) = value.multipliedReportingOverflow(by: 10)
      let (sum, more) =
        first == sign
        ? ten.subtractingReportingOverflow(Int64(digit))
        : ten.addingReportingOverflow(Int64(digit))
      isLarge = isLarge || over || more
      value = sum
    }
    if isInteger {
      self = isLarge ? .largeInteger : .integer(value)
      return
    }
    let text = String(decoding: digits, as: UTF8.self)
    let isHexadecimal = text.utf8.contains {
      $0 | 0x20 == UInt8(ascii: "x") || $0 == UInt8(ascii: "(")
    }
    guard !isHexadecimal, let real = Double(text) else { return nil }
    self = .real(real)
  }

  private static func isLetterOfNonFinite(_ byte: UInt8) -> Bool {
    byte | 0x20 == UInt8(ascii: "n") || byte | 0x20 == UInt8(ascii: "i")
  }
}
