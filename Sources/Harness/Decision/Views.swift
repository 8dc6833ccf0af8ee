// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators

/// The views of a check as they are compared, in one representation.
struct Views {
  let student: Variable
  let teachers: [Variable]
  /// What was done to each: the student first, then the teachers.
  let records: [RepresentationRecord]

  /// Represents the student and the teachers of a check.
  ///
  /// - Throws: `constantColumn` with the view's name, or what the classifier behind logits throws.
  init(_ run: CheckRun, _ representation: Representation) throws(EstimatorError) {
    var made: [Variable] = []
    var records: [RepresentationRecord] = []
    for view in [run.student] + run.teachers {
      let (variable, record) =
        representation == .logits
        ? try logits(view, run)
        : try representation.apply(to: view.variable, named: view.name)
      made.append(variable)
      records.append(record)
    }
    student = made[0]
    teachers = Array(made.dropFirst())
    self.records = records
  }
}

extension CheckRun {
  /// How held-out predictions are made for this check.
  var predictionSetting: HeldOutPrediction.Setting {
    HeldOutPrediction.Setting(
      groups: groups, seed: options.seed, threads: options.threads, cache: hooks.cache,
      isCancelled: hooks.isCancelled)
  }
}

/// A view as the cross-fitted predictions of its labels.
private func logits(
  _ view: NamedVariable, _ run: CheckRun
) throws(EstimatorError) -> (Variable, RepresentationRecord) {
  run.hooks.progress("cross-fitted scores of \(view.name)")
  // Each view has folds of its own: the rows of one fold share a model and its errors, and with equal
  // folds two views would share them beyond what they share of the label.
  var random = RandomSource(seed: run.options.seed, fnv1a("logits " + view.name))
  let setting = HeldOutPrediction.Setting(
    groups: run.groups, seed: random.next(), threads: run.options.threads,
    cache: run.hooks.cache, isCancelled: run.hooks.isCancelled)
  let varying = try view.variable.samples.map { samples throws(EstimatorError) in
    try samples.withoutConstantColumns(named: view.name)
  }
  let input = varying.map { Variable.samples($0) } ?? view.variable
  guard
    let prediction = try HeldOutPrediction(
      input, named: view.name, labels: run.labels.variable, setting)
  else {
    throw EstimatorError(
      .unsupportedKinds,
      "Logits need labels that are classes or one column of numbers; \(run.labels.name) has "
        + "\(run.labels.variable.dimension) columns.")
  }
  let columns = try prediction.columns
  return (
    .samples(columns),
    RepresentationRecord(
      name: view.name, method: "logits", dimensionIn: view.variable.dimension,
      dimensionOut: columns.dimension,
      constantColumns: varying.map { view.variable.dimension - $0.dimension } ?? 0,
      varianceShare: nil)
  )
}
