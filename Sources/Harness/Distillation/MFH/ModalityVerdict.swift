// SPDX-License-Identifier: MIT

public import EstimatorAPI
import Estimators

/// The verdict of `check` on one drawing of the test bed, beside the measured effect of distillation.
///
/// The check sees the logits of the trained teacher and of the student without a teacher, one column
/// each, on rows that neither learned from, and the label. What distillation did is exact: the
/// accuracy of a linear student on all rows there are, with a teacher and without.
public struct ModalityVerdict: Sendable, Hashable, Codable {
  /// Shared decisive features.
  public let overlap: Int
  /// The drawing.
  public let seed: UInt64
  /// What the check said.
  public let verdict: CCHDecision.Verdict
  /// The gap as the check found it, in nats; nil where a side had no admitted estimator.
  public let gap: Double?
  /// Its interval, in nats.
  public let interval: [Double]?
  /// I(teacher; student) - I(student; label) of the logits, exact, in nats.
  public let exactGap: Double
  /// The gap by the plain numbers of `ksg-1` and `ross` on the same rows, in nats.
  public let plainGap: Double?
  /// Exact accuracy with the teacher less that without, by weight.
  public let gains: [Double]

  /// Whether a rule that says `helps` was right at a weight.
  func agrees(_ helps: Bool, weight: Int) -> Bool { helps == (gains[weight] > 0) }
}

extension ModalityTestBed {
  /// Trains, distills and checks one drawing.
  ///
  /// `rows` held-out rows are drawn with either label as often as the other, so that all drawings share
  /// the scorecards of one regime; hooks with a cache make them once.
  ///
  /// - Throws: what ``check(teachers:student:labels:groups:registry:options:hooks:)`` throws.
  public func verdict(
    overlap: Int, seed: UInt64, rows: Int, options: CheckOptions, hooks: CheckHooks
  ) throws(EstimatorError) -> ModalityVerdict {
    let models = ModalityModels(self, overlap: overlap, seed: seed)
    var random = RandomSource(seed: seed, fnv1a("mfh check"))
    let held = ModalityRows(
      rows, models.direction, overlap: overlap, balanced: true, using: &random)
    var options = options
    options.heldOutConfirmed = true
    options.looksBeyond = false
    let report = try check(
      teachers: [
        NamedVariable("teacher", .samples(try Samples(Self.logits(held.teacher, models.teacher))))
      ],
      student: NamedVariable(
        "student", .samples(try Samples(Self.logits(held.student, models.alone)))),
      labels: NamedVariable("labels", .labels(try Labels(held.labels.map { Int32($0) }))),
      registry: .builtIn(), options: options, hooks: hooks)
    func plain(_ side: Int, _ estimator: String) -> Double? {
      report.sides[side].admissions.first { $0.estimator == estimator }?.raw?.nats
    }
    var plainGap: Double?
    if let shared = plain(1, "ksg-1"), let useful = plain(0, "ross") { plainGap = shared - useful }
    let alone = models.accuracy(models.alone)
    let decision = report.decisions[0]
    return ModalityVerdict(
      overlap: overlap, seed: seed, verdict: decision.verdict, gap: decision.gap?.nats,
      interval: decision.gapInterval, exactGap: models.teacherStudent - models.studentLabel,
      plainGap: plainGap,
      gains: weights.map { models.accuracy(models.taught(weight: $0)) - alone })
  }
}
