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

  @Option(
    help: ArgumentHelp(
      "Rows without a value (NaN, empty, NA): refuse, or drop them from all variables.",
      valueName: "rule"))
  var missing = MissingRule.refuse

  /// Loads variables given as (name, file).
  ///
  /// - Throws: a `DataError`, or a usage error where an override names no variable.
  func load(_ sources: [(name: String, file: String)]) throws -> LoadedFiles {
    let known = Set(sources.flatMap { [$0.name, $0.file] })
    for name in discrete + continuous where !known.contains(name) {
      let names = sources.map(\.name).joined(separator: ", ")
      throw ValidationError("There is no variable \"\(name)\"; there are \(names).")
    }
    let readings = try sources.map { source in
      let asLabels = discrete.contains(source.name) || discrete.contains(source.file)
      let asNumbers = continuous.contains(source.name) || continuous.contains(source.file)
      guard !(asLabels && asNumbers) else {
        throw ValidationError("\(source.name) is given to both --discrete and --continuous.")
      }
      return asLabels ? VariableReading.discrete : asNumbers ? .continuous : .automatic
    }
    let all = zip(sources, readings).map { (name: $0.name, file: $0.file, reading: $1) }
    guard missing == .drop else {
      return LoadedFiles(
        files: try all.map { source in
          do throws(DataError) {
            return NamedFile(
              name: source.name,
              loaded: try loadVariable(source.file, reading: source.reading),
              isContinuous: source.reading == .continuous)
          } catch {
            throw error.countingMissing(in: source.file)
          }
        }, kept: nil, record: nil)
    }
    let found = try loadVariablesDroppingMissing(all)
    return LoadedFiles(
      files: zip(all, found.variables).map {
        NamedFile(name: $0.name, loaded: $1, isContinuous: $0.reading == .continuous)
      },
      kept: found.kept, record: found.record)
  }
}

extension MissingRule: ExpressibleByArgument {}

/// The files of a command, of the same rows.
struct LoadedFiles {
  let files: [NamedFile]
  /// The rows kept, counted from 0; nil where all are.
  let kept: [Int]?
  /// What was left out; nil where nothing was.
  let record: MissingRecord?

  /// The groups of the rows kept.
  func keeping(_ groups: Labels) -> Labels { kept.map { groups.selecting(rows: $0) } ?? groups }
}

/// A loaded file with the name of the variable in it.
struct NamedFile {
  let name: String
  let loaded: LoadedVariable
  /// Whether --continuous names it.
  let isContinuous: Bool

  var named: NamedVariable { NamedVariable(name, loaded.variable, isContinuous: isContinuous) }

  /// What was taken, for JSON and text.
  var record: VariableRecord {
    VariableRecord(
      name: name, file: loaded.source, reading: loaded.reading, hash: loaded.contentHash)
  }
}
