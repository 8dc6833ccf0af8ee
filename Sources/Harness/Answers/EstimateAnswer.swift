// SPDX-License-Identifier: MIT

package import EstimatorAPI

/// What was read as a variable, and as what.
package struct VariableRecord: Encodable, Sendable {
  package let name: String
  package let file: String
  package let reading: String
  package let hash: String

  package init(name: String, file: String, reading: String, hash: String) {
    self.name = name
    self.file = file
    self.reading = reading
    self.hash = hash
  }
}

/// The estimator that a pair gets where none is named, with or without a given variable.
package func defaultEstimator(
  for kind: PairKind, rows: Int, isConditional: Bool = false
) -> String {
  switch kind {
  case .continuous: rows < 40 || isConditional ? "ksg-1" : "auto"
  case .mixed: isConditional ? "classifier" : "ross"
  case .discrete: "discrete"
  }
}

/// The shape of `mi estimate --json`.
package struct EstimateAnswer: Encodable {
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
  package let variables: [VariableRecord]

  package init(
    descriptor: EstimatorDescriptor, parameters: ParameterValues, request: EstimationRequest,
    estimate: Estimate, test: PermutationTest?, variables: [VariableRecord], seconds: Double?
  ) {
    estimator = descriptor.id
    version = descriptor.version
    self.parameters = parameters
    nats = estimate.information.nats
    standardErrorNats = estimate.standardError?.nats
    kind = estimate.kind
    n = request.count
    dx = request.x.dimension
    dy = request.y.dimension
    dz = request.given?.dimension
    classes = (request.y.labels ?? request.x.labels)?.classCount
    self.seconds = seconds
    seed = request.seed
    diagnostics = estimate.diagnostics
    warnings = estimate.warnings
    independence = test
    self.variables = variables
  }
}
