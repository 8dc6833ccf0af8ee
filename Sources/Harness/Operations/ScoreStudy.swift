// SPDX-License-Identifier: MIT

package import EstimatorAPI

/// One estimator on the standard truth of its kind, at one regime.
package struct ScoreStudy {
  private let regime: Regime
  private let family: TruthFamily
  private let levels: [Double]
  /// Levels that the classes cannot hold, in nats.
  package let leftOut: [Double]
  /// The number of levels that are run.
  var levelCount: Int { levels.count }

  /// Chooses the truth; `levels` are in nats.
  package init(
    _ entry: EstimatorRegistry.Entry, n: Int, dx: Int, dy: Int, classes: Int, levels: [Double]
  ) {
    let kind = entry.descriptor.traits.kinds[0]
    regime = Regime(kind: kind, n: n, dx: dx, dy: dy, classes: classes)
    family = TruthFamily.standard(for: kind)
    let most = (regime.ceiling?.nats ?? .infinity) * 0.98
    self.levels = levels.filter { $0 < most }
    leftOut = levels.filter { $0 >= most }
  }

  /// The estimators scored where none is named.
  ///
  /// What draws random numbers of its own, trains, and would make this a matter of hours.
  package static func defaultEstimators(_ registry: EstimatorRegistry) -> [String] {
    registry.entries.map(\.descriptor).filter { $0.traits.isDeterministic }.map(\.id)
  }

  /// Why a level is left out, as a sentence.
  package func reason(leavingOut level: Double) -> String {
    let most = ((regime.ceiling?.nats ?? .infinity) * 1000).rounded() / 1000
    let classes = regime.yClassSizes?.count ?? 0
    return "\(level) nats are left out; \(classes) equal classes hold \(most)."
  }

  /// Runs the estimator on every level.
  ///
  /// - Throws: `invalidParameter`, `cancelled`, or the estimator's failure where no level had two
  ///   estimates.
  package func scorecard(
    _ entry: EstimatorRegistry.Entry, _ parameters: ParameterValues, _ scorer: Scorer
  ) throws(EstimatorError) -> Scorecard {
    let truths = try family.truths(for: regime, ladder: levels.map { Information(nats: $0) })
    return try scorer.score(
      try entry.make(parameters), parameters: parameters, on: truths, family: family.name,
      regime: regime)
  }
}

/// An estimator without a scorecard, and why.
package struct ScoreFailure: Encodable, Sendable {
  package let estimator: String
  package let error: String

  package init(estimator: String, error: String) {
    self.estimator = estimator
    self.error = error
  }
}
