// SPDX-License-Identifier: MIT

/// The shape of `mi distill study --json`.
package struct DistillStudyAnswer: Encodable {
  package let schema = "mi.distill.study/1"
  package let pairs: [DistilledPair]
  package let agreement: [RuleAgreement]
  package let verdicts: [String]
  package let effects: [String]
  package let effectTable: [[Int]]

  package init(_ run: DistillationStudy.Run) {
    pairs = run.pairs
    agreement = PredictionRule.allCases.map { RuleAgreement($0, run.pairs) }
    verdicts = EffectTable.verdicts.map(\.rawValue)
    effects = EffectTable.effects.map(\.rawValue)
    effectTable = EffectTable(run.pairs).counts
  }
}
