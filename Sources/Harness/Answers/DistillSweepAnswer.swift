// SPDX-License-Identifier: MIT

/// The shape of `mi distill mfh --json`.
package struct DistillSweepAnswer: Encodable {
  package let schema = "mi.distill.mfh/1"
  package let seeds: Int
  package let weights: [Double]
  package let crossings: [Crossing?]
  package let rows: [Row]

  package struct Crossing: Encodable {
    package let gamma: Double
    package let error: Double?
  }

  package struct Row: Encodable {
    package let gamma: Double
    package let trials: [ModalityTestBed.Trial]
  }

  package init(_ sweep: ModalitySweep) {
    seeds = sweep.seeds
    weights = sweep.bed.weights
    crossings = sweep.crossings.map { $0.map { Crossing(gamma: $0.gamma, error: $0.error) } }
    rows = sweep.rows.map { Row(gamma: $0.gamma, trials: $0.trials) }
  }
}
