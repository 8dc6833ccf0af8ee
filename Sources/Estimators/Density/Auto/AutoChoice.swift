// SPDX-License-Identifier: MIT

import EstimatorAPI

/// Fits families on one part of the rows, chooses on a second, guards on a third, refits on all.
struct AutoChoice {
  /// The chosen family and the rows it reads.
  let entrant: AutoEntrant
  /// The chosen family fitted to all rows.
  let whole: FittedFamily
  /// The chosen family's bounds on the third part.
  let guardScore: BoundScore
  /// What was chosen and why.
  let diagnostics: [String: DiagnosticValue]

  private struct Candidate {
    let entrant: AutoEntrant
    let fitted: FittedFamily
    let score: BoundScore
    /// How well each side is told from the other, as densities of normal scores.
    let conditional: Double

    var id: String { entrant.family.id }
  }

  /// - Throws: `cancelled`, `tooFewSamples` where groups are too few for three parts, `diverged` where no family could be fitted.
  init(
    _ entrants: [AutoEntrant], dx: Int, _ request: EstimationRequest
  ) throws(EstimatorError) {
    let n = request.count
    let context = AutoContext(
      seed: request.seed, threads: request.threads, isCancelled: request.isCancelled,
      groups: request.groups)
    var random = RandomSource(seed: request.seed, 0x4155_544F)
    let rows = try shuffledParts(
      endingAt: [n / 2, 3 * n / 4, n], groups: request.groups, using: &random)
    let training = context.selecting(rows: rows[0])
    var candidates: [Candidate] = []
    for entrant in entrants {
      try request.checkCancellation()
      let part = entrant.rows.selecting(rows: rows[0])
      guard let fitted = entrant.family.fit(part, dx: dx, context: training) else { continue }
      let score = BoundScore(
        fitted.ratio, entrant.rows.selecting(rows: rows[1]), dx: dx, shifts: 4)
      candidates.append(
        Candidate(
          entrant: entrant, fitted: fitted, score: score,
          conditional: score.conditional - entrant.meanLogSlope(rows[1])))
    }
    try request.checkCancellation()
    // Of equal ones the first, which is the simplest.
    let ranked = candidates.enumerated().sorted {
      ($0.element.conditional, -$0.offset) > ($1.element.conditional, -$1.offset)
    }.map(\.element)
    guard let best = ranked.first,
      let whole = best.entrant.family.fit(best.entrant.rows, dx: dx, context: context)
    else {
      try request.checkCancellation()
      throw EstimatorError(.diverged, "No density could be fitted to the \(n) rows.")
    }
    entrant = best.entrant
    self.whole = whole
    guardScore = BoundScore(
      best.fitted.ratio, best.entrant.rows.selecting(rows: rows[2]), dx: dx, shifts: 10)
    var diagnostics: [String: DiagnosticValue] = [
      "chosen": .text(best.id),
      "coordinates": .text(best.entrant.coordinates.rawValue),
      "families": .texts(ranked.map(\.id)),
      "heldOutConditionalNats": .numbers(ranked.map(\.conditional)),
      "heldOutBoundNats": .numbers(ranked.map(\.score.nguyenWainwrightJordan)),
      "guardNats": .number(guardScore.nguyenWainwrightJordan),
      "guardErrorNats": .number(guardScore.error),
      "guardDonskerVaradhanNats": .number(guardScore.donskerVaradhan),
    ]
    if ranked.count > 1 {
      let lead = best.conditional - ranked[1].conditional
      diagnostics["runnerUp"] = .text(ranked[1].id)
      diagnostics["leadNats"] = .number(lead)
      diagnostics["reason"] = .text(
        "\(best.id) predicts each side from the other best on held-out rows, by \(lead) nats "
          + "a row before \(ranked[1].id)")
    }
    self.diagnostics = diagnostics
  }
}
