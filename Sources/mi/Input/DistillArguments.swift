// SPDX-License-Identifier: MIT

import ArgumentParser
import EstimatorAPI
import Harness

/// How a distillation is run: the options of `mi distill` and `mi distill study`.
struct DistillArguments: ParsableArguments {
  @Option(help: "Random splits into training and test rows.")
  var splits = 30

  @Option(help: "The share of rows that are tested on, between 0 and 1.")
  var testShare = 0.25

  @Option(help: "Rows the teacher learns from (default: all that are not tested on).")
  var teacherRows: Int?

  @Option(help: "Labelled rows the student learns from (default: all that are not tested on).")
  var studentRows: Int?

  @Option(help: "Weights of the teacher in the student's loss, with commas, in (0, 1].")
  var weight = NumberList(numbers: [0.2, 0.5, 0.8])

  @Option(help: "Temperatures, with commas; of no effect where the labels are numbers.")
  var temperature = NumberList(numbers: [1, 4])

  @Option(help: "linear (multinomial logistic, or ridge), or mlp=64 or mlp=64x32.")
  var teacherModel = "linear"

  @Option(help: "As --teacher-model.")
  var studentModel = "linear"

  @Option(help: "The one-sided level of a gain or loss, between 0 and 0.5.")
  var alpha = 0.05

  @Option(
    help: ArgumentHelp(
      "What mi check looks at: model-logits (of --teacher-model and --student-model, cross-fitted), model-logits,pca=K, none, or as mi check has it: auto, raw, logits, pca=K.",
      valueName: "views"))
  var represent = "model-logits"

  func validate() throws {
    try reporting {
      _ = try settings.options(seed: 0, threads: 1)
      _ = try settings.views()
    }
  }

  /// The options as C and Python give them.
  private var settings: DistillSettings {
    var settings = DistillSettings()
    settings.splits = splits
    settings.testShare = testShare
    settings.teacherRows = teacherRows
    settings.studentRows = studentRows
    settings.weights = weight.numbers
    settings.temperatures = temperature.numbers
    settings.teacherModel = teacherModel
    settings.studentModel = studentModel
    settings.alpha = alpha
    settings.represent = represent
    return settings
  }

  /// What the check looks at; nil for no verdict.
  ///
  /// - Throws: `invalidOption`.
  func views() throws -> VerdictViews? { try settings.views() }

  func options(_ compute: ComputeOptions) throws -> DistillationOptions {
    try settings.options(seed: compute.seed, threads: compute.threads)
  }
}

/// `0.2,0.5,0.8`: different numbers in rising order.
struct NumberList: ExpressibleByArgument {
  let numbers: [Double]

  init(numbers: [Double]) { self.numbers = numbers }

  init?(argument: String) {
    let numbers = argument.split(separator: ",", omittingEmptySubsequences: false)
      .map { Double($0) }
    guard numbers.allSatisfy({ $0?.isFinite ?? false }) else { return nil }
    self.numbers = Set(numbers.compactMap(\.self)).sorted()
  }

  var defaultValueDescription: String {
    numbers.map { $0 == $0.rounded() ? "\(Int($0))" : "\($0)" }.joined(separator: ",")
  }
}
