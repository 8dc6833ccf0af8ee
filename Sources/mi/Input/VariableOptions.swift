// SPDX-License-Identifier: MIT

import ArgumentParser
import EstimatorAPI
import Harness

/// How files are read as variables.
struct VariableOptions: ParsableArguments {
  @Option(
    help: "Take this variable as labels whatever its type: its name or its file (repeatable).")
  var discrete: [String] = []

  @Option(
    help: "Take this variable as numbers whatever its type: its name or its file (repeatable).")
  var continuous: [String] = []

  /// Loads variables given as (name, file).
  ///
  /// - Throws: a `DataError`, or a usage error where an override names no variable.
  func load(_ sources: [(name: String, file: String)]) throws -> [NamedFile] {
    let known = Set(sources.flatMap { [$0.name, $0.file] })
    for name in discrete + continuous where !known.contains(name) {
      let names = sources.map(\.name).joined(separator: ", ")
      throw ValidationError("There is no variable \"\(name)\"; there are \(names).")
    }
    return try sources.map { source in
      let asLabels = discrete.contains(source.name) || discrete.contains(source.file)
      let asNumbers = continuous.contains(source.name) || continuous.contains(source.file)
      guard !(asLabels && asNumbers) else {
        throw ValidationError("\(source.name) is given to both --discrete and --continuous.")
      }
      let reading: VariableReading =
        asLabels ? .discrete : asNumbers ? .continuous : .automatic
      return NamedFile(name: source.name, loaded: try loadVariable(source.file, reading: reading))
    }
  }
}

/// A loaded file with the name of the variable in it.
struct NamedFile {
  let name: String
  let loaded: LoadedVariable

  var named: NamedVariable { NamedVariable(name, loaded.variable) }

  /// What was taken, for JSON and text.
  var record: VariableRecord {
    VariableRecord(
      name: name, file: loaded.source, reading: loaded.reading, hash: loaded.contentHash)
  }
}
