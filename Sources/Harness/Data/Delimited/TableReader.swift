// SPDX-License-Identifier: MIT

/// The cells of the selected columns of a .csv or .tsv file, not yet read as values.
struct TableCells {
  let names: [String]
  let columns: [[RecordScanner.Cell]]
  let scanner: RecordScanner
  let format: FileSelection.Format

  init(_ file: FileBytes, selection: FileSelection) throws(DataError) {
    format = selection.format == .tsv ? .tsv : .csv
    var scanner = RecordScanner(file, delimiter: UInt8(ascii: format == .tsv ? "\t" : ","))
    let header = try TableHeader(&scanner, selection: selection.key)
    var slots = [Int](repeating: -1, count: header.names.count)
    for (slot, column) in header.taken.enumerated() { slots[column] = slot }
    var columns = [[RecordScanner.Cell]](repeating: [], count: header.taken.count)

    while !scanner.isAtEnd {
      let start = scanner.position
      let count = try scanner.next { column, cell in
        if column < slots.count, slots[column] >= 0 { columns[slots[column]].append(cell) }
      }
      // Blank lines are data only where something follows them.
      if count == 1, isLineEnd(file.buffer[start]), scanner.isAtBlankEnd {
        for slot in columns.indices where columns[slot].last?.start == start {
          columns[slot].removeLast()
        }
        break
      }
      guard count == slots.count else {
        throw scanner.failure(
          at: start, "the row has \(counted(count, "cell", "cells")); the header has \(slots.count)"
        )
      }
    }
    guard let rows = columns.first?.count, rows > 0 else {
      throw DataError(.truncated, "\(file.name): there is no row below the header.")
    }
    names = header.takenNames
    self.columns = columns
    self.scanner = scanner
  }

  /// Whether each row has an empty cell or a mark of absence.
  var missing: [Bool] {
    columns[0].indices.map { row in
      columns.contains { column in
        let cell = column[row]
        return MissingMark.contains(scanner.file.buffer[cell.start..<cell.end])
      }
    }
  }

  /// The columns as values; rows marked in `missing` are left out.
  func array(
    _ reading: VariableReading, without missing: [Bool]? = nil
  ) throws(DataError) -> StoredArray {
    var typed: [TableColumn] = []
    for (name, cells) in zip(names, columns) {
      let kept = missing.map { missing in cells.indices.filter { !missing[$0] }.map { cells[$0] } }
      typed.append(
        try TableColumn(
          name: name, cells: kept ?? cells, scanner: scanner, reading: reading,
          isAlone: columns.count == 1))
    }
    let rows = missing.map { $0.count { !$0 } } ?? columns[0].count
    return try StoredArray.array(of: typed, rows: rows, format: format, file: scanner.file.name)
  }
}

private func isLineEnd(_ byte: UInt8) -> Bool {
  byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
}

extension StoredArray {
  fileprivate static func array(
    of columns: [TableColumn], rows: Int, format: FileSelection.Format, file: String
  ) throws(DataError) -> StoredArray {
    func type(_ content: TableColumn.Content) -> String {
      switch content {
      case .integers: "\(format.rawValue) integer"
      case .reals: "\(format.rawValue) number"
      case .texts: "\(format.rawValue) text"
      }
    }
    if columns.count == 1 {
      let elements: Elements =
        switch columns[0].content {
        case .integers(let integers): .integers(integers)
        case .reals(let reals): .reals(reals, isSingle: false)
        case .texts(let texts): .texts(texts)
        }
      let kind = type(columns[0].content)
      return StoredArray(
        shape: [rows], elementType: kind, elements: elements,
        subject: "\(kind) column \"\(columns[0].name)\"")
    }

    var values = [Double](repeating: 0, count: rows * columns.count)
    for (j, column) in columns.enumerated() {
      switch column.content {
      case .integers(let integers):
        for i in 0..<rows { values[i * columns.count + j] = Double(integers[i]) }
      case .reals(let reals):
        for i in 0..<rows { values[i * columns.count + j] = reals[i] }
      case .texts:
        throw DataError(
          .wrongReading,
          "\(file): column \"\(column.name)\" is text; several columns together must be numbers, so "
            + "name the columns to take.")
      }
    }
    let names = columns.map(\.name)
    let list =
      names.count <= 4
      ? names.joined(separator: ", ")
      : "\(names[0]), \(names[1]), ..., \(names[names.count - 1])"
    let kind = "\(format.rawValue) number"
    return StoredArray(
      shape: [rows, columns.count], elementType: kind, elements: .reals(values, isSingle: false),
      subject: "\(columns.count) \(kind) columns (\(list))")
  }
}
