// SPDX-License-Identifier: MIT

import EstimatorAPI

/// Fits families on one part of the rows, chooses on a second, guards on a third, refits on all.
struct AutoChoice {
  /// The id of the chosen family.
  let chosen: String
  /// The chosen family fitted to all rows.
  let whole: FittedFamily
  /// The chosen family's bounds on the third part.
  let guardScore: BoundScore
  /// What was chosen and why.
  let diagnostics: [String: DiagnosticValue]

  private struct Candidate {
    let family: any AutoFamily
    let fitted: FittedFamily
    let score: BoundScore
  }

  /// - Throws: `cancelled`, `tooFewSamples` where groups are too few for three parts, `diverged` where no family could be fitted.
  init(
    _ joint: JointScores, _ families: [any AutoFamily], _ request: EstimationRequest
  ) throws(EstimatorError) {
    let n = request.count
    let context = AutoContext(
      seed: request.seed, threads: request.threads, isCancelled: request.isCancelled,
      groups: request.groups)
    var random = RandomSource(seed: request.seed, 0x4155_544F)
    let rows = try shuffledParts(
      endingAt: [n / 2, 3 * n / 4, n], groups: request.groups, using: &random)
    let parts = rows.map { joint.rows.selecting(rows: $0) }
    let training = context.selecting(rows: rows[0])
    var candidates: [Candidate] = []
    for family in families {
      try request.checkCancellation()
      guard let fitted = family.fit(parts[0], dx: joint.dx, context: training) else { continue }
      candidates.append(
        Candidate(
          family: family, fitted: fitted,
          score: BoundScore(fitted.ratio, parts[1], dx: joint.dx, shifts: 4)))
    }
    try request.checkCancellation()
    // Of equal ones the first, which is the simplest.
    let ranked = candidates.enumerated().sorted {
      ($0.element.score.conditional, -$0.offset) > ($1.element.score.conditional, -$1.offset)
    }.map(\.element)
    guard let best = ranked.first,
      let whole = best.family.fit(joint.rows, dx: joint.dx, context: context)
    else {
      try request.checkCancellation()
      throw EstimatorError(.diverged, "No density could be fitted to the \(n) rows.")
    }
    chosen = best.family.id
    self.whole = whole
    guardScore = BoundScore(best.fitted.ratio, parts[2], dx: joint.dx, shifts: 10)
    var diagnostics: [String: DiagnosticValue] = [
      "chosen": .text(best.family.id),
      "families": .texts(ranked.map(\.family.id)),
      "heldOutConditionalNats": .numbers(ranked.map(\.score.conditional)),
      "heldOutBoundNats": .numbers(ranked.map(\.score.nguyenWainwrightJordan)),
      "guardNats": .number(guardScore.nguyenWainwrightJordan),
      "guardErrorNats": .number(guardScore.error),
      "guardDonskerVaradhanNats": .number(guardScore.donskerVaradhan),
    ]
    if ranked.count > 1 {
      let lead = best.score.conditional - ranked[1].score.conditional
      diagnostics["runnerUp"] = .text(ranked[1].family.id)
      diagnostics["leadNats"] = .number(lead)
      diagnostics["reason"] = .text(
        "\(best.family.id) predicts each side from the other best on held-out rows, by \(lead) nats "
          + "a row before \(ranked[1].family.id)")
    }
    self.diagnostics = diagnostics
  }
}
