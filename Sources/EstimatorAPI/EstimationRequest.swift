// SPDX-License-Identifier: MIT

/// All that an estimator is given for one estimate.
///
/// One argument that can grow: a field added later does not break an estimator written today.
public struct EstimationRequest: Sendable {
  /// The first variable, n rows.
  public let x: Variable
  /// The second variable, the same n rows.
  public let y: Variable
  /// What is known already, the same n rows: then the estimate is of I(x; y | given).
  ///
  /// Only an estimator whose traits name its kind under ``EstimatorTraits/given`` accepts it.
  public let given: Variable?
  /// The seed of everything random in the estimate.
  public var seed: UInt64
  /// How many threads may work at once, at least 1.
  ///
  /// It must not change the result, not by a bit.
  public var threads: Int
  /// Told the share of the work done, 0 to 1, from any thread.
  ///
  /// Estimators need not report progress.
  public var progress: @Sendable (Double) -> Void
  /// The group of each row, for example its speaker; nil where rows stand alone.
  ///
  /// An estimator that trains on some rows and scores others keeps the rows of a group together. Only
  /// one whose traits say so under ``EstimatorTraits/groups`` accepts them.
  public let groups: [Int]?
  /// Asked now and then by work of more than a second; true means: throw `.cancelled`.
  public var isCancelled: @Sendable () -> Bool

  /// Creates a request.
  ///
  /// One that stands for a part or a change of another is made by ``with(x:y:given:)`` and
  /// ``selecting(rows:)``, which forget nothing.
  ///
  /// - Throws: `rowsDiffer` where the variables or the groups have different numbers of rows.
  public init(
    x: Variable, y: Variable, given: Variable? = nil, groups: [Int]? = nil, seed: UInt64 = 0,
    threads: Int = 1,
    progress: @escaping @Sendable (Double) -> Void = { _ in },
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws(EstimatorError) {
    guard x.count == y.count else { throw .rowsDiffer(x: x.count, y: y.count) }
    if let given, given.count != x.count {
      throw .rowsDiffer(x: x.count, given: given.count)
    }
    if let groups, groups.count != x.count {
      throw EstimatorError(
        .rowsDiffer,
        "The groups have \(groups.count) rows and the data \(x.count); they must be equal.")
    }
    precondition(threads >= 1, "threads is \(threads); at least 1")
    self.x = x
    self.y = y
    self.given = given
    self.groups = groups
    self.seed = seed
    self.threads = threads
    self.progress = progress
    self.isCancelled = isCancelled
  }

  /// The same request for other variables of the same rows, in their order; its progress is not told.
  ///
  /// - Throws: `rowsDiffer`.
  public func with(
    x: Variable, y: Variable, given: Variable? = nil
  ) throws(EstimatorError) -> EstimationRequest {
    try EstimationRequest(
      x: x, y: y, given: given, groups: groups, seed: seed, threads: threads,
      isCancelled: isCancelled)
  }

  /// The same request for some of the rows, counted from 0; its progress is not told.
  ///
  /// - Throws: `rowsDiffer`, which cannot be here.
  public func selecting(rows: [Int]) throws(EstimatorError) -> EstimationRequest {
    try EstimationRequest(
      x: x.selecting(rows: rows), y: y.selecting(rows: rows),
      given: given?.selecting(rows: rows), groups: groups.map { groups in rows.map { groups[$0] } },
      seed: seed, threads: threads, isCancelled: isCancelled)
  }

  /// The number of rows n.
  public var count: Int { x.count }

  /// The kind of the pair.
  public var kind: PairKind { PairKind(x, y) }

  /// The two sides, where both are continuous.
  ///
  /// - Throws: `unsupportedKinds`, naming the estimator and what it takes.
  public func continuousPair(
    for descriptor: EstimatorDescriptor
  ) throws(EstimatorError) -> (x: Samples, y: Samples) {
    guard let x = x.samples, let y = y.samples else { throw .unsupportedKinds(kind, descriptor) }
    return (x, y)
  }

  /// The continuous side and the labels, whichever order they came in.
  ///
  /// - Throws: `unsupportedKinds`, naming the estimator and what it takes.
  public func mixedPair(
    for descriptor: EstimatorDescriptor
  ) throws(EstimatorError) -> (samples: Samples, labels: Labels) {
    if let samples = x.samples, let labels = y.labels { return (samples, labels) }
    if let samples = y.samples, let labels = x.labels { return (samples, labels) }
    throw .unsupportedKinds(kind, descriptor)
  }

  /// Throws `.cancelled` if the caller has asked to stop.
  public func checkCancellation() throws(EstimatorError) {
    if isCancelled() { throw .cancelled }
  }
}
