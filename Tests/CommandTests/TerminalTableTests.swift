// SPDX-License-Identifier: MIT

import Foundation
import Testing

/// Tables at a terminal of 80 columns (by `script`, which every Debian has) and in a pipe.
@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/script")))
struct TerminalTableTests {
  private func list(at width: Int) throws -> [Substring] {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/script")
    process.arguments = [
      "-qec", "stty cols \(width); '\(commandPath)' list", "/dev/null",
    ]
    let output = Pipe()
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self).split(whereSeparator: \.isNewline)
  }

  @Test func wordsAreFoldedAtATerminal() throws {
    let piped = try mi("list").output.split(whereSeparator: \.isNewline)
    #expect(piped.contains { $0.count > 80 })
    let folded = try list(at: 80)
    #expect(folded.allSatisfy { $0.count <= 80 }, "\(folded.max { $0.count < $1.count } ?? "")")
    // Nothing is lost: the words are those of the pipe.
    func words(_ lines: [Substring]) -> [String] {
      lines.filter { !$0.hasPrefix("---") }.flatMap { $0.split(separator: " ") }.map(String.init)
        .sorted()
    }
    #expect(words(folded) == words(piped))
  }

  @Test func aWideTerminalShowsWhatAPipeDoes() throws {
    #expect(try list(at: 400) == mi("list").output.split(whereSeparator: \.isNewline))
  }
}
