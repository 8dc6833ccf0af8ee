// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators
import Synchronization

/// Estimates that were made before, so that none is made twice.
///
/// A check keeps here what every estimator said of every synthetic sample and of every draw of the
/// data's rows, one by one as they are made: the same check again only reads, and an interrupted one
/// goes on where it stopped. Without a file it lives as long as the object, which serves many checks
/// of one regime in one process.
///
/// The key is all that a number depends on: estimator, version and parameters; the truth with its
/// parameters, or the hash of the data; rows, seed and number of the draw; and the build of this
/// program. Diagnostics and warnings are not kept.
public final class TrialCache: Sendable, NumbersMemo {
  /// Where it is kept; nil where it lives in memory.
  public var path: String? { shelf?.path }

  package let shelf: (any TrialShelf)?
  private let build: String
  private let memory = Mutex<[TrialKey: Trial.Outcome]>([:])
  private let keptNumbers = Mutex<[String: [Double]]>([:])
  private let failure = Mutex<DataError?>(nil)

  /// Creates a cache in memory.
  public init() {
    shelf = nil
    build = ""
  }

  /// Creates a cache over a shelf that keeps things longer than this process.
  ///
  /// `build` names the program that makes the numbers: another one shares none of them.
  package init(on shelf: any TrialShelf, build: String) {
    self.shelf = shelf
    self.build = build
  }

  /// What the store said when it first failed, for example that the disk is full; from there on
  /// nothing is kept.
  public var complaint: DataError? { failure.withLock { $0 } }

  /// What is estimated, apart from the number of the draw.
  struct Work: Sendable {
    let estimator: EstimatorDescriptor
    let parameters: ParameterValues
    let source: TrialSource
    let n: Int
    /// The kind, columns and information of the pair, for the store's table of tasks; any
    /// information is within the error of data, whose own nobody knows.
    let pair: (kind: PairKind, dx: Int, dy: Int, nats: Double, natsError: Double)
  }

  /// The outcomes of draws 0 ..< count: those known from before, the others made now.
  ///
  /// From the moment that `isCancelled` is true, none is made and none is kept.
  func outcomes(
    _ count: Int, of work: Work, threads: Int, isCancelled: @Sendable () -> Bool,
    make: @Sendable (Int) -> (outcome: Trial.Outcome, seconds: Double)
  ) -> [(outcome: Trial.Outcome, seconds: Double)] {
    let keys = (0..<count).map { key(work, draw: $0) }
    let known = recall(keys, task: task(work))
    return parallelMap(count, threads: threads) { index in
      if let outcome = known[keys[index]] { return (outcome, 0) }
      if isCancelled() { return (.failure(.cancelled), 0) }
      let made = make(index)
      if isCancelled() { return (.failure(.cancelled), made.seconds) }
      keep(made.outcome, seconds: made.seconds, under: keys[index])
      return made
    }
  }

  /// What is known of draws 0 ..< count, and the key of each; nil where it is still to be made.
  func known(_ count: Int, of work: Work) -> [(key: TrialKey, outcome: Trial.Outcome?)] {
    let keys = (0..<count).map { key(work, draw: $0) }
    let known = recall(keys, task: task(work))
    return keys.map { ($0, known[$0]) }
  }

  /// Numbers that depend on their source alone: those kept from before, or the ones made now.
  package func numbers<Failure: Error>(
    _ source: NumbersSource, make: () throws(Failure) -> [Double]
  ) throws(Failure) -> [Double] {
    let name = CacheKey(source: source, build: build).text
    if let known = recall(name) { return known }
    let made = try make()
    guard let shelf else {
      keptNumbers.withLock { $0[name] = made }
      return made
    }
    guard complaint == nil else { return made }
    do throws(DataError) {
      try shelf.keep(made, named: name)
    } catch {
      failure.withLock { $0 = $0 ?? error }
    }
    return made
  }

  private func recall(_ name: String) -> [Double]? {
    guard let shelf else { return keptNumbers.withLock { $0[name] } }
    guard complaint == nil else { return nil }
    do throws(DataError) {
      return try shelf.keptNumbers(name)
    } catch {
      failure.withLock { $0 = $0 ?? error }
      return nil
    }
  }

  private func task(_ work: Work) -> TaskRecord {
    let suite =
      switch work.source {
      case .truth: "ladder"
      case .rows: "data"
      }
    return TaskRecord(
      id: CacheKey(source: work.source, build: build).text, suite: suite, kind: work.pair.kind,
      dx: work.pair.dx, dy: work.pair.dy, nats: work.pair.nats, natsError: work.pair.natsError)
  }

  private func key(_ work: Work, draw: Int) -> TrialKey {
    TrialKey(
      estimator: work.estimator.id, version: work.estimator.version,
      parameters: work.parameters.canonicalJSON,
      task: CacheKey(source: work.source, build: build).text, n: work.n, seed: draw)
  }

  private func recall(_ keys: [TrialKey], task: TaskRecord) -> [TrialKey: Trial.Outcome] {
    guard let first = keys.first, complaint == nil else { return [:] }
    guard let shelf else {
      return memory.withLock { memory in
        Dictionary(uniqueKeysWithValues: keys.compactMap { key in memory[key].map { (key, $0) } })
      }
    }
    do throws(DataError) {
      try shelf.register(task)
      let records = try shelf.trials(like: first)
      return Dictionary(records.map { ($0.key, $0.outcome) }, uniquingKeysWith: { one, _ in one })
    } catch {
      failure.withLock { $0 = $0 ?? error }
      return [:]
    }
  }

  private func keep(_ outcome: Trial.Outcome, seconds: Double, under key: TrialKey) {
    if case .failure(let error) = outcome, error.code == .cancelled { return }
    let kept = outcome.withoutDetails
    guard let shelf else {
      memory.withLock { $0[key] = kept }
      return
    }
    guard complaint == nil else { return }
    do throws(DataError) {
      try shelf.insert(
        TrialRecord(key: key, outcome: kept, seconds: seconds, peakMemory: nil, host: "cache"))
    } catch {
      failure.withLock { $0 = $0 ?? error }
    }
  }
}

extension Trial.Outcome {
  /// The outcome as a cache keeps it: without diagnostics and warnings.
  var withoutDetails: Trial.Outcome {
    guard case .estimate(let estimate) = self else { return self }
    return .estimate(
      Estimate(estimate.information, kind: estimate.kind, standardError: estimate.standardError))
  }
}

extension Optional where Wrapped == TrialCache {
  /// As ``TrialCache/outcomes(_:of:threads:isCancelled:make:)``, and without a cache all are made now.
  func outcomes(
    _ count: Int, of work: TrialCache.Work?, threads: Int, isCancelled: @Sendable () -> Bool,
    make: @Sendable (Int) -> (outcome: Trial.Outcome, seconds: Double)
  ) -> [(outcome: Trial.Outcome, seconds: Double)] {
    guard let self, let work else {
      return parallelMap(count, threads: threads) { index in
        isCancelled() ? (.failure(.cancelled), 0) : make(index)
      }
    }
    return self.outcomes(count, of: work, threads: threads, isCancelled: isCancelled, make: make)
  }
}
