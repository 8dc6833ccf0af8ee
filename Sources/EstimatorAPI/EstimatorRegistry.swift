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

  /// The entry called `id`.
  ///
  /// - Throws: `unknownEstimator` with the nearest names.
  public func entry(_ id: String) throws(EstimatorError) -> Entry {
    guard let entry = entries.first(where: { $0.descriptor.id == id }) else {
      throw .unknownEstimator(id, nearest: nearestIDs(to: id))
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

  /// Up to two ids that differ from `id` in few letters or contain it.
  private func nearestIDs(to id: String) -> [String] {
    let ranked = entries.map(\.descriptor.id)
      .map { (id: $0, distance: $0.contains(id) ? 1 : editDistance(Array($0), Array(id))) }
      .filter { $0.distance <= max(2, id.count / 2) }
      .sorted { ($0.distance, $0.id) < ($1.distance, $1.id) }
    return ranked.prefix(2).map(\.id)
  }
}

/// The least number of letters to insert, delete or replace to turn one word into the other.
private func editDistance(_ left: [Character], _ right: [Character]) -> Int {
  var row = Array(0...right.count)
  for (i, letter) in left.enumerated() {
    var diagonal = row[0]
    row[0] = i + 1
    for (j, other) in right.enumerated() {
      let above = row[j + 1]
      row[j + 1] = min(diagonal + (letter == other ? 0 : 1), above + 1, row[j] + 1)
      diagonal = above
    }
  }
  return row[right.count]
}
