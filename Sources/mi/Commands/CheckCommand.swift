// SPDX-License-Identifier: MIT

import ArgumentParser
import EstimatorAPI
import Harness

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Will distillation from a teacher help this student?",
    discussion: """
      Estimates I(teacher; student) and I(student; labels) with estimators that
      were first scored against known truth at this data's own size, dimensions
      and classes, and compares them. An estimator that fails on known truth is
      refused and does not count. The verdict for each teacher is distill,
      doNotDistill or undecided, with its error.

      All files hold the same items in the same order, held out from the
      training of the networks.

      --alpha bounds the probability that the check says distill of any
      teacher whose gap is not positive, or doNotDistill of any whose gap is;
      with m teachers each has alpha / m, and the intervals hold together.

      --represent says what of a view is compared: raw, its columns; pca=K,
      its first K principal components; logits, what a classifier that never
      saw a row predicts for its class; auto, raw where an estimator is admitted
      for every pair and logits otherwise.

      Estimates are kept under $XDG_CACHE_HOME/mi (~/.cache/mi), so that the
      same check again takes seconds and an interrupted one goes on.

      EXAMPLES
        mi check --teacher audio=audio.npy --teacher text=text.npy \\
            --student image.npy --labels y.npy --held-out
        mi check --teacher t.npy --student s.npy --labels y.npy \\
            --represent pca=4 --json
        mi check --teacher a=a.npy --teacher b=b.npy --joint --student s.npy \\
            --labels y.npy --groups speaker.npy --train-rows trained.npy
        mi check --teacher t.npy --student s.npy --labels y.npy --budget 60s
        mi check --teacher audio.npy --student video.npy --labels y.npy --order time
        mi check --teacher audio.npy --student video.npy --labels y.npy --lag auto
      """)

  @Option(help: "A teacher representation, NAME=FILE or FILE (repeatable).")
  var teacher: [String] = []

  @Option(help: "The student representation.")
  var student: String

  @Option(help: "The labels: integers or strings, or floating numbers for regression.")
  var labels: String

  @Option(
    help: ArgumentHelp(
      "What is compared: auto, raw, logits, or pca=K for K principal components.",
      valueName: "views"))
  var represent = "auto"

  @Flag(help: "All teachers side by side as one more candidate.")
  var joint = false

  @Option(
    help: ArgumentHelp(
      "Rows that a network was trained on: their numbers from 0, or a 0 or 1 for each row.",
      valueName: "file"))
  var trainRows: String?

  @Option(
    help: ArgumentHelp(
      "The group of each row, such as its speaker: groups stay together in subsamples and folds.",
      valueName: "file"))
  var groups: String?

  @Option(
    help: ArgumentHelp(
      "What is known of the order of rows: time keeps blocks of rows together.", valueName: "order")
  )
  var order = "unknown"

  @Option(
    help: ArgumentHelp(
      "Find the gap as I(S; T | labels) - I(S; labels | T); off, as I(T; S) - I(S; labels).",
      valueName: "on|off"))
  var contrast = "on"

  @Option(
    help: ArgumentHelp(
      "Rows in time: the student's row t goes with each teacher's row t - lag; auto finds the lag of the largest information and says so.",
      valueName: "rows"))
  var lag: String?

  @Option(help: "The largest lag that auto tries.")
  var maxLag = 10

  @Flag(help: "Confirm that no row was used in training the networks.")
  var heldOut = false

  @Option(help: "The probability of a wrong verdict in the whole check, between 0 and 0.5.")
  var alpha = 0.05

  @Option(
    help: ArgumentHelp(
      "Time for estimators, such as 60s: cheap ones first, until all is settled.",
      valueName: "time"))
  var budget: DurationArgument?

  @Option(help: "Synthetic samples at each level of a scorecard.")
  var replicates = 20

  @Option(help: "Subsamples of half the rows behind the interval.")
  var subsamples = 40

  @Option(help: "Write the report as a page that needs no network (.html), or as .md or .txt.")
  var report: String?

  @Flag(
    help: ArgumentHelp(
      "For engines: print the trials that scorecards still need, as JSON lines, and stop.",
      visibility: .hidden))
  var plan = false

  @OptionGroup var caching: CacheOptions
  @OptionGroup var chosen: EstimatorOptions
  @OptionGroup var variables: VariableOptions
  @OptionGroup var compute: ComputeOptions
  @OptionGroup var shared: SharedOptions

  func validate() throws {
    try reporting {
      try CheckSettings.check(teachers: teacherSources.map(\.name))
      _ = try settings.options(seed: 0, threads: 1)
      _ = try settings.alignment()
      guard !(plan && lag != nil) else {
        throw ValidationError("--plan is of the rows as they are; leave out --lag.")
      }
    }
  }

  /// The options as C and Python give them.
  private var settings: CheckSettings {
    var settings = CheckSettings()
    settings.represent = represent
    settings.heldOut = heldOut
    settings.alpha = alpha
    settings.replicates = replicates
    settings.subsamples = subsamples
    settings.joint = joint
    settings.budget = budget.map { $0.duration / .seconds(1) }
    settings.order = order
    settings.contrast = contrast
    settings.lag = lag
    settings.maxLag = maxLag
    return settings
  }

  func run() throws {
    try reporting {
      let registry = try shared.registry()
      var settings = settings
      settings.estimators = try chosen.choices(registry)
      var options = try settings.options(seed: compute.seed, threads: compute.threads)
      let loaded = try variables.load(
        teacherSources + [(name: "student", file: student), (name: "labels", file: labels)])
      let files = loaded.files
      guard loaded.kept == nil || trainRows == nil else {
        throw ValidationError(
          "--missing drop changes the numbers of rows, which --train-rows names; pass whole rows.")
      }
      let groups = try groups.map { loaded.keeping(try loadGroups($0)) }
      if let record = loaded.record { writeError("note: \(record.sentence)") }
      let rows = files[files.count - 2].loaded.variable.count
      if let trainRows {
        try TrainingRows(loadVariable(trainRows).variable, count: rows, named: trainRows)
          .refuse(among: rows, named: trainRows)
        options.heldOutConfirmed = true
      }
      let named = files.map(\.named)
      let cache = try caching.open()
      let isCancelled = Cancellation.listen()
      if plan {
        guard let cache else { throw ValidationError("--plan needs the cache.") }
        let (head, lines) = try calibrationWork(
          teachers: Array(named.dropLast(2)), student: named[named.count - 2],
          labels: named[named.count - 1], groups: groups,
          registry: registry, options: options, cache: cache, isCancelled: isCancelled)
        return try writeLines(head, lines)
      }
      let progress = ProgressLine()
      defer { progress.clear() }
      let result = try CheckOperation(
        teachers: Array(named.dropLast(2)), student: named[named.count - 2],
        labels: named[named.count - 1], groups: groups, registry: registry,
        options: options, alignment: try settings.alignment(),
        hooks: CheckHooks(
          progress: { progress.show($0) }, isCancelled: isCancelled, cache: cache)
      ).run()
      progress.clear()
      if shared.json {
        try printJSON(CheckAnswer(variables: files.map(\.record), data: named, report: result))
      } else {
        print(CheckText(report: result, files: files, units: shared.units).text)
      }
      if let report { try write(result, files, to: report) }
      writeWarnings(result.warnings + result.decisions.flatMap(\.warnings))
      if let complaint = cache?.complaint {
        writeError("warning: the cache is no longer used: \(complaint.description)")
      }
    }
  }

  private func write(_ result: CheckReport, _ files: [NamedFile], to path: String) throws {
    let document = result.document(
      CheckProvenance(
        command: (["mi"] + CommandLine.arguments.dropFirst().map(shellWord))
          .joined(separator: " "),
        version: productVersion, folder: FileManager.default.currentDirectoryPath,
        variables: files.map { file in
          let record = file.record
          return [record.name, record.file, record.reading, record.hash]
        }))
    try document.write(to: path)
  }

  /// Names and files; a teacher without a name is called by its file.
  private var teacherSources: [(name: String, file: String)] {
    namedSources(teacher)
  }
}

/// A word as a shell takes it back.
private func shellWord(_ word: String) -> String {
  let isPlain = word.utf8.allSatisfy { byte in
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
      || Array("-_=+./:,@%".utf8).contains(byte)
  }
  return isPlain && !word.isEmpty ? word : "'" + word.replacing("'", with: "'\\''") + "'"
}
