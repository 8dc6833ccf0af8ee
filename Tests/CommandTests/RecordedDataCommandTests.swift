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
    #expect(result.errors.contains("1 of 200 rows miss a value; --missing drop leaves them out "))
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

  @Test func describeCountsMissingValuesAndCopies() throws {
    let table = try table()
    let missing = try mi("describe", "\(table):price", "\(table):age", "--continuous", "y")
    #expect(missing.status == 0)
    #expect(missing.errors.contains("2 of 200 rows miss a value"))
    let rows = (0..<300).map { row in
      "\(sin(Double(row % 200))),\(cos(3.7 * Double(row % 200)))\n"
    }
    let file = try scratch.write("copies.csv", text: "a,b\n" + rows.joined())
    let copies = try mi("describe", "\(file):a", "\(file):b")
    #expect(copies.output.contains("100 rows are copies of other rows"))
    let estimate = try mi("estimate", "\(file):a", "\(file):b", "--json").object()
    #expect(estimate["n"] as? Int == 200)
    let named = try mi("estimate", "\(file):a", "\(file):b", "-e", "ksg-1")
    #expect(named.errors.contains("100 of the 300 rows are copies"))
  }

  @Test func aCheckTakesRatingsAsClassesAndSaysHowColumnsWereRecorded() throws {
    let rows = (0..<240).map { row -> String in
      let student = sin(Double(row) * 1.7)
      return "\(student),\((student * 2).rounded() + 3),\(row % 2)\n"
    }
    let file = try scratch.write("views.csv", text: "s,rating,y\n" + rows.joined())
    let arguments = [
      "check", "--teacher", "rating=\(file):rating", "--student", "\(file):s", "--labels",
      "\(file):y", "--no-cache", "--replicates", "5", "--subsamples", "10",
    ]
    let answer = try mi(arguments + ["--json"]).object()
    let recordings = try #require(answer["recordings"] as? [String: [String: Any]])
    #expect(Set(recordings.keys) == ["rating", "student"])
    #expect(recordings["rating"]?["kinds"] as? [String: Int] == ["fewValues": 1])
    let warnings = try #require(answer["warnings"] as? [[String: Any]])
    #expect(warnings.contains { $0["code"] as? String == "viewAsClasses" })
    let text = try mi(arguments)
    #expect(text.output.contains("of 1 columns 1 of few values"))
    let numbers = try mi(arguments + ["--continuous", "rating", "--json"]).object()
    let others = try #require(numbers["warnings"] as? [[String: Any]])
    #expect(!others.contains { $0["code"] as? String == "viewAsClasses" })
  }
}
