// SPDX-License-Identifier: MIT

package import EstimatorAPI

/// The options of `mi distill` as they are given, whichever interface they come through.
package struct DistillSettings: Sendable, Decodable {
  /// Random splits into training and test rows.
  package var splits = 30
  /// The share of rows that are tested on.
  package var testShare = 0.25
  /// Rows the teacher learns from; nil: all that are not tested on.
  package var teacherRows: Int?
  /// Labelled rows the student learns from; nil: all that are not tested on.
  package var studentRows: Int?
  /// Weights of the teacher in the student's loss.
  package var weights = [0.2, 0.5, 0.8]
  /// Temperatures.
  package var temperatures = [1.0, 4.0]
  /// `linear`, or `mlp=64` or `mlp=64x32`.
  package var teacherModel = "linear"
  /// As ``teacherModel``.
  package var studentModel = "linear"
  /// The one-sided level of a gain or loss.
  package var alpha = 0.05
  /// What the check looks at, as ``VerdictViews`` reads it, or `none` for no verdict.
  package var represent = "model-logits"
  /// The estimators of the check with their parameters; none: the default panel.
  package var estimators: [EstimatorChoice] = []

  package init() {}

  /// What the check looks at; nil for no verdict.
  ///
  /// - Throws: `invalidOption`.
  package func views() throws(EstimatorError) -> VerdictViews? {
    guard represent != "none" else { return nil }
    guard let views = VerdictViews(represent) else {
      throw .option(
        "represent", found: "\"\(represent)\"",
        needed: "model-logits, model-logits,pca=K, auto, raw, logits, pca=K or none")
    }
    return views
  }

  /// The options with their types.
  ///
  /// - Throws: `invalidOption` for one out of its bounds.
  package func options(seed: UInt64, threads: Int) throws(EstimatorError) -> DistillationOptions {
    try within("splits", splits, 5...1_000_000)
    guard testShare > 0, testShare < 1 else {
      throw .option("test_share", found: "\(testShare)", needed: "a number between 0 and 1")
    }
    for (name, rows) in [("teacher_rows", teacherRows), ("student_rows", studentRows)] {
      if let rows { try within(name, rows, 1...100_000_000) }
    }
    guard !weights.isEmpty, weights.allSatisfy({ $0 > 0 && $0 <= 1 }) else {
      throw .option("weight", found: "\(weights)", needed: "numbers above 0 and up to 1")
    }
    guard !temperatures.isEmpty, temperatures.allSatisfy({ $0 >= 0.01 && $0 <= 1000 }) else {
      throw .option("temperature", found: "\(temperatures)", needed: "numbers from 0.01 to 1000")
    }
    guard alpha > 0, alpha < 0.5 else {
      throw .option("alpha", found: "\(alpha)", needed: "a number between 0 and 0.5")
    }
    var options = DistillationOptions()
    options.splits = splits
    options.testShare = testShare
    options.teacherRows = teacherRows
    options.studentRows = studentRows
    options.weights = Set(weights).sorted()
    options.temperatures = Set(temperatures).sorted()
    options.teacherModel = try Self.model("teacher_model", teacherModel)
    options.studentModel = try Self.model("student_model", studentModel)
    options.alpha = alpha
    options.seed = seed
    options.threads = threads
    return options
  }

  private static func model(_ name: String, _ text: String) throws(EstimatorError) -> ModelShape {
    guard let shape = ModelShape(text) else {
      throw .option(name, found: "\"\(text)\"", needed: "linear, or mlp=64 or mlp=64x32")
    }
    return shape
  }
}
