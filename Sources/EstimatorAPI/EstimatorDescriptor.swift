// SPDX-License-Identifier: MIT

/// What an estimator is, as data: enough for `mi list`, for checking parameters before any work,
/// and for telling one estimator's results from another's in a store.
public struct EstimatorDescriptor: Sendable, Hashable, Codable {
  /// The name on the command line: lower case, digits and hyphens, for example `ksg-1`.
  public let id: String
  /// The version of its results: raise it whenever the same request may give another number.
  public let version: String
  /// One line of what it is.
  public let summary: String
  /// The paper, with its DOI or arXiv number.
  public let reference: String
  /// What it promises.
  public let traits: EstimatorTraits
  /// The parameters it takes.
  public let parameters: [ParameterSpecification]

  /// Creates a descriptor.
  public init(
    id: String, version: String, summary: String, reference: String, traits: EstimatorTraits,
    parameters: [ParameterSpecification] = []
  ) {
    self.id = id
    self.version = version
    self.summary = summary
    self.reference = reference
    self.traits = traits
    self.parameters = parameters
  }

  /// Every parameter's value, from the texts that were given and the defaults of the others.
  ///
  /// - Parameter texts: values by parameter name, as on the command line.
  /// - Returns: a value for every parameter of the descriptor.
  /// - Throws: `unknownParameter` or `invalidParameter`, by name.
  public func resolve(_ texts: [String: String]) throws(EstimatorError) -> ParameterValues {
    for name in texts.keys.sorted() where !parameters.contains(where: { $0.name == name }) {
      throw .unknownParameter(name, of: id, known: parameters.map(\.name))
    }
    var values: [String: ParameterValue] = [:]
    for parameter in parameters {
      if let text = texts[parameter.name] {
        values[parameter.name] = try parameter.parse(text, estimator: id)
      } else {
        values[parameter.name] = parameter.defaultValue
      }
    }
    return ParameterValues(values)
  }

  /// Refuses a request that the traits rule out: kinds, a given variable, groups, number of rows,
  /// dimensions.
  ///
  /// - Throws: `unsupportedKinds`, `unsupportedGiven`, `unsupportedGroups`, `tooFewSamples` or
  ///   `dimensionOutOfRange`.
  public func checkAccepts(_ request: EstimationRequest) throws(EstimatorError) {
    guard traits.kinds.contains(request.kind) else { throw .unsupportedKinds(request.kind, self) }
    if let given = request.given.map({ VariableKind($0) }), !traits.given.contains(given) {
      throw .unsupportedGiven(given, request.kind, self)
    }
    guard request.groups == nil || traits.groups != .refused else {
      throw .unsupportedGroups(estimator: id)
    }
    guard request.count >= traits.minimumSamples else {
      throw .tooFewSamples(found: request.count, needed: traits.minimumSamples, estimator: id)
    }
    let dimension = request.x.dimension + request.y.dimension
    if let maximum = traits.maximumDimension, dimension > maximum {
      throw .dimensionOutOfRange(found: dimension, maximum: maximum, estimator: id)
    }
  }
}
