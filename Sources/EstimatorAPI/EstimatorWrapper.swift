// SPDX-License-Identifier: MIT

/// Something that can be put around any estimator: a transform of the data before it, or a way of
/// running it several times.
///
/// In ids it stands before a plus sign, `rank+ksg-1`, and may be stacked, `extrapolate+rank+ksg-1`. The
/// wrapped estimator is an estimator like any other: it is scored, admitted and stored under that id.
public struct EstimatorWrapper: Sendable {
  /// The name before the plus sign.
  public let name: String
  /// The version of what it does.
  public let version: String
  /// One line of what it does.
  public let summary: String
  /// Its own parameters; those of the estimator inside remain.
  public let parameters: [ParameterSpecification]
  /// The traits of the whole, from those of the estimator inside.
  public let traits: @Sendable (EstimatorTraits) -> EstimatorTraits
  /// Puts it around an estimator; the descriptor is that of the whole.
  public let wrap:
    @Sendable (any MutualInformationEstimator, EstimatorDescriptor, ParameterValues)
      throws(EstimatorError) -> any MutualInformationEstimator

  /// Creates a wrapper.
  public init(
    name: String, version: String, summary: String, parameters: [ParameterSpecification] = [],
    traits: @escaping @Sendable (EstimatorTraits) -> EstimatorTraits,
    wrap:
      @escaping @Sendable (
        any MutualInformationEstimator, EstimatorDescriptor, ParameterValues
      ) throws(EstimatorError) -> any MutualInformationEstimator
  ) {
    self.name = name
    self.version = version
    self.summary = summary
    self.parameters = parameters
    self.traits = traits
    self.wrap = wrap
  }

  /// The entry of the wrapped estimator.
  func entry(around inner: EstimatorRegistry.Entry) -> EstimatorRegistry.Entry {
    let own = Set(parameters.map(\.name))
    let descriptor = EstimatorDescriptor(
      id: "\(name)+\(inner.descriptor.id)", version: "\(version)+\(inner.descriptor.version)",
      summary: "\(summary), then \(inner.descriptor.id)", reference: inner.descriptor.reference,
      traits: traits(inner.descriptor.traits),
      parameters: parameters + inner.descriptor.parameters.filter { !own.contains($0.name) })
    return EstimatorRegistry.Entry(descriptor: descriptor, origin: inner.origin) {
      (values) throws(EstimatorError) in
      // The inner estimator sees its own parameters alone; a name that both have is the wrapper's.
      let names = Set(inner.descriptor.parameters.map(\.name)).subtracting(own)
      var mine = values.values.filter { names.contains($0.key) }
      for parameter in inner.descriptor.parameters where own.contains(parameter.name) {
        mine[parameter.name] = parameter.defaultValue
      }
      return try wrap(inner.make(ParameterValues(mine)), descriptor, values)
    }
  }
}
