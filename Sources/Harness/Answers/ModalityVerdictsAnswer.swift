// SPDX-License-Identifier: MIT

/// The shape of `mi distill mfh --verdicts --json`.
package struct ModalityVerdictsAnswer: Encodable {
  package let schema = "mi.distill.mfh.verdicts/1"
  package let rows: Int
  package let weights: [Double]
  package let verdicts: [ModalityVerdict]

  package init(_ found: ModalityVerdicts) {
    rows = found.rows
    weights = found.bed.weights
    verdicts = found.verdicts
  }
}
