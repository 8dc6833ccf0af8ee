// SPDX-License-Identifier: MIT

import Foundation
import Testing

/// One spelling for one thing: a walk through all commands as `mi` itself describes them.
@Suite struct SpellingTests {
  /// What `--experimental-dump-help` prints.
  private struct Dump: Decodable {
    let command: Command

    struct Command: Decodable {
      let commandName: String
      let arguments: [Argument]?
      let subcommands: [Command]?
      let discussion: String?
    }

    struct Argument: Decodable {
      let kind: String
      let names: [Name]?
      let valueName: String?

      struct Name: Decodable {
        let kind: String
        let name: String
      }

      var spellings: [String] {
        Set((names ?? []).map { $0.kind == "short" ? "-\($0.name)" : "--\($0.name)" }).sorted()
      }
    }
  }

  private static func walk() throws -> [(path: String, command: Dump.Command)] {
    let dump = try JSONDecoder().decode(
      Dump.self, from: Data(mi("--experimental-dump-help").output.utf8))
    func below(_ command: Dump.Command, _ path: String) -> [(String, Dump.Command)] {
      [(path, command)]
        + (command.subcommands ?? []).flatMap {
          below($0, path.isEmpty ? $0.commandName : "\(path) \($0.commandName)")
        }
    }
    return below(dump.command, "")
  }

  /// Names that would be a second spelling, and the one there is.
  private static let taken = [
    "rows": "-n", "samples": "-n", "size": "-n", "sizes": "-n", "dimension": "--dims",
    "dimensions": "--dims", "dim": "--dims", "thread": "--threads", "jobs": "--threads",
    "workers": "--threads", "estimators": "-e", "method": "-e", "parameters": "-p",
    "out": "--output", "significance": "--alpha", "level": "--alpha", "confidence": "--alpha",
    "teachers": "--teacher", "tasks": "--task", "unit": "--units", "group": "--groups",
    "random-seed": "--seed",
  ]

  /// Where such a word is another thing.
  private static let others = ["bench commit": ["rows"]]

  @Test func noSecondSpelling() throws {
    for (path, command) in try Self.walk() {
      for argument in command.arguments ?? [] where argument.kind != "positional" {
        for name in argument.names ?? [] {
          guard let known = Self.taken[name.name] else { continue }
          let isOther = Self.others[path]?.contains(name.name) == true
          #expect(isOther, "mi \(path) has --\(name.name); elsewhere it is \(known)")
        }
      }
    }
  }

  @Test func anOptionIsTheSameInAllCommands() throws {
    var first: [String: (path: String, argument: Dump.Argument)] = [:]
    var compared = 0
    for (path, command) in try Self.walk() {
      for argument in command.arguments ?? [] where argument.kind != "positional" {
        for name in argument.names ?? [] {
          guard let known = first[name.name] else {
            first[name.name] = (path, argument)
            continue
          }
          compared += 1
          let both = "--\(name.name) of mi \(path) and mi \(known.path)"
          #expect(argument.spellings == known.argument.spellings, "\(both)")
          #expect(argument.kind == known.argument.kind, "\(both)")
          #expect(argument.valueName == known.argument.valueName, "\(both)")
        }
      }
    }
    #expect(compared > 200)
  }

  @Test func whatEveryCommandSharesHasItsShortForm() throws {
    let short = ["estimator": "-e", "parameter": "-p", "n": "-n", "output": "-o"]
    for (path, command) in try Self.walk() {
      for argument in command.arguments ?? [] {
        for name in argument.names ?? [] where name.kind == "long" {
          guard let letter = short[name.name] else { continue }
          #expect(argument.spellings.contains(letter), "--\(name.name) of mi \(path)")
        }
      }
    }
  }

  /// Each command has a line to begin with; those for engines are read by programs.
  @Test func everyCommandShowsExamples() throws {
    let engines = [
      "bench plan", "bench trials", "bench commit", "bench calibrate", "bench worker",
      "distill plan", "distill pairs", "plugin host", "plugin-host",
    ]
    for (path, command) in try Self.walk()
    where !path.isEmpty && !path.hasPrefix("help") && !engines.contains(path) {
      let hasExample =
        command.discussion?.contains("mi \(path)") == true
        || path == "bench" || path == "plugin" || path == "distill run"
      #expect(hasExample, "mi help \(path) shows no example")
    }
  }

  @Test(arguments: [
    (["distill", "phase", "--dimension", "3"], "note: --dimension is written --dims now"),
    (["distill", "phase", "--dimension=3"], "note: --dimension is written --dims now"),
    (["distill", "mfh", "--rows", "3"], "note: --rows is written -n now"),
    (["distill", "mfh", "--rows=3"], "note: --rows is written -n now"),
  ])
  func oldSpellingsWorkAndSayTheNewOne(arguments: [String], note: String) throws {
    let result = try mi(arguments)
    #expect(result.errors.contains(note), "\(result.errors)")
    // What is wrong with the value is said of the new spelling: the old one was understood.
    #expect(result.errors.contains("is 3; it needs"), "\(result.errors)")
    #expect(result.status == 64)
  }

  @Test func theOldOutputIsWritten() throws {
    let scratch = try Scratch()
    let file = scratch.path("p.svg")
    let result = try mi("distill", "phase", "--draws", "100", "--out", file)
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.errors.contains("note: --out is written --output now"))
    #expect(FileManager.default.fileExists(atPath: file))
  }

  @Test(arguments: [[], ["help"], ["--help"]]) func theFourJobsComeFirst(arguments: [String]) throws
  {
    let result = try mi(arguments)
    #expect(result.status == 0)
    let jobs = try #require(result.output.range(of: "FOUR JOBS"))
    let usage = try #require(result.output.range(of: "USAGE"))
    #expect(jobs.lowerBound < usage.lowerBound)
    for command in ["mi estimate", "mi score", "mi check", "--plugin ./my_own.py"] {
      let place = try #require(result.output.range(of: command))
      #expect(place.lowerBound < usage.lowerBound)
    }
  }

  @Test(arguments: ["bash", "zsh", "fish"]) func completionIsOneLine(shell: String) throws {
    let script = try mi("--generate-completion-script", shell)
    #expect(script.status == 0)
    #expect(script.output.contains("estimate"))
    #expect(try mi("help").output.contains("mi --generate-completion-script \(shell) >"))
  }
}
