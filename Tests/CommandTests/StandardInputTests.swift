// SPDX-License-Identifier: MIT

import Foundation
import Testing

/// CSV from standard input: one reading serves all variables.
@Suite struct StandardInputTests {
  private static let table: String = {
    var state: UInt64 = 7
    func next() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 11) / Double(UInt64(1) << 53)
    }
    let rows = (0..<60).map { _ in
      let x = next()
      return "\(x),\(x + next()),\(next())"
    }
    return "a,b,c\n" + rows.joined(separator: "\n") + "\n"
  }()

  /// Runs `mi` at a shell with the table on standard input.
  private func piped(_ arguments: String) throws -> CommandResult {
    let scratch = try Scratch()
    let file = scratch.path("t.csv")
    try Self.table.write(toFile: file, atomically: true, encoding: .utf8)
    return try mi(arguments.split(separator: " ").map(String.init), input: file)
  }

  private func nats(_ result: CommandResult) throws -> Double {
    #expect(result.status == 0, "\(result.errors)")
    return try #require(result.object()["nats"] as? Double)
  }

  @Test func columnsOfStandardInput() throws {
    let scratch = try Scratch()
    let file = scratch.path("t.csv")
    try Self.table.write(toFile: file, atomically: true, encoding: .utf8)
    let ofFile = try nats(mi("estimate", file + ":a", file + ":b..c", "-e", "ksg-1", "--json"))
    #expect(try nats(piped("estimate -:a -:b..c -e ksg-1 --json")) == ofFile)
    let whole = try mi(["describe", "-"], input: file)
    #expect(whole.output.contains("3 csv number columns (a, b, c)"))
  }

  @Test func emptyInputIsASentence() throws {
    let result = try mi(["describe", "-"], input: "/dev/null")
    #expect(result.status == 65)
    #expect(
      result.errors
        == "mi: standard input: the file is empty; it needs a header line and rows.\n")
  }
}
