// SPDX-License-Identifier: MIT

/// The estimators a program knows, by id.
///
/// A value that is filled once at start, the built-in table first and then plugins, and passed as
/// an argument: there is no global registry.
public struct EstimatorRegistry: Sendable {
  /// One registered estimator.
  public struct Entry: Sendable {
    /// What it is.
    public let descriptor: EstimatorDescriptor
    /// Where it came from: `built-in`, or the path of a plugin.
    public let origin: String
    /// Makes an estimator from checked parameters.
    public let make:
      @Sendable (ParameterValues) throws(EstimatorError) -> any MutualInformationEstimator

    /// Creates an entry.
    public init(
      descriptor: EstimatorDescriptor, origin: String,
      make:
        @escaping @Sendable (ParameterValues) throws(EstimatorError) ->
        any MutualInformationEstimator
    ) {
      self.descriptor = descriptor
      self.origin = origin
      self.make = make
    }

    /// Creates an entry for an estimator type.
    public init<Type: StaticEstimator>(_ type: Type.Type, origin: String = "built-in") {
      self.init(descriptor: type.descriptor, origin: origin) {
        (parameters) throws(EstimatorError) -> any MutualInformationEstimator in
        try Type(parameters: parameters)
      }
    }
  }

  /// The entries in the order of their registration.
  public private(set) var entries: [Entry] = []

  /// The wrappers known, in the order of their registration.
  public private(set) var wrappers: [EstimatorWrapper] = []

  /// Creates an empty registry.
  public init() {}

  /// Adds an estimator.
  ///
  /// - Throws: `duplicateEstimator` where the id is taken.
  public mutating func register(_ entry: Entry) throws(EstimatorError) {
    if let other = entries.first(where: { $0.descriptor.id == entry.descriptor.id }) {
      throw .duplicateEstimator(entry.descriptor.id, origins: (other.origin, entry.origin))
    }
    entries.append(entry)
  }

  /// Removes an estimator, where there is one of this id.
  package mutating func remove(_ id: String) {
    entries.removeAll { $0.descriptor.id == id }
  }

  /// Adds a wrapper, which may then stand before any estimator: `rank+ksg-1`.
  ///
  /// - Throws: `duplicateEstimator` where the name is taken.
  public mutating func register(_ wrapper: EstimatorWrapper) throws(EstimatorError) {
    guard !wrappers.contains(where: { $0.name == wrapper.name }) else {
      throw .duplicateEstimator(wrapper.name, origins: ("a wrapper", "another wrapper"))
    }
    wrappers.append(wrapper)
  }

  /// The entry called `id`; `wrapper+id` is the estimator inside that wrapper.
  ///
  /// - Throws: `unknownEstimator` with the nearest names.
  public func entry(_ id: String) throws(EstimatorError) -> Entry {
    if let plus = id.firstIndex(of: "+") {
      let name = String(id[..<plus])
      guard let wrapper = wrappers.first(where: { $0.name == name }) else {
        throw EstimatorError(
          .unknownEstimator,
          "There is no wrapper \"\(name)\"; there are \(wrappers.map(\.name).joined(separator: ", "))."
        )
      }
      return wrapper.entry(around: try entry(String(id[id.index(after: plus)...])))
    }
    guard let entry = entries.first(where: { $0.descriptor.id == id }) else {
      throw .unknownEstimator(
        id, nearest: nearestNames(to: id, among: entries.map(\.descriptor.id)))
    }
    return entry
  }

  /// Makes the estimator called `id` with parameters given as texts.
  ///
  /// - Throws: `unknownEstimator`, `unknownParameter` or `invalidParameter`.
  public func make(
    _ id: String, _ parameters: [String: String] = [:]
  ) throws(EstimatorError) -> any MutualInformationEstimator {
    let entry = try entry(id)
    return try entry.make(entry.descriptor.resolve(parameters))
  }
}
