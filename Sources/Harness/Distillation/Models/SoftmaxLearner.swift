// SPDX-License-Identifier: MIT

import Estimators

/// Multinomial logistic regression over a grid of ridges.
struct SoftmaxLearner: DistillationLearner {
  /// Relative to the mean loss, on standardized columns; about half a decade each.
  static let ridges = [1, 0.3, 0.1, 0.03, 0.01, 3e-3, 1e-3, 3e-4, 1e-4, 1e-5]

  private let regression: SoftmaxRegression
  private let classes: [Int]
  private let classCount: Int

  init(_ x: Matrix, classes: [Int], classCount: Int) {
    regression = SoftmaxRegression(x, classCount: classCount)
    self.classes = classes
    self.classCount = classCount
  }

  var settingCount: Int { Self.ridges.count }
  var refits: Bool { true }

  func fit(
    _ setting: Int, teaching: Teaching?, from start: (any DistilledModel)?
  ) -> any DistilledModel {
    let goal = SoftmaxGoal(classes: classes, classCount: classCount, teaching: teaching?.softmax)
    return regression.fit(goal, ridge: Self.ridges[setting], from: start as? SoftmaxWeights)
  }
}

extension SoftmaxWeights: DistilledModel {
  func outputs(_ x: Matrix) -> Matrix { logits(x) }
}

extension Teaching {
  /// The teacher's part of a softmax loss.
  var softmax: SoftmaxGoal.Teaching {
    SoftmaxGoal.Teaching(probabilities: opinions, weight: weight, temperature: temperature)
  }
}
