// SPDX-License-Identifier: MIT

package import EstimatorAPI
import Estimators

/// The shape of `mi lags --json`.
package struct LagsAnswer: Encodable {
  /// One lag with its number.
  package struct Lag: Encodable {
    package let lag: Int
    package let nats: Double
    @Nullable package var standardErrorNats: Double?
    /// Of the largest number over all lags, where there is a test.
    @Nullable package var pValue: Double?
  }

  package let schema = "mi.lags/1"
  package let estimator: String
  package let version: String
  package let parameters: ParameterValues
  package let lags: [Lag]
  package let peak: Lag
  /// What the largest number over the lags stays below in 95 of 100 surrogates.
  @Nullable package var thresholdNats: Double?
  @Nullable package var independence: PermutationTest?
  /// The rows that are paired at every lag.
  package let n: Int
  package let rows: Int
  package let dx: Int
  package let dy: Int
  package let trials: Int
  /// The trials that are shorter than the lags reach, and have no pair.
  package let shortTrials: Int
  package let effectiveRows: Double
  package let rowMemory: Double
  package let seed: UInt64
  @Nullable package var seconds: Double?
  package let assumptions: [String]
  package let warnings: [EstimateWarning]
  package let variables: [VariableRecord]
  @Nullable package var missing: MissingRecord?

  package init(
    _ operation: LagsOperation, _ outcome: LagsOperation.Outcome, seed: UInt64,
    variables: [VariableRecord], missing: MissingRecord? = nil, timing: Bool
  ) {
    estimator = operation.entry.descriptor.id
    version = operation.entry.descriptor.version
    parameters = operation.parameters
    lags = outcome.lags.map {
      Lag(
        lag: $0.lag, nats: $0.estimate.information.nats, standardErrorNats: $0.error,
        pValue: $0.pValue)
    }
    peak = lags[outcome.peak]
    thresholdNats = outcome.thresholdNats
    independence = outcome.test
    n = outcome.rows.count
    rows = outcome.rowCount
    (dx, dy) = outcome.dimensions
    trials = outcome.trials
    shortTrials = outcome.shortTrials
    effectiveRows = outcome.memory.effectiveRows
    rowMemory = outcome.memory.length
    self.seed = seed
    seconds = timing ? outcome.seconds : nil
    assumptions = operation.plan?.notes ?? []
    warnings = outcome.warnings
    self.variables = variables
    self.missing = missing
  }

  /// The numbers over the lags as a drawing.
  package func plot(unit: String, of nats: (Double) -> Double) -> Plot {
    var plot = Plot(
      name: "lags", title: "Information of x at t and y at t + lag", xLabel: "lag, rows",
      yLabel: unit,
      series: [
        Plot.Series(
          label: estimator, style: 0,
          points: lags.map { lag in
            (x: Double(lag.lag), y: nats(lag.nats), band: lag.standardErrorNats.map(nats))
          })
      ])
    plot.level = thresholdNats.map(nats)
    return plot
  }
}
