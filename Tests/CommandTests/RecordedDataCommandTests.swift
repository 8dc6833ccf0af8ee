// SPDX-License-Identifier: MIT

import Foundation
import Testing

/// Data as they come: missing values, one-hot labels, identifiers, rounded numbers.
@Suite struct RecordedDataCommandTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  private func table() throws -> String {
    var text = "id,day,price,rating,age\n"
    for row in 0..<200 {
      let price = row == 17 ? "" : "\(Double((row * 7919) % 1000) / 100)"
      let age = row == 20 ? "NA" : "\(18 + (row * 31) % 60)"
      text += "\(1000 + row),2024-01-\(row),\(price),\(1 + (row * row) % 5),\(age)\n"
    }
    return try scratch.write("table.csv", text: text)
  }

  @Test func missingValuesAreRefusedWithTheirCount() throws {
    let table = try table()
    let result = try mi("estimate", "\(table):price", "\(table):rating")
    #expect(result.status == 65)
    #expect(result.errors.contains("line 19"))
    #expect(result.errors.contains("1 of 200 rows miss a value; --missing drop leaves them out."))
  }

  @Test func missingRowsAreDroppedFromAllSidesAndCounted() throws {
    let table = try table()
    let object = try mi(
      "estimate", "\(table):price", "\(table):age", "--continuous", "y", "--missing", "drop",
      "--json"
    ).object()
    #expect(object["n"] as? Int == 198)
    let missing = try #require(object["missing"] as? [String: Any])
    #expect(missing["dropped"] as? Int == 2)
    #expect(missing["rows"] as? Int == 200)
    let text = try mi(
      "estimate", "\(table):price", "\(table):age", "--continuous", "y", "--missing", "drop")
    #expect(text.output.contains("2 of 200 rows miss a value (x 1, y 1)"))
  }

  @Test func moreThanHalfMissingIsRefused() throws {
    let text = "a,b\n" + (0..<20).map { "\($0 < 11 ? "" : "1.5"),\($0)\n" }.joined()
    let file = try scratch.write("half.csv", text: text)
    let result = try mi("estimate", "\(file):a", "\(file):b", "--missing", "drop")
    #expect(result.status == 65)
    #expect(result.errors.contains("11 of 20 rows miss a value"))
  }

  @Test func anIdentifierIsToldAsSuch() throws {
    let table = try table()
    let result = try mi("estimate", "\(table):day", "\(table):rating")
    #expect(result.status == 65)
    #expect(result.errors.contains("identifier"))
    #expect(result.errors.count { $0 == "\n" } == 1)
  }

  @Test func oneHotColumnsAreClasses() throws {
    let rows = (0..<120).map { row in (0..<3).map { $0 == row % 3 ? "1" : "0" } }
    let text =
      "x,a,b,c\n"
      + rows.enumerated().map { "\(Double($0 * $0 % 17) + 0.5),\($1.joined(separator: ","))\n" }
      .joined()
    let file = try scratch.write("hot.csv", text: text)
    let object = try mi("estimate", "\(file):x", "\(file):a,b,c", "--json").object()
    #expect(object["classes"] as? Int == 3)
    let variables = try #require(object["variables"] as? [[String: Any]])
    #expect((variables[1]["reading"] as? String)?.contains("one-hot, 3 classes") == true)
  }

  @Test func roundedNumbersAreSpreadAndItIsSaid() throws {
    let table = try table()
    let text = try mi(
      "estimate", "\(table):age", "\(table):rating", "--continuous", "x", "--missing", "drop")
    #expect(text.status == 0)
    #expect(text.output.contains("assumed    x is recorded in steps of 1"))
    let describe = try mi(
      "describe", "\(table):age", "\(table):rating", "--continuous", "x", "--missing", "drop")
    #expect(describe.output.contains("mi estimate runs dequantize+ross"))
    #expect(describe.output.contains("counts, or measured in whole units"))
  }

  @Test func whatCannotBeIsRefusedWithoutASuccessStatus() throws {
    let text = "a,b\n" + (0..<400).map { "\(Double($0 % 4)),\(Double($0 % 4))\n" }.joined()
    let file = try scratch.write("copy.csv", text: text)
    let copula = try mi(
      "estimate", "\(file):a", "\(file):b", "--continuous", "x", "--continuous", "y", "-e", "ksg-1",
      "-p", "ties=exact")
    #expect(copula.status == 70)
    #expect(copula.errors.contains("cannot be"))
    #expect(copula.errors.contains("--discrete"))
  }
}
