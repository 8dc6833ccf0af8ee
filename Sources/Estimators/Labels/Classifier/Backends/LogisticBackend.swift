// SPDX-License-Identifier: MIT

/// Multinomial logistic regression with a ridge, from rigid to flexible: ``SoftmaxRegression``.
struct LogisticBackend: ClassifierBackend {
  static let ridges = [1, 0.1, 0.03, 0.01, 3e-3, 1e-3, 1e-4, 1e-5]

  var name: String { "logistic" }

  func path(_ rows: LabeledRows) -> any ClassifierPath { LogisticPath(rows) }
}

private struct LogisticPath: ClassifierPath {
  let settings = LogisticBackend.ridges.map { "ridge \($0)" }
  let regression: SoftmaxRegression
  let goal: SoftmaxGoal

  init(_ rows: LabeledRows) {
    goal = SoftmaxGoal(classes: rows.classes, classCount: rows.classCount)
    regression = SoftmaxRegression(rows.x, classCount: rows.classCount)
  }

  func fit(_ setting: Int, from start: (any ClassifierModel)?) -> any ClassifierModel {
    regression.fit(goal, ridge: LogisticBackend.ridges[setting], from: start as? SoftmaxWeights)
  }
}

extension SoftmaxWeights: ClassifierModel {}
