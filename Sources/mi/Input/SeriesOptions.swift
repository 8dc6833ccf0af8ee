// SPDX-License-Identifier: MIT

import ArgumentParser
import EstimatorAPI
import Harness

/// The options of the commands on series.
struct SeriesOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The trial or recording of each row: nothing is paired across the borders of trials.",
      valueName: "file"))
  var groups: String?

  @Flag(help: "The arrays are trials x time: each of their rows is a trial.")
  var trials = false

  @Option(help: "Test with this many surrogates; 0 makes no test.")
  var permutations = 0

  @Option(
    help: ArgumentHelp(
      "How surrogates rearrange a series: shift (by a random lag; default), block or shuffle; for mi transfer also local.",
      valueName: "how"))
  var surrogates: String?

  @Option(
    help: ArgumentHelp(
      "Rows at most this many rows apart are no neighbors (ksg-1, ksg-2, ross).",
      valueName: "rows"))
  var theiler: Int?

  @Option(
    help: ArgumentHelp(
      "Write the contribution of each row, in nats, as .npy or .csv.", valueName: "file"))
  var pointwise: String?

  /// The estimator's id, nil for the default, and its parameters.
  func estimator(
    _ chosen: EstimatorOptions, _ registry: EstimatorRegistry, command: String
  ) throws -> (id: String?, texts: [String: String]) {
    guard chosen.estimator.count <= 1 else { throw ValidationError("\(command) takes one -e.") }
    var chosen = chosen
    if let theiler { chosen.parameter.append("theiler=\(theiler)") }
    guard !EstimateOperation.isDefault(chosen.estimator.first) else {
      return (nil, try chosen.unownedTexts())
    }
    // A misspelt estimator or parameter is reported before files are read.
    let choice = try chosen.choices(registry)[0]
    _ = try registry.make(choice.id, choice.parameters)
    return (choice.id, choice.parameters)
  }

  /// The group of each row of the data kept, broken where rows were left out.
  func groups(of loaded: LoadedFiles) throws -> [Int]? {
    guard !(trials && loaded.kept != nil) else {
      throw ValidationError(
        "--missing drop leaves out whole trials of trials x time; pass whole trials.")
    }
    let given = try groups.map { loaded.keeping(try loadGroups($0)).codes.map(Int.init) }
    return Trials.groups(given, brokenAtGapsOf: loaded.kept)
  }
}

/// The rows of series that an answer is of, in words.
func rowsText(
  _ n: Int, of rows: Int, _ note: String = "", worth effective: Double, trials: Int, short: Int,
  seed: UInt64, seconds: Double?
) -> String {
  "n \(n) of \(rows) rows\(note), worth about \(Int(effective.rounded())) of \(rows) independent ones; "
    + "\(trials) \(trials == 1 ? "series" : "trials")"
    + (short > 0 ? ", \(short) of them too short and without a pair" : "")
    + ", seed \(seed), \(fixed(seconds, 3)) s"
}

/// A test in words.
func testText(_ test: PermutationTest) -> String {
  "p = \(fixed(test.pValue, 4)) (\(test.permutations) surrogates by \(test.surrogates.rawValue)"
    + (test.stoppedEarly ? ", stopped early)" : ")")
}
