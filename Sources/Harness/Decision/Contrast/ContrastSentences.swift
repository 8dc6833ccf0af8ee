// SPDX-License-Identifier: MIT

import EstimatorAPI

extension Contrast {
  /// What was found, in a sentence for people.
  public func sentence(teacher: String, student: String, labels: String) -> String? {
    guard let shared, let alone, let gap else { return nil }
    let conclusion =
      gap.nats > 0
      ? "\(teacher) has more to give than \(student) already has on its own"
      : "\(teacher) has less to give than \(student) already has on its own"
    return
      "\(teacher) and \(student) share \(short(shared.nats)) nats beyond \(labels); \(student) knows "
      + "\(short(alone.nats)) nats of \(labels) that \(teacher) does not; so \(conclusion)."
  }
}

extension CCHDecision {
  /// What a verdict by a contrast rests on, and what would have to be false for it to be wrong; nil where it
  /// is undecided or there is no contrast.
  public var restsOn: String? {
    guard let contrast, let gap, let error, verdict != .undecided else { return nil }
    if verdict == .distill, contrast.grade == .bounded, let bound = contrast.sharedLowerBound,
      let ceiling = contrast.labelsGivenTeacher
    {
      return
        "Bounded: on rows that no model had seen, what the views share beyond the labels is at least "
        + "\(short(bound.nats)) nats, and the teacher leaves at most \(short(ceiling.nats)) nats of the labels open. "
        + "It is wrong only if the rows are not independent, or by chance."
    }
    return
      "Calibrated: it is wrong if the two parts are off by \(short(abs(gap.nats))) nats together, "
      + "\(short(abs(gap.nats) / max(error.total, 1e-6))) times their stated error, because the estimators err on these data "
      + "otherwise than on the truths they were scored on."
  }
}
