// SPDX-License-Identifier: MIT

/// A spelling of an earlier version, which keeps working and says the new one.
struct OldSpelling {
  /// The words of the command, such as `distill mfh`.
  let command: [String]
  let old: String
  let new: String

  static let all: [OldSpelling] = [
    OldSpelling(command: ["distill", "mfh"], old: "--rows", new: "--n"),
    OldSpelling(command: ["distill", "phase"], old: "--dimension", new: "--dims"),
    OldSpelling(command: ["distill", "phase"], old: "--out", new: "--output"),
  ]

  /// The arguments with new spellings in place of old ones, and a sentence for each that was replaced.
  static func modernized(_ arguments: [String]) -> (arguments: [String], notes: [String]) {
    var arguments = arguments
    var notes: [String] = []
    for spelling in all where arguments.starts(with: spelling.command) {
      for index in arguments.indices {
        guard arguments[..<index].last != "--" else { break }
        if arguments[index] == spelling.old {
          arguments[index] = spelling.new
        } else if arguments[index].hasPrefix(spelling.old + "=") {
          arguments[index] = spelling.new + arguments[index].dropFirst(spelling.old.count)
        } else {
          continue
        }
        let new = spelling.new.count == 3 ? String(spelling.new.dropFirst()) : spelling.new
        notes.append("\(spelling.old) is written \(new) now; the old spelling still works.")
      }
    }
    return (arguments, notes)
  }
}
