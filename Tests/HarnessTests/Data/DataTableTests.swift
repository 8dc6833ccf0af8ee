// SPDX-License-Identifier: MIT

import EstimatorAPI
import Foundation
import Harness
import Testing

/// Text tables of a few lines: what they become, and what is refused with which sentence.
@Suite struct DataTableTests {
  @Test func oneColumnOfIntegersIsLabelsSortedAsNumbers() throws {
    let loaded = try load("class\n10\n9\n-2\n9\n")
    #expect(loaded.variable == .labels(try Labels(codes: [2, 1, 0, 1], names: ["-2", "9", "10"])))
    #expect(loaded.elementType == "csv integer")
    #expect(loaded.reading == "csv integer column \"class\" taken as labels, 3 classes")
  }

  @Test func oneColumnOfIntegersMayBeNumbers() throws {
    let loaded = try load("age\n10\n9\n", reading: .continuous)
    #expect(loaded.variable == .samples(try Samples([10, 9])))
  }

  @Test func severalColumnsAreContinuousIntegersToo() throws {
    let loaded = try load("a,b,c\n1,2,3\n4,5.5,6\n")
    #expect(
      loaded.variable
        == .samples(try Samples(rowMajor: [1, 2, 3, 4, 5.5, 6], count: 2, dimension: 3)))
    #expect(loaded.reading == "3 csv number columns (a, b, c) taken as continuous, 2 x 3")
  }

  @Test func columnsComeInTheOrderAskedFor() throws {
    let loaded = try load("a,b\n1.5,2\n3,4\n", columns: "b,a")
    #expect(
      loaded.variable == .samples(try Samples(rowMajor: [2, 1.5, 4, 3], count: 2, dimension: 2)))
  }

  @Test(arguments: [
    ("1.5", 1.5), ("-2e3", -2000), ("+.5", 0.5), (" 7.0 ", 7), ("1e-320", Double(bitPattern: 2024)),
    ("0.1", 0.1), ("123456789012345678.0", 123_456_789_012_345_680),
  ])
  func readsDecimalNumbers(text: String, value: Double) throws {
    #expect(try load("a\n\(text)\n0.5").variable == .samples(try Samples([value, 0.5])))
  }

  @Test(arguments: ["0x10", "1,5", "1_000", "one", "1e", "--1", "1.2.3", "- 1"])
  func takesOtherTextAsText(text: String) throws {
    let labels = try load("a\n\"\(text)\"\nb").variable.labels
    #expect(labels?.names == [text, "b"].sorted())
  }

  @Test func integersBeyond64BitsKeepTheirText() throws {
    let labels = try load("id\n9223372036854775808\n-1\n").variable.labels
    #expect(labels?.names == ["-1", "9223372036854775808"])
  }

  @Test func mixedTextIsLabelsWhereDiscreteIsAskedFor() throws {
    let labels = try load("id\n12\n12a\n", reading: .discrete).variable.labels
    #expect(labels?.names == ["12", "12a"])
  }

  @Test(arguments: [
    "a\n0.5\n1.5", "a\n0.5\n1.5\n", "a\r\n0.5\r\n1.5\r\n\r\n", "\u{FEFF}a\n0.5\n1.5\n\n",
  ])
  func lineEndsAndByteOrderMarkDoNotCount(text: String) throws {
    #expect(try load(text).variable == .samples(try Samples([0.5, 1.5])))
  }

  @Test func ofTwoColumnsOfOneNameNoneIsTaken() throws {
    try withTemporaryFile("t.csv", "a,a\n1,2\n".utf8) { path in
      #expect(loadingError(path + ":a")?.code == .ambiguous)
    }
  }

  @Test func headerOfIndicesIsAHeader() throws {
    #expect(try load("0,1\n0.5,1.5\n2,3\n").variable.count == 2)
  }

  @Test(arguments: [
    ("", DataError.Code.truncated, "t.csv: the file is empty; it needs a header line and rows."),
    ("a\n", .truncated, "t.csv: there is no row below the header."),
    (
      "0.5\n1.5\n", .malformed,
      "t.csv, line 1, column 1: the first line is numbers (0.5); it needs the names of the columns."
    ),
    (
      "a;b\n1;2\n", .malformed,
      "t.csv, line 1, column 1: the header is one name with \";\" in it; .csv is separated by "
        + "commas and .tsv by tabs."
    ),
    (
      "a,b\n1,2\n3\n", .malformed,
      "t.csv, line 3, column 1: the row has 1 cell; the header has 2."
    ),
    (
      "a,b\n1,2\n\n3,4\n", .malformed,
      "t.csv, line 3, column 1: the row has 1 cell; the header has 2."
    ),
    (
      "a\n1\n\n2\n", .missingValue,
      "t.csv, line 3, column \"a\": the cell is empty; every row needs a value."
    ),
    (
      "a\n1\n\"\"\n", .missingValue,
      "t.csv, line 3, column \"a\": the cell is empty; every row needs a value."
    ),
    (
      "a,b\n1,2\n3,  \n", .missingValue,
      "t.csv, line 3, column \"b\": the cell is empty; every row needs a value."
    ),
    (
      "a\n1.5\nNaN\n", .nonFinite,
      "t.csv, line 3, column \"a\": the value is nan; every number must be finite."
    ),
    (
      "a\n1.5\n-inf\n", .nonFinite,
      "t.csv, line 3, column \"a\": the value is -inf; every number must be finite."
    ),
    (
      "a\n1.5\n1e999\n", .nonFinite,
      "t.csv, line 3, column \"a\": the value is inf; every number must be finite."
    ),
    (
      "a\n1.5\nNA\n", .wrongReading,
      "t.csv, line 3, column \"a\": \"NA\" is not a number, but line 2 has 1.5; correct it, "
        + "or ask for discrete to take the column as labels."
    ),
    (
      "a,b\n1,x\n", .wrongReading,
      "t.csv: column \"b\" is text; several columns together must be numbers, so name the "
        + "columns to take."
    ),
    (
      "a,b\n1,9007199254740993\n", .wrongReading,
      "t.csv, line 2, column \"b\": an integer beyond 2^53 would be rounded as a number."
    ),
    (
      "a\n\"x\ny\n", .malformed,
      "t.csv, line 2, column 1: the quote that opens here is never closed."
    ),
    (
      "a\n\"x\"y\n", .malformed,
      "t.csv, line 2, column 4: a closing quote needs a delimiter or the end of the line after it."
    ),
    (
      "a\nx\"y\n", .malformed,
      "t.csv, line 2, column 2: a quote inside a cell needs quotes around the cell and is doubled."
    ),
    (
      "a\rx\r", .malformed, "t.csv, line 1, column 2: a carriage return needs a line feed after it."
    ),
  ])
  func saysWhere(text: String, code: DataError.Code, sentence: String) throws {
    try withTemporaryFile("t.csv", text.utf8) { path in
      let error = loadingError(path)
      #expect(error?.code == code)
      #expect(error?.description.replacingOccurrences(of: path, with: "t.csv") == sentence)
    }
  }

  @Test(
    arguments: [
      ([0x61, 0x0A, 0xE4, 0x0A], "t.csv, line 2, column \"a\": the text is not UTF-8."),
      ([0xFF, 0xFE, 0x61, 0x00], "t.csv, byte 0: the text is UTF-16; save it as UTF-8."),
    ] as [([UInt8], String)])
  func refusesOtherEncodings(bytes: [UInt8], sentence: String) throws {
    try withTemporaryFile("t.csv", bytes) { path in
      #expect(
        loadingError(path)?.description.replacingOccurrences(of: path, with: "t.csv") == sentence)
    }
  }

  private func load(
    _ text: String, columns: String? = nil, reading: VariableReading = .automatic
  ) throws -> LoadedVariable {
    var loaded: LoadedVariable?
    try withTemporaryFile("t.csv", text.utf8) { path in
      loaded = try loadVariable(path + (columns.map { ":" + $0 } ?? ""), reading: reading)
    }
    return try #require(loaded)
  }
}
