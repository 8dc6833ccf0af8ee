// SPDX-License-Identifier: MIT

package import EstimatorAPI
import Estimators

/// The shape of `mi estimate --json`.
package struct EstimateAnswer: Encodable {
  /// The number on another scale; null where it has none, or no error.
  package struct Normalized: Encodable {
    package let scale: Normalization
    package let formula: String
    @Nullable package var value: Double?
    @Nullable package var low: Double?
    @Nullable package var high: Double?
  }

  package let schema = "mi.estimate/1"
  package let estimator: String
  package let version: String
  package let parameters: ParameterValues
  package let nats: Double
  @Nullable package var standardErrorNats: Double?
  package let kind: EstimateKind
  package let n: Int
  package let dx: Int
  package let dy: Int
  @Nullable package var dz: Int?
  @Nullable package var classes: Int?
  @Nullable package var seconds: Double?
  package let seed: UInt64
  package let diagnostics: [String: DiagnosticValue]
  package let warnings: [EstimateWarning]
  @Nullable package var independence: PermutationTest?
  /// The number on the scales asked for; empty where none was.
  package let normalized: [Normalized]
  package let variables: [VariableRecord]
  /// What was done because of how the values were recorded; empty where an estimator was named.
  package let assumptions: [String]
  /// The rows left out because they miss a value; null where none were.
  @Nullable package var missing: MissingRecord?
  /// How the columns of x and y were recorded; null for labels.
  @Nullable package var recordingX: RecordingRecord?
  @Nullable package var recordingY: RecordingRecord?

  /// `given` is the request before the default took few values as labels.
  package init(
    _ operation: EstimateOperation, _ outcome: EstimateOperation.Outcome,
    given original: EstimationRequest, variables: [VariableRecord],
    missing: MissingRecord? = nil, timing: Bool
  ) {
    let (estimate, request) = (outcome.estimate, outcome.request)
    let descriptor = operation.entry.descriptor
    estimator = descriptor.id
    version = descriptor.version
    parameters = operation.parameters
    assumptions = outcome.assumptions
    self.missing = missing
    recordingX = RecordingRecord(of: original.x, operation.plan?.profilesX)
    recordingY = RecordingRecord(of: original.y, operation.plan?.profilesY)
    nats = estimate.information.nats
    standardErrorNats = estimate.standardError?.nats
    kind = estimate.kind
    n = request.count
    dx = request.x.dimension
    dy = request.y.dimension
    dz = request.given?.dimension
    classes = (request.y.labels ?? request.x.labels)?.classCount
    seconds = timing ? outcome.seconds : nil
    seed = request.seed
    diagnostics = estimate.diagnostics
    warnings = estimate.warnings
    independence = outcome.test
    normalized = outcome.normalized.map {
      Normalized(
        scale: $0.scale, formula: $0.scale.formula, value: $0.value, low: $0.low, high: $0.high)
    }
    self.variables = variables
  }
}

extension RecordingRecord {
  /// Nil for labels; profiles that were made already are taken.
  fileprivate init?(of variable: Variable, _ profiles: [ColumnProfile]?) {
    guard let samples = variable.samples else { return nil }
    self.init(profiles ?? samples.profiles)
  }
}
