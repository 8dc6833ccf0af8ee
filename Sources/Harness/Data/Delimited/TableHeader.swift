// SPDX-License-Identifier: MIT

/// The first line of a delimited file, and the columns that are taken.
struct TableHeader {
  let names: [String]
  /// The taken columns, in the order asked for.
  let taken: [Int]

  var takenNames: [String] { taken.map { names[$0] } }

  init(_ scanner: inout RecordScanner, selection: String?) throws(DataError) {
    let name = scanner.file.name
    let head = scanner.file.buffer.prefix(2)
    guard !head.elementsEqual([0xFF, 0xFE]), !head.elementsEqual([0xFE, 0xFF]) else {
      throw .malformed(name, byte: 0, "the text is UTF-16; save it as UTF-8.")
    }
    guard !scanner.isAtBlankEnd else {
      throw DataError(.truncated, "\(name): the file is empty; it needs a header line and rows.")
    }
    var cells: [RecordScanner.Cell] = []
    _ = try scanner.next { cells.append($1) }
    var names: [String] = []
    for cell in cells {
      guard let text = scanner.text(cell) else {
        throw scanner.failure(at: cell.start, "the text is not UTF-8")
      }
      names.append(text)
    }
    self.names = names
    try Self.checkLooksLikeNames(cells, names, scanner)
    taken = try Self.columns(selection, of: names, in: name)
  }

  /// Refuses a first line of data, which would be lost as names, and a foreign delimiter.
  private static func checkLooksLikeNames(
    _ cells: [RecordScanner.Cell], _ names: [String], _ scanner: RecordScanner
  ) throws(DataError) {
    let numbers = cells.compactMap { CellNumber(scanner.file.buffer[$0.start..<$0.end]) }
    // pandas names the columns of a plain array 0, 1, 2, ...
    let indices = names.indices.map { "\($0)" }
    let isCount =
      names.count > 1 && (names == indices || names == indices.map { "\((Int($0) ?? 0) + 1)" })
    guard numbers.count < cells.count || isCount else {
      throw scanner.failure(
        at: cells[0].start,
        "the first line is numbers (\(names.prefix(3).joined(separator: ", "))); it needs the names "
          + "of the columns")
    }
    guard names.count == 1, !cells[0].isQuoted,
      let other = names[0].first(where: { ";\t,|".contains($0) })
    else { return }
    throw scanner.failure(
      at: cells[0].start,
      "the header is one name with \(other == "\t" ? "a tab" : "\"\(other)\"") in it; .csv is "
        + "separated by commas and .tsv by tabs")
  }

  private static func columns(
    _ selection: String?, of names: [String], in file: String
  ) throws(DataError) -> [Int] {
    guard let selection else {
      if let unnamed = names.firstIndex(of: "") {
        throw DataError(
          .ambiguous,
          "\(file): column \(unnamed + 1) has no name (a row index?), so name the columns to take, "
            + "as in \(file):\(names.first { !$0.isEmpty } ?? "name").")
      }
      return Array(names.indices)
    }
    return try ColumnSelection(count: names.count, names: names, place: file).columns(selection)
  }
}
