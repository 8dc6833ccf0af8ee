// SPDX-License-Identifier: MIT

import Harness

/// The answer of `mi distill mfh --verdicts` as text.
struct ModalityVerdictsText {
  private let found: ModalityVerdicts
  private let alpha: Double

  init(_ found: ModalityVerdicts, alpha: Double) {
    self.found = found
    self.alpha = alpha
  }

  var text: String {
    found.bed.weights.indices.map(part).joined(separator: "\n\n")
      + "\n\nRules: check, the verdict of mi check on \(found.rows) held-out rows at alpha "
      + "\(fixed(alpha, 2)), with the share of drawings left undecided; exact, the larger of the exact "
      + "informations;\nplain, the larger of the numbers of ksg-1 and ross. Right: the sign of the exact "
      + "change of accuracy, in percent with standard errors, seeds as units."
  }

  private func part(_ weight: Int) -> String {
    var table = TextTable(
      "gamma", "drawings", "helped", "check right", "undecided", "exact right", "plain right")
    for overlap in Set(found.verdicts.map(\.overlap)).sorted() {
      add(
        fixed(ModalityTestBed.gamma(overlap: overlap), 2), weight, overlap: overlap, to: &table)
    }
    add("all", weight, overlap: nil, to: &table)
    return "Weight \(fixed(found.bed.weights[weight], 2))\n\(table.text)"
  }

  private func add(_ name: String, _ weight: Int, overlap: Int?, to table: inout TextTable) {
    let check = found.agreement(.check, weight: weight, overlap: overlap)
    table.add(
      name, "\(check.drawings)", fixed(100 * found.helped(weight: weight, overlap: overlap), 1),
      percent(check), fixed(100 * check.abstained, 1),
      percent(found.agreement(.exact, weight: weight, overlap: overlap)),
      percent(found.agreement(.plain, weight: weight, overlap: overlap)))
  }

  private func percent(_ agreement: ModalityVerdicts.Agreement) -> String {
    guard let accuracy = agreement.accuracy else { return "-" }
    return "\(fixed(100 * accuracy, 1)) +- \(fixed(agreement.error.map { 100 * $0 }, 1))"
  }
}
