// SPDX-License-Identifier: MIT

package import EstimatorAPI

/// The pairs of columns of one table, or of its columns with one more variable.
///
/// Each pair gets the bits that `estimate` gives for it alone, the lower column first; work on a
/// column is shared where the estimator is ``SideSharing``, and pairs are shared by the threads.
package struct ColumnPairs: Sendable {
  /// One pair and what came of it.
  package struct Outcome: Sendable {
    /// The column that is x.
    package let x: Int
    /// The column that is y; nil for the other variable.
    package let y: Int?
    /// The estimate without its pointwise values, or the reason why there is none.
    package let result: Result<Estimate, EstimatorError>
  }

  private let columns: [Variable]
  private let target: Variable?
  private let pairs: [(x: Int, y: Int?)]

  /// All pairs of columns, or each column with `target`.
  ///
  /// - Throws: `rowsDiffer` where the target has another number of rows.
  package init(_ table: Samples, target: Variable?) throws(EstimatorError) {
    if let target, target.count != table.count {
      throw .rowsDiffer(x: table.count, y: target.count)
    }
    self.target = target
    var columns: [Variable] = []
    for column in 0..<table.dimension {
      columns.append(.samples(try Samples(table.column(column))))
    }
    self.columns = columns
    let count = columns.count
    pairs =
      target == nil
      ? (0..<count).flatMap { x in (x + 1..<max(count, x + 1)).map { (x, $0) } }
      : (0..<count).map { ($0, nil) }
  }

  /// Estimates every pair; the order of the outcomes is by x, then by y.
  ///
  /// - Throws: `cancelled`.
  package func estimates(
    by estimator: any MutualInformationEstimator, seed: UInt64, threads: Int,
    progress: @escaping @Sendable (Double) -> Void = { _ in },
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws(EstimatorError) -> [Outcome] {
    let estimate = estimate(by: estimator, seed: seed, threads: threads)
    return try outcomes(
      seed: seed, threads: threads, progress: progress, isCancelled: isCancelled, by: estimate)
  }

  /// Whether some variable has few values or atoms, so that one estimator does not suit all pairs.
  package var needPlans: Bool {
    (columns + (target.map { [$0] } ?? [])).contains { variable in
      guard let samples = variable.samples else { return false }
      return samples.profiles.contains { $0.kind == .fewValues || $0.kind == .atoms }
    }
  }

  /// Estimates every pair by what its ``DefaultPlan`` chooses, neighbors for continuous pairs.
  ///
  /// - Throws: `cancelled`.
  package func plannedEstimates(
    _ registry: EstimatorRegistry, _ parameters: [String: String], seed: UInt64, threads: Int,
    progress: @escaping @Sendable (Double) -> Void = { _ in },
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws(EstimatorError) -> [Outcome] {
    try outcomes(seed: seed, threads: threads, progress: progress, isCancelled: isCancelled) {
      (_, _, request) throws(EstimatorError) in
      let plan = DefaultPlan(request.x, request.y, neighborsOnly: true)
      let planned = try request.with(x: plan.x, y: plan.y)
      return try registry.make(plan.estimator, parameters).finiteEstimate(planned)
    }
  }

  private func outcomes(
    seed: UInt64, threads: Int, progress: @escaping @Sendable (Double) -> Void,
    isCancelled: @escaping @Sendable () -> Bool, by estimate: PairEstimate
  ) throws(EstimatorError) -> [Outcome] {
    let work = pairs
    let state = ChunkProgress(chunks: work.count, progress: progress, isCancelled: isCancelled)
    let results = parallelMap(work.count, threads: threads) {
      index -> Result<Estimate, EstimatorError> in
      guard state.mayStart() else { return .failure(.cancelled) }
      defer { state.finishedOne() }
      return Result { () throws(EstimatorError) in
        var found = try estimate(
          work[index].x, work[index].y,
          try EstimationRequest(
            x: columns[work[index].x], y: other(work[index].y), seed: seed,
            isCancelled: isCancelled))
        found.pointwise = nil
        return found
      }
    }
    if state.wasCancelled || isCancelled() { throw .cancelled }
    return zip(work, results).map { Outcome(x: $0.x, y: $0.y, result: $1) }
  }

  private func other(_ y: Int?) -> Variable { y.map { columns[$0] } ?? target ?? columns[0] }

  private typealias PairEstimate =
    @Sendable (Int, Int?, EstimationRequest) throws(EstimatorError) -> Estimate

  private func estimate(
    by estimator: any MutualInformationEstimator, seed: UInt64, threads: Int
  ) -> PairEstimate {
    if let sharing = estimator as? any SideSharing {
      return shared(sharing, seed: seed, threads: threads)
    }
    return { (_, _, request) throws(EstimatorError) in try estimator.finiteEstimate(request) }
  }

  /// Makes each column's side once, as x and as y, and the target's.
  private func shared<Sharing: SideSharing>(
    _ estimator: Sharing, seed: UInt64, threads: Int
  ) -> PairEstimate {
    typealias Made = Result<Sharing.Side, EstimatorError>
    let columns = columns
    func sides(_ isX: Bool) -> [Made] {
      parallelMap(columns.count, threads: threads) { index in
        Made { () throws(EstimatorError) in
          try estimator.side(columns[index], isX: isX, seed: seed)
        }
      }
    }
    let xs = sides(true)
    let ys = target == nil ? sides(false) : []
    let last = target.map { target in
      Made { () throws(EstimatorError) in try estimator.side(target, isX: false, seed: seed) }
    }
    return { (x, y, request) throws(EstimatorError) in
      try estimator.descriptor.checkAccepts(request)
      let first = try xs[x].get()
      let second: Sharing.Side
      if let y {
        second = try ys[y].get()
      } else if let last {
        second = try last.get()
      } else {
        return try estimator.estimate(request)
      }
      return try estimator.estimate(x: first, y: second, of: request)
    }
  }
}
