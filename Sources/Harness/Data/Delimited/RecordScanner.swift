// SPDX-License-Identifier: MIT

/// Cuts a delimited text into records and cells, by RFC 4180 (https://www.rfc-editor.org/rfc/rfc4180).
///
/// LF and CRLF end a line. A cell may be quoted, with `""` for a quote; a quote inside an unquoted
/// cell is refused.
struct RecordScanner {
  /// Where a cell lies in the file, without its outer quotes.
  struct Cell {
    let start: Int
    let end: Int
    /// Whether `""` stands for a quote inside.
    let hasEscapes: Bool
    let isQuoted: Bool
  }

  let file: FileBytes
  let delimiter: UInt8
  private(set) var position: Int

  private static let quote = UInt8(ascii: "\"")
  private static let lineFeed = UInt8(ascii: "\n")
  private static let carriageReturn = UInt8(ascii: "\r")

  init(_ file: FileBytes, delimiter: UInt8) {
    self.file = file
    self.delimiter = delimiter
    // A byte order mark of UTF-8 is no part of the first name.
    position = file.buffer.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }

  var isAtEnd: Bool { position >= file.count }

  /// Whether nothing but line ends is left.
  var isAtBlankEnd: Bool {
    file.buffer[position...].allSatisfy { $0 == Self.lineFeed || $0 == Self.carriageReturn }
  }

  /// Gives each cell of the next record with its column, and returns how many there were.
  mutating func next(_ take: (Int, Cell) -> Void) throws(DataError) -> Int {
    var column = 0
    while true {
      take(column, try cell())
      column += 1
      guard position < file.count else { return column }
      let byte = file.buffer[position]
      position += 1
      if byte == delimiter { continue }
      if byte == Self.lineFeed { return column }
      if byte == Self.carriageReturn, position < file.count, file.buffer[position] == Self.lineFeed
      {
        position += 1
        return column
      }
      position -= 1
      throw failure(
        at: position,
        byte == Self.carriageReturn
          ? "a carriage return needs a line feed after it"
          : byte == Self.quote
            ? "a quote inside a cell needs quotes around the cell and is doubled"
            : "a closing quote needs a delimiter or the end of the line after it")
    }
  }

  private mutating func cell() throws(DataError) -> Cell {
    let bytes = file.buffer
    var at = position
    if at < bytes.count, bytes[at] == Self.quote { return try quotedCell() }
    while at < bytes.count {
      let byte = bytes[at]
      if byte == delimiter || byte == Self.lineFeed || byte == Self.carriageReturn
        || byte == Self.quote
      {
        break
      }
      at += 1
    }
    defer { position = at }
    return Cell(start: position, end: at, hasEscapes: false, isQuoted: false)
  }

  private mutating func quotedCell() throws(DataError) -> Cell {
    let bytes = file.buffer
    let start = position + 1
    var at = start
    var hasEscapes = false
    while at < bytes.count {
      if bytes[at] == Self.quote {
        guard at + 1 < bytes.count, bytes[at + 1] == Self.quote else {
          position = at + 1
          return Cell(start: start, end: at, hasEscapes: hasEscapes, isQuoted: true)
        }
        hasEscapes = true
        at += 1
      }
      at += 1
    }
    throw failure(at: position, "the quote that opens here is never closed")
  }

  /// An error at a byte, named by its line and column, both counted from 1.
  func failure(
    _ code: DataError.Code = .malformed, at offset: Int, _ sentence: String
  ) -> DataError {
    let before = file.buffer[..<offset]
    let lineStart = (before.lastIndex(of: Self.lineFeed) ?? -1) + 1
    return DataError(
      code, "\(file.name), line \(line(of: offset)), column \(offset - lineStart + 1): \(sentence)."
    )
  }

  /// The line of a byte, counted from 1; line ends inside quotes count.
  func line(of offset: Int) -> Int {
    file.buffer[..<offset].reduce(1) { $0 + ($1 == Self.lineFeed ? 1 : 0) }
  }

  /// The text of a cell; nil where it is no UTF-8.
  func text(_ cell: Cell) -> String? {
    let bytes = file.buffer[cell.start..<cell.end]
    guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
    guard cell.hasEscapes else { return text }
    var (unescaped, isSecond) = ("", false)
    for character in text.unicodeScalars {
      isSecond = character == "\"" && !isSecond
      if !isSecond { unescaped.unicodeScalars.append(character) }
    }
    return unescaped
  }
}
