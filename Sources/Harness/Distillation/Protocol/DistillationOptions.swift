// SPDX-License-Identifier: MIT

/// How a distillation is run.
public struct DistillationOptions: Sendable {
  /// Random splits into training and test rows.
  public var splits = 30
  /// The share of rows that are tested on.
  public var testShare = 0.25
  /// Rows the teacher learns from; nil is all that are not tested on.
  public var teacherRows: Int?
  /// Labelled rows the student learns from; nil is all that are not tested on.
  public var studentRows: Int?
  /// Weights of the teacher's part in the student's loss, in (0, 1].
  public var weights = [0.2, 0.5, 0.8]
  /// Temperatures; of no effect where the labels are numbers.
  public var temperatures = [1.0, 4.0]
  /// The teacher's model.
  public var teacherModel = ModelShape.linear
  /// The student's model.
  public var studentModel = ModelShape.linear
  /// The one-sided level of what is called a help or a harm.
  public var alpha = 0.05
  /// The seed of everything random.
  public var seed: UInt64 = 0
  /// Threads at work; never changes a result.
  public var threads = 1

  /// Creates the default options.
  public init() {}

  /// The weights and temperatures that are tried, temperature by temperature.
  func settings(_ target: DistillationTarget) -> [TeachingSetting] {
    let temperatures = target.isClasses ? self.temperatures : [1]
    return temperatures.flatMap { temperature in
      weights.map { TeachingSetting(weight: $0, temperature: temperature) }
    }
  }
}

/// A weight and a temperature.
public struct TeachingSetting: Sendable, Hashable, Codable {
  /// The weight of the teacher's part in the student's loss.
  public let weight: Double
  /// What teacher's and student's logits are divided by in it.
  public let temperature: Double
}
