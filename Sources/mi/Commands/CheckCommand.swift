// SPDX-License-Identifier: MIT

import ArgumentParser
import EstimatorAPI
import Harness

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

      EXAMPLES
        mi check --teacher audio=audio.npy --teacher text=text.npy \\
            --student image.npy --labels y.npy --held-out
        mi check --teacher t.npy --student s.npy --labels y.npy \\
            --represent pca=4 --json
      """)

  @Option(help: "A teacher representation, NAME=FILE or FILE (repeatable).")
  var teacher: [String] = []

  @Option(help: "The student representation.")
  var student: String

  @Option(help: "The labels: integers or strings, or floating numbers for regression.")
  var labels: String

  @Option(help: "raw, or pca=K: views wider than K become K principal components.")
  var represent = "raw"

  @Flag(help: "Confirm that no row was used in training the networks.")
  var heldOut = false

  @Option(help: "The one-sided level of a verdict, between 0 and 0.5.")
  var alpha = 0.05

  @Option(help: "Synthetic samples at each level of a scorecard.")
  var replicates = 20

  @Option(help: "Subsamples of half the rows behind the interval.")
  var subsamples = 40

  @Option(help: "Write the report as a page that needs no network (.html), or as .md or .txt.")
  var report: String?

  @OptionGroup var chosen: EstimatorOptions
  @OptionGroup var variables: VariableOptions
  @OptionGroup var compute: ComputeOptions
  @OptionGroup var shared: SharedOptions

  func validate() throws {
    guard !teacher.isEmpty else { throw ValidationError("At least one --teacher is needed.") }
    guard alpha > 0, alpha < 0.5 else {
      throw ValidationError("--alpha is \(alpha); it needs a number between 0 and 0.5.")
    }
    guard replicates >= 5 else {
      throw ValidationError("--replicates is \(replicates); it needs at least 5.")
    }
    guard subsamples >= 10 else {
      throw ValidationError("--subsamples is \(subsamples); it needs at least 10.")
    }
    guard Representation(represent) != nil else {
      throw ValidationError("--represent is \(represent); it needs raw or pca=K.")
    }
    let names = teacherSources.map(\.name)
    guard Set(names + ["student", "labels"]).count == names.count + 2 else {
      throw ValidationError(
        "Teachers need different names, other than student and labels: "
          + names.joined(separator: ", ") + ".")
    }
  }

  func run() throws {
    try reporting {
      let registry = try shared.registry()
      var options = CheckOptions()
      options.estimators = try chosen.choices(registry)
      options.seed = compute.seed
      options.threads = compute.threads
      options.replicates = replicates
      options.subsamples = subsamples
      options.alpha = alpha
      options.representation = Representation(represent) ?? .raw
      options.heldOutConfirmed = heldOut
      let files = try variables.load(
        teacherSources + [(name: "student", file: student), (name: "labels", file: labels)])
      let isCancelled = Cancellation.listen()
      let progress = ProgressLine()
      defer { progress.clear() }
      let result = try check(
        teachers: files.dropLast(2).map(\.named), student: files[files.count - 2].named,
        labels: files[files.count - 1].named, registry: registry, options: options,
        hooks: CheckHooks(
          progress: { progress.show($0) }, isCancelled: isCancelled))
      progress.clear()
      if shared.json {
        try printJSON(CheckAnswer(variables: files.map(\.record), report: result))
      } else {
        print(CheckText(report: result, files: files, units: shared.units).text)
      }
      if let report { try write(result, files, to: report) }
      writeWarnings(result.warnings + result.decisions.flatMap(\.warnings))
    }
  }

  private func write(_ result: CheckReport, _ files: [NamedFile], to path: String) throws {
    let document = result.document(
      CheckProvenance(
        command: (["mi"] + CommandLine.arguments.dropFirst()).joined(separator: " "),
        version: Mi.configuration.version,
        variables: files.map { file in
          let record = file.record
          return [record.name, record.file, record.reading, record.hash]
        }))
    let text: String
    switch ReportFormat(file: path) {
    case .text: text = document.text
    case .md: text = document.markdown
    case .html:
      let drawings = try Gnuplot.draw(document.plots, hasKey: false)
      if drawings == nil {
        writeError("warning: gnuplot was not found, so there are no plots; make setup installs it.")
      }
      text = document.html(drawings: drawings)
    }
    try TextSink(path).write(text)
  }

  /// Names and files; a teacher without a name is called by its file.
  private var teacherSources: [(name: String, file: String)] {
    teacher.map { argument in
      guard let equals = argument.firstIndex(of: "=") else { return (argument, argument) }
      return (
        String(argument[..<equals]), String(argument[argument.index(after: equals)...])
      )
    }
  }
}
