// SPDX-License-Identifier: MIT

import Estimators

/// A family of models, from rigid to flexible, on one set of standardized rows.
///
/// Made once for rows; fitted many times, with the labels alone or with a teacher's opinion too.
protocol DistillationLearner {
  /// The number of settings, the most rigid first.
  var settingCount: Int { get }
  /// Whether a model chosen on held-out rows is fitted again with those rows added.
  ///
  /// A network is not: it needs them to know when to stop.
  var refits: Bool { get }
  /// Fits one setting; a start near the result saves time and changes nothing else.
  ///
  /// Networks begin at the same random weights whatever the start.
  func fit(
    _ setting: Int, teaching: Teaching?, from start: (any DistilledModel)?
  ) -> any DistilledModel
}

/// A fitted teacher or student.
protocol DistilledModel: Sendable {
  /// Logits or predictions for rows standardized as the training rows were: rows x outputs.
  func outputs(_ x: Matrix) -> Matrix
}

/// Rows that were not trained on.
struct HeldRows {
  let x: Matrix
  let target: DistillationTarget
}

/// A teacher's opinion of the rows a student is trained on, with its weight.
///
/// A student minimizes (1 - weight) x loss by the labels + weight x loss by the teacher. For classes the
/// latter is T^2 KL(teacher at T || student at T); for numbers it is the squared difference.
struct Teaching {
  let weight: Double
  let temperature: Double
  /// Probabilities at the temperature, or predictions: rows x outputs.
  let opinions: Matrix
}
