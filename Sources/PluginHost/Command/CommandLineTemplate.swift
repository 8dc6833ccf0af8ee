// SPDX-License-Identifier: MIT

package import EstimatorAPI

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// A command with placeholders, such as `Rscript ksg.R {csv} {dx} {dy}`, cut into words as a shell
/// would, but never given to one.
package struct CommandLineTemplate: Sendable, Hashable {
  /// `NAME=` before the command, or a name made of its script's.
  package let name: String
  package private(set) var words: [String]

  /// True for an argument that is a command and no path.
  static func isTemplate(_ argument: String) -> Bool { argument.contains("{csv}") }

  /// - Throws: `pluginInvalid` for a quote that does not end, or no command.
  package init(_ argument: String) throws(EstimatorError) {
    var words = try Self.split(argument)
    var given: String?
    if let first = words.first, let equals = first.firstIndex(of: "="), !first.hasPrefix("/") {
      given = String(first[..<equals])
      words[0] = String(first[first.index(after: equals)...])
      if words[0].isEmpty { words.removeFirst() }
    }
    guard let program = words.first, !program.contains("{") else {
      throw EstimatorError(
        .pluginInvalid,
        "The plugin '\(argument)' has no program; needed: 'PROGRAM {csv} {dx} {dy}'.")
    }
    let script = words.dropFirst().first { $0.contains(".") && !$0.contains("{csv}") } ?? program
    let base = script.split(separator: "/").last.map(String.init) ?? script
    let stem = base.split(separator: ".").first.map(String.init) ?? base
    name = given ?? Self.identifier(stem)
    self.words = words
  }

  /// The same with files of this folder by their whole path, as the command runs in another one.
  func inThisFolder() -> CommandLineTemplate {
    var template = self
    template.words = words.map { word in
      let isFile = !word.hasPrefix("/") && FileManager.default.fileExists(atPath: word)
      // The first word without a slash is a program of PATH.
      let isProgram = word == words[0] && !word.contains("/")
      return isFile && !isProgram ? URL(fileURLWithPath: word).standardizedFileURL.path : word
    }
    return template
  }

  /// The words of one call.
  package func filled(_ values: [String: String]) -> [String] {
    words.map { word in
      values.reduce(word) { text, value in
        text.split(separator: "{\(value.key)}", omittingEmptySubsequences: false)
          .joined(separator: value.value)
      }
    }
  }

  /// Lower case, digits and hyphens.
  private static func identifier(_ text: String) -> String {
    let letters = text.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }
    let parts = String(letters).split(separator: "-")
    return parts.isEmpty ? "command" : parts.joined(separator: "-")
  }

  /// Words at spaces; '...' and "..." keep spaces, a backslash keeps the next letter.
  package static func split(_ text: String) throws(EstimatorError) -> [String] {
    var words: [String] = []
    var word: String?
    var quote: Character?
    var isEscaped = false
    for letter in text {
      if isEscaped {
        word = (word ?? "") + String(letter)
        isEscaped = false
      } else if letter == "\\", quote != "'" {
        isEscaped = true
        word = word ?? ""
      } else if let open = quote {
        if letter == open { quote = nil } else { word = (word ?? "") + String(letter) }
      } else if letter == "'" || letter == "\"" {
        quote = letter
        word = word ?? ""
      } else if letter.isWhitespace {
        if let done = word { words.append(done) }
        word = nil
      } else {
        word = (word ?? "") + String(letter)
      }
    }
    guard quote == nil, !isEscaped else {
      throw EstimatorError(.pluginInvalid, "The plugin '\(text)' has a quote that does not end.")
    }
    if let word { words.append(word) }
    return words
  }
}
