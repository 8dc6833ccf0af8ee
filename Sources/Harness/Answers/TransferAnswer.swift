// SPDX-License-Identifier: MIT

package import EstimatorAPI
import Estimators

/// The shape of `mi transfer --json`.
package struct TransferAnswer: Encodable {
  /// A lag that was tried.
  package struct Lag: Encodable {
    package let lag: Int
    package let nats: Double
  }

  /// The criterion of a history that was tried.
  package struct History: Encodable {
    package let history: Int
    package let criterion: Double
  }

  package let schema = "mi.transfer/1"
  package let estimator: String
  package let version: String
  package let parameters: ParameterValues
  package let nats: Double
  @Nullable package var standardErrorNats: Double?
  /// The number less the mean of the surrogates; null where it was not asked for.
  @Nullable package var correctedNats: Double?
  package let lag: Int
  package let history: Int
  package let sourceHistory: Int
  package let step: Int
  @Nullable package var givenLag: Int?
  @Nullable package var givenHistory: Int?
  /// Empty where the lag or the history was given.
  package let lagsTried: [Lag]
  package let historiesTried: [History]
  package let sourceHistoriesTried: [History]
  @Nullable package var independence: PermutationTest?
  @Nullable package var surrogateMeanNats: Double?
  @Nullable package var surrogateDeviationNats: Double?
  /// The rows that have all the past that is looked at.
  package let n: Int
  package let rows: Int
  package let dx: Int
  package let dy: Int
  package let dz: Int
  package let trials: Int
  package let shortTrials: Int
  package let effectiveRows: Double
  package let rowMemory: Double
  package let seed: UInt64
  @Nullable package var seconds: Double?
  package let diagnostics: [String: DiagnosticValue]
  package let warnings: [EstimateWarning]
  package let variables: [VariableRecord]
  @Nullable package var missing: MissingRecord?

  package init(
    _ operation: TransferOperation, _ outcome: TransferOperation.Outcome,
    _ settings: TransferSettings, seed: UInt64, variables: [VariableRecord],
    missing: MissingRecord? = nil, timing: Bool
  ) {
    estimator = operation.entry.descriptor.id
    version = operation.entry.descriptor.version
    parameters = operation.parameters
    nats = outcome.estimate.information.nats
    standardErrorNats = outcome.estimate.standardError?.nats
    correctedNats = outcome.correctedNats
    lag = outcome.lag
    history = outcome.history
    sourceHistory = outcome.sourceHistory
    step = settings.step
    givenLag = outcome.givenLag
    givenHistory = outcome.givenLag == nil ? nil : settings.givenHistory
    lagsTried = outcome.lagsTried.map { Lag(lag: $0.lag, nats: $0.nats) }
    historiesTried = Self.histories(outcome.histories.target)
    sourceHistoriesTried = Self.histories(outcome.histories.source)
    independence = outcome.test
    surrogateMeanNats = outcome.surrogateMoments?.mean
    surrogateDeviationNats = outcome.surrogateMoments?.deviation
    n = outcome.rows.count
    rows = outcome.rowCount
    dx = outcome.request.x.dimension
    dy = outcome.request.y.dimension
    dz = outcome.request.given?.dimension ?? 0
    trials = outcome.trials
    shortTrials = outcome.shortTrials
    effectiveRows = outcome.memory.effectiveRows
    rowMemory = outcome.memory.length
    self.seed = seed
    seconds = timing ? outcome.seconds : nil
    diagnostics = outcome.estimate.diagnostics
    warnings = outcome.estimate.warnings
    self.variables = variables
    self.missing = missing
  }

  private static func histories(_ criteria: [Double]) -> [History] {
    criteria.enumerated().map { History(history: $0 + 1, criterion: $1) }
  }
}
