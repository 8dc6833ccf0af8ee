// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators

/// What the student knows of the labels that the teacher does not: I(student; labels | teacher).
///
///     I(S; Y | T) = H(Y | T) - H(Y | T, S),
///
/// each entropy by the cross-entropy of cross-fitted predictions, with the same folds: of classes by the best
/// of several families of classifiers, of one number by ridge regression. Either cross-entropy is at least
/// the entropy; that of the larger model by more, so the difference errs low, by what a prediction pays for
/// its columns. How much is told by a triple fitted to the data, whose information is known: the mean error on
/// it is subtracted, and half of it counts as error.
struct StudentAlone: Sendable {
  /// Whether it may be used, with the number before and after correction.
  let admission: Admission
  /// The difference of the losses of each row, in nats.
  let terms: [Double]
  /// The cross-entropy of the labels given the teacher, and its standard error: above H(Y | T).
  let lossGivenTeacher: (mean: Double, error: Double)
  /// The spread of estimates on triples over that of their rows' terms, at least 1: what fitting adds.
  let inflation: Double

  /// How far the mean over the rows of each draw lies from the mean over all, as re-estimates would.
  func deviations(_ draws: [[Int]]) -> [Double] {
    let mean = terms.reduce(0, +) / Double(terms.count)
    return draws.map { rows in
      inflation * (rows.reduce(0) { $0 + terms[$1] } / Double(rows.count) - mean)
    }
  }

  /// Samples of the triple behind the correction.
  static let replicates = 6

  /// Nil where no prediction can be made: labels of several columns.
  ///
  /// - Throws: what fitting throws, and `cancelled`.
  init?(
    teacher: NamedVariable, student: NamedVariable, labels: NamedVariable, rule: AdmissionRule,
    setting: HeldOutPrediction.Setting
  ) throws(EstimatorError) {
    guard let t = teacher.variable.samples, let s = student.variable.samples,
      let losses = try Losses(teacher: t, student: s, labels: labels.variable, setting)
    else { return nil }
    terms = losses.differences
    lossGivenTeacher = (losses.meanOfTeacher, standardError(losses.ofTeacher))
    let raw = terms.reduce(0, +) / Double(terms.count)
    let pair = "I(\(student.name); \(labels.name) | \(teacher.name))"
    let triple = Self.triple(t, s, labels.variable, setting)
    let trials = try triple.map { triple throws(EstimatorError) in
      try Self.trials(triple, rows: t.count, setting)
    }
    guard let triple, let trials, trials.values.count > 1 else {
      inflation = 1
      admission = rule.refuse(
        Self.name(labels.variable), pair: pair,
        error: EstimatorError(
          .failed, "No distribution could be fitted to the data to score the predictions on."))
      return
    }
    inflation = trials.inflation
    admission = rule.judge(
      Information(nats: raw), pair: pair, estimator: Self.name(labels.variable),
      twin: TwinScore(
        trials.values, replicates: Self.replicates, truth: triple.information,
        truthError: triple.informationError))
  }

  private static func name(_ labels: Variable) -> String {
    labels.labels == nil ? "ridge" : "classifiers"
  }

  private static func triple(
    _ teacher: Samples, _ student: Samples, _ labels: Variable, _ setting: HeldOutPrediction.Setting
  ) -> (any Triple)? {
    switch labels {
    case .labels(let classes):
      ClassTriple(
        teacher: teacher, student: student, labels: classes, cache: setting.cache,
        threads: setting.threads)
    case .samples(let numbers):
      GaussianTriple(teacher: teacher, student: student, labels: numbers)
    }
  }

  /// Estimates on samples of a triple of the data's number of rows.
  private static func trials(
    _ triple: any Triple, rows: Int, _ setting: HeldOutPrediction.Setting
  ) throws(EstimatorError) -> (values: [Double], inflation: Double) {
    let kept = try setting.cache.numbers(
      .studentAlone(version: 1, triple: triple.hash.text, rows: rows, seed: setting.seed)
    ) { () throws(EstimatorError) in
      var numbers: [Double] = []
      for replicate in 0..<replicates {
        var random = RandomSource(
          seed: setting.seed, fnv1a("student-alone"), UInt64(replicate))
        let seed = random.next()
        let drawn = triple.sample(rows, seed: seed)
        let own = HeldOutPrediction.Setting(
          groups: nil, seed: seed, threads: setting.threads, cache: nil,
          isCancelled: setting.isCancelled)
        guard
          let losses = try Losses(
            teacher: drawn.teacher, student: drawn.student, labels: drawn.labels, own)
        else { continue }
        numbers += [
          losses.differences.reduce(0, +) / Double(rows), standardError(losses.differences),
        ]
      }
      return numbers
    }
    let values = stride(from: 0, to: kept.count, by: 2).map { kept[$0] }
    let byRows = stride(from: 1, to: kept.count, by: 2).map { kept[$0] }
    guard values.count > 1 else { return (values, 1) }
    let expected = (byRows.reduce(0) { $0 + $1 * $1 } / Double(byRows.count)).squareRoot()
    return (values, max(1, standardDeviation(values) / max(expected, 1e-12)))
  }
}

/// Losses of predictions of the labels from the teacher, and from teacher and student.
private struct Losses {
  let ofTeacher: [Double]
  let differences: [Double]

  var meanOfTeacher: Double { ofTeacher.reduce(0, +) / Double(ofTeacher.count) }

  init?(
    teacher: Samples, student: Samples, labels: Variable, _ setting: HeldOutPrediction.Setting
  ) throws(EstimatorError) {
    let both = try concatenated([teacher, student])
    guard
      let one = try HeldOutPrediction(
        .samples(teacher), named: "teacher", labels: labels, families: .several, setting),
      let two = try HeldOutPrediction(
        .samples(both), named: "teacher with student", labels: labels, families: .several, setting)
    else { return nil }
    ofTeacher = one.losses
    differences = zip(one.losses, two.losses).map { $0 - $1 }
  }
}

/// The standard deviation over the root of the count.
private func standardError(_ values: [Double]) -> Double {
  standardDeviation(values) / Double(values.count).squareRoot()
}
