// SPDX-License-Identifier: MIT

import EstimatorAPI

/// Labels, told by cross-fitted classifiers.
struct ClassPrediction: HeldOutPrediction {
  private let classes: UsedClasses
  private let folds: StratifiedFolds
  private let backends: [any ClassifierBackend]

  /// - Throws: `constantColumn` where there is one class only.
  init(
    _ labels: Labels, folds: Int, backends: [any ClassifierBackend], groups: [Int]?, seed: UInt64
  ) throws(EstimatorError) {
    classes = try UsedClasses(labels)
    self.folds = StratifiedFolds(
      classes.codes, groups: groups, classCount: classes.sizes.count, folds: folds, seed: seed)
    self.backends = backends
  }

  /// ln of the class's share of all rows.
  var marginal: [Double] { classes.codes.map { naturalLogarithm(classes.share($0)) } }

  var diagnostics: [String: DiagnosticValue] {
    [
      "labelEntropyNats": .number(classes.entropy),
      "classes": .integer(classes.sizes.count),
      "smallestClass": .integer(classes.sizes.min() ?? 0),
    ]
  }

  var warnings: [EstimateWarning] { classes.warnings(folds: folds.count) }

  func scores(_ x: Matrix, _ request: EstimationRequest) throws(EstimatorError) -> HeldOutScores {
    let rows = LabeledRows(x: x, classes: classes.codes, classCount: classes.sizes.count)
    let fits = parallelMap(folds.count, threads: request.threads) { fold in
      CrossFit(rows, folds, fold: fold, backends: backends, isCancelled: request.isCancelled)
    }
    try request.checkCancellation()
    var logs = [Double](repeating: 0, count: x.rows)
    for fit in fits {
      for (row, score) in zip(fit.rows, fit.scores) { logs[row] = score }
    }
    var warnings: [EstimateWarning] = []
    if !fits.allSatisfy(\.converged) {
      warnings.append(
        EstimateWarning(
          code: "notConverged",
          message: "\(fits.count { !$0.converged }) of \(folds.count) fits stopped before their "
            + "tolerance; the bound holds, and may be loose."))
    }
    return HeldOutScores(
      logs: logs,
      diagnostics: [
        "crossEntropyNats": .number(-logs.reduce(0, +) / Double(x.rows)),
        "heldOutAccuracy": .number(Double(fits.reduce(0) { $0 + $1.hits }) / Double(x.rows)),
        "chosen": .texts(fits.map(\.choice)),
        "temperatures": .numbers(fits.map(\.temperature)),
      ], warnings: warnings)
  }
}
