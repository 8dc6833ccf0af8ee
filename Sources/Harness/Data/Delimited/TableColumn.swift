// SPDX-License-Identifier: MIT

/// One column of a delimited file, as the type that all its cells have.
struct TableColumn {
  enum Content {
    case integers([Int64])
    case reals([Double])
    case texts([String])
  }

  let name: String
  let content: Content

  init(
    name: String, cells: [RecordScanner.Cell], scanner: RecordScanner, reading: VariableReading,
    isAlone: Bool
  ) throws(DataError) {
    self.name = name
    let place = Place(name: name, scanner: scanner)
    var integers: [Int64] = []
    var reals: [Double] = []
    var areIntegers = true
    var firstLarge: RecordScanner.Cell?
    var firstText: RecordScanner.Cell?
    var firstNumber: RecordScanner.Cell?
    reals.reserveCapacity(cells.count)
    for cell in cells {
      guard scanner.file.buffer[cell.start..<cell.end].contains(where: { $0 != 0x20 }) else {
        throw place.failure(.missingValue, cell, "the cell is empty; every row needs a value")
      }
      switch CellNumber(scanner.file.buffer[cell.start..<cell.end]) {
      case .integer(let value):
        integers.append(value)
        reals.append(Double(value))
        if value.magnitude > 1 << 53, firstLarge == nil { firstLarge = cell }
      case .largeInteger:
        reals.append(0)
        if firstLarge == nil { firstLarge = cell }
      case .real(let value):
        guard value.isFinite else {
          throw place.failure(
            .nonFinite, cell, "the value is \(value); every number must be finite")
        }
        reals.append(value)
        areIntegers = false
      case nil:
        if firstText == nil { firstText = cell }
        continue
      }
      if firstNumber == nil { firstNumber = cell }
    }

    if let firstText {
      // Typing errors and marks such as NA must not turn a column of numbers into classes.
      if let firstNumber, reading != .discrete {
        throw place.failure(
          .wrongReading, firstText,
          "\"\(scanner.text(firstText) ?? "")\" is not a number, but line "
            + "\(scanner.line(of: firstNumber.start)) has \(scanner.text(firstNumber) ?? ""); "
            + "correct it, or ask for discrete to take the column as labels")
      }
      guard reading != .continuous else {
        throw place.failure(
          .wrongReading, firstText, "\"\(scanner.text(firstText) ?? "")\" is not a number")
      }
      content = .texts(try place.texts(cells))
    } else if let firstLarge, reading != .discrete,
      !isAlone || reading == .continuous || !areIntegers
    {
      throw place.failure(
        .wrongReading, firstLarge, "an integer beyond 2^53 would be rounded as a number")
    } else if integers.count == cells.count {
      content = .integers(integers)
    } else if firstLarge != nil {
      // Class names beyond 64 bits keep their text.
      content = .texts(try place.texts(cells))
    } else {
      content = .reals(reals)
    }
  }
}

/// A column of a file, for errors.
private struct Place {
  let name: String
  let scanner: RecordScanner

  func failure(
    _ code: DataError.Code, _ cell: RecordScanner.Cell, _ sentence: String
  ) -> DataError {
    DataError(
      code,
      "\(scanner.file.name), line \(scanner.line(of: cell.start)), column \"\(name)\": \(sentence)."
    )
  }

  func texts(_ cells: [RecordScanner.Cell]) throws(DataError) -> [String] {
    var texts: [String] = []
    texts.reserveCapacity(cells.count)
    for cell in cells {
      guard let text = scanner.text(cell) else {
        throw failure(.malformed, cell, "the text is not UTF-8")
      }
      texts.append(text)
    }
    return texts
  }
}
