// SPDX-License-Identifier: MIT

import EstimatorAPI

/// One pair of a check while estimators are run on it, one after the other.
struct PairWork {
  /// The pair, in words.
  let pair: String
  let x: Variable
  let y: Variable
  let regime: Regime
  let family: TruthFamily
  let truths: [any GroundTruth]
  let twin: (any GroundTruth)?
  /// Labels that both sides may be paired by; nil for the label side itself.
  let sharedLabels: Labels?
  /// All that draws of the rows depend on; nil without a cache.
  let data: DataKey?
  /// The estimators not yet run, in order.
  var pending: [EstimatorChoice]
  /// What the others said.
  var members: [SideMember] = []
  /// The test for views paired by label alone, once it was made.
  var pairing: LabelPairing?
  /// Why that test was not made, where it failed.
  var untestedPairing: EstimateWarning?

  /// The side as the members that are there make it.
  var side: Side {
    Side(
      pair: pair, n: regime.n, members: members,
      labelEntropy: regime.kind == .continuous ? nil : regime.ceiling, pairing: pairing)
  }
}
