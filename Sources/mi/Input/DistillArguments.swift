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
  var teacherModel = ModelArgument(shape: .linear)

  @Option(help: "As --teacher-model.")
  var studentModel = ModelArgument(shape: .linear)

  @Option(help: "The one-sided level of a gain or loss, between 0 and 0.5.")
  var alpha = 0.05

  @Option(
    help: ArgumentHelp(
      "What mi check looks at: logits (cross-fitted), logits,pca=K, raw, pca=K, or none.",
      valueName: "views"))
  var represent = "logits"

  func validate() throws {
    guard splits >= 5 else {
      throw ValidationError("--splits is \(splits); it needs at least 5.")
    }
    guard testShare > 0, testShare < 1 else {
      throw ValidationError("--test-share is \(testShare); it needs a number between 0 and 1.")
    }
    for (name, rows) in [("--teacher-rows", teacherRows), ("--student-rows", studentRows)] {
      if let rows, rows < 1 { throw ValidationError("\(name) is \(rows); it needs at least 1.") }
    }
    guard weight.numbers.allSatisfy({ $0 > 0 && $0 <= 1 }) else {
      throw ValidationError("--weight needs numbers above 0 and up to 1.")
    }
    guard temperature.numbers.allSatisfy({ $0 >= 0.01 && $0 <= 1000 }) else {
      throw ValidationError("--temperature needs numbers between 0.01 and 1000.")
    }
    guard alpha > 0, alpha < 0.5 else {
      throw ValidationError("--alpha is \(alpha); it needs a number between 0 and 0.5.")
    }
    guard represent == "none" || VerdictViews(represent) != nil else {
      throw ValidationError(
        "--represent is \(represent); it needs logits, logits,pca=K, raw, pca=K or none.")
    }
  }

  /// What the check looks at; nil for no verdict.
  var views: VerdictViews? { VerdictViews(represent) }

  func options(_ compute: ComputeOptions) -> DistillationOptions {
    var options = DistillationOptions()
    options.splits = splits
    options.testShare = testShare
    options.teacherRows = teacherRows
    options.studentRows = studentRows
    options.weights = weight.numbers
    options.temperatures = temperature.numbers
    options.teacherModel = teacherModel.shape
    options.studentModel = studentModel.shape
    options.alpha = alpha
    options.seed = compute.seed
    options.threads = compute.threads
    return options
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

/// `linear` or `mlp=64x32`.
struct ModelArgument: ExpressibleByArgument {
  let shape: ModelShape

  init(shape: ModelShape) { self.shape = shape }

  init?(argument: String) {
    guard let shape = ModelShape(argument) else { return nil }
    self.shape = shape
  }

  var defaultValueDescription: String { shape.description }
}
