// SPDX-License-Identifier: MIT

import ArgumentParser
import EstimatorAPI
import Harness

struct DistillRunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Distill teachers into one student (the default).",
    discussion: """
      Prints for each teacher the gain of the student it taught, with an interval that knows that
      splits share rows (Nadeau and Bengio 2003), against each baseline, by weight and temperature,
      beside the verdict of mi check on held-out representations: the logits of the same models,
      cross-fitted.

      Effects: helps (better than the tuned student and than class means), softens (class means do
      it as well), hurts (worse than the tuned student), unclear.

      EXAMPLES
        mi distill --teacher audio=a.npy --student image.npy --labels y.npy --groups speaker.npy
        mi distill --teacher t.npy --student s.npy --labels y.npy --teacher-rows 1000 \\
            --student-rows 200 --splits 50 --represent none
      """)

  @Option(help: "A teacher view, NAME=FILE or FILE (repeatable).")
  var teacher: [String] = []

  @Option(help: "The student view.")
  var student: String

  @Option(help: "The labels: integers or strings are classes, floating numbers are regression.")
  var labels: String

  @Option(
    help: ArgumentHelp(
      "Labels of groups, such as speakers, that no split may part.", valueName: "file"))
  var groups: String?

  @OptionGroup var settings: DistillArguments
  @OptionGroup var chosen: EstimatorOptions
  @OptionGroup var variables: VariableOptions
  @OptionGroup var caching: CacheOptions
  @OptionGroup var compute: ComputeOptions
  @OptionGroup var shared: SharedOptions

  func validate() throws {
    try reporting { try CheckSettings.check(teachers: namedSources(teacher).map(\.name)) }
  }

  func run() throws {
    try reporting {
      let registry = try shared.registry()
      var checkOptions = CheckOptions()
      checkOptions.estimators = try chosen.choices(registry)
      let loaded = try variables.load(
        namedSources(teacher) + [(name: "student", file: student), (name: "labels", file: labels)])
      let files = loaded.files
      if let record = loaded.record { writeError("note: \(record.sentence)") }
      let groupLabels = try groups.map { loaded.keeping(try loadGroups($0)) }
      let (teachers, rest) = (files.dropLast(2).map(\.named), files.suffix(2).map(\.named))
      let (options, views) = (try settings.options(compute), try settings.views())
      let cache = views == nil ? nil : try caching.open()
      let isCancelled = Cancellation.listen()
      let progress = ProgressLine()
      defer { progress.clear() }
      let outcome = try DistillOperation(
        teachers: teachers, student: rest[0], labels: rest[1], groups: groupLabels,
        options: options, views: views, check: checkOptions, registry: registry,
        hooks: CheckHooks(
          progress: { progress.show($0) }, isCancelled: isCancelled, cache: cache)
      ).run()
      let (report, predicted) = (outcome.report, outcome.predictions)
      progress.clear()
      let result = DistillAnswer(
        variables: files.map(\.record), report: report, predictions: predicted?.predictions,
        views: settings.represent)
      if shared.json {
        try printJSON(result)
      } else {
        print(DistillText(result: result, report: report, files: files).text)
      }
      if let predicted {
        writeWarnings(predicted.report.decisions.flatMap(\.warnings))
      }
    }
  }
}

/// Names and files; one without a name is called by its file.
func namedSources(_ arguments: [String]) -> [(name: String, file: String)] {
  arguments.map { argument in
    guard let equals = argument.firstIndex(of: "=") else { return (argument, argument) }
    return (String(argument[..<equals]), String(argument[argument.index(after: equals)...]))
  }
}
