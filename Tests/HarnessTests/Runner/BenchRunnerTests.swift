// SPDX-License-Identifier: MIT

import EstimatorAPI
import Foundation
import Harness
import Synchronization
import Testing

@Suite struct BenchRunnerTests {
  private let tasks: [any GroundTruth] = [0.0, 0.5, 1.0].map {
    GaussianTruth(dx: 1, dy: 1, information: Information(nats: $0))
  }

  private func plan(
    _ estimators: [PlantedEstimator], sizes: [Int] = [50, 100], seeds: [Int] = [0, 1, 2],
    shard: Shard = .whole
  ) throws -> BenchPlan {
    var registry = EstimatorRegistry()
    for estimator in estimators { try registry.register(estimator.entry) }
    return BenchPlan(
      configurations: try estimators.map {
        try BenchConfiguration(EstimatorChoice($0.descriptor.id), registry: registry)
      },
      tasks: tasks, suite: "planted", sizes: sizes, seeds: seeds, shard: shard)
  }

  private func run(
    _ plan: BenchPlan, _ store: ResultStore, threads: Int = 2, deadline: Duration? = nil,
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws -> RunSummary {
    try BenchRunner(
      threads: threads, executor: InProcessExecutor(deadline: deadline, measuresMemory: false),
      isCancelled: isCancelled
    ).run(plan, into: store)
  }

  @Test func theSameCommandAgainRecomputesNothing() throws {
    let calls = Counted()
    let counting = PlantedEstimator("counting") { value, _ in
      calls.add()
      return value
    }
    let folder = try StoreFolder()
    let store = try folder.store()
    #expect(try run(plan([counting], seeds: [0]), store).ran == 6)
    let grown = try run(plan([counting]), store)
    #expect(grown.ran == 12 && grown.present == 6 && grown.planned == 18)
    #expect(try run(plan([counting]), store).ran == 0)
    #expect(calls.count == 18)
  }

  @Test(arguments: [1, 3]) func resultsDoNotDependOnThreads(threads: Int) throws {
    let folder = try StoreFolder()
    let (one, other) = (try folder.store("one"), try folder.store("other"))
    let seeded = PlantedEstimator("seeded") { value, seed in value + Double(seed % 1000) }
    _ = try run(plan([seeded]), one, threads: 2)
    _ = try run(plan([seeded]), other, threads: threads)
    #expect(try one.trials().map(\.outcome) == other.trials().map(\.outcome))
  }

  @Test func everyEstimatorSeesTheSameRows() throws {
    let folder = try StoreFolder()
    let store = try folder.store()
    _ = try run(plan([PlantedEstimator("a"), PlantedEstimator("b")]), store)
    let rows = try store.trials()
    let (a, b) = (rows.filter { $0.key.estimator == "a" }, rows.filter { $0.key.estimator == "b" })
    #expect(a.map(\.outcome) == b.map(\.outcome))
    #expect(Set(a.map(\.outcome)).count == 18)
  }

  @Test(arguments: [2, 3, 7]) func shardsPartThePlanWhateverElseIsInIt(count: Int) throws {
    let one = PlantedEstimator("a")
    let whole = try plan([one]).trials.map(\.key)
    let parts = try (1...count).map { index in
      try plan([one], shard: Shard(index: index, count: count)).trials.map(\.key)
    }
    #expect(parts.map(\.count).reduce(0, +) == whole.count)
    #expect(Set(parts.joined()) == Set(whole))
    let wider = try plan(
      [PlantedEstimator("b"), one], sizes: [25, 50, 100], shard: Shard(index: 1, count: count))
    #expect(Set(parts[0]).isSubset(of: wider.trials.map(\.key)))
  }

  @Test func shardsAreAboutEquallyLarge() throws {
    let seeds = Array(0..<500)
    let sizes = try (1...4).map { index in
      try plan([PlantedEstimator("a")], seeds: seeds, shard: Shard(index: index, count: 4))
        .trials.count
    }
    // 3000 keys on 4 shards: mean 750, standard deviation 24.
    for size in sizes { #expect(abs(size - 750) < 120) }
  }

  @Test func aFailureIsARowWithItsReason() throws {
    let folder = try StoreFolder()
    let store = try folder.store()
    let failing = PlantedEstimator("failing") { _, _ throws(EstimatorError) in
      throw EstimatorError(.diverged, "It diverged.")
    }
    let notFinite = PlantedEstimator("nan") { _, _ in .nan }
    let summary = try run(plan([failing, notFinite], sizes: [50], seeds: [0]), store)
    #expect(summary.failures == ["diverged": 3, "failed": 3])
    #expect(try store.counts() == (0, 6))
  }

  @Test func anEstimateAfterItsDeadlineIsAFailure() throws {
    let folder = try StoreFolder()
    let store = try folder.store()
    let slow = PlantedEstimator("slow") { value, _ in
      Thread.sleep(forTimeInterval: 0.05)
      return value
    }
    let summary = try run(
      plan([slow], sizes: [50], seeds: [0]), store, deadline: .milliseconds(5))
    #expect(summary.failures == ["deadline": 3])
    #expect(try !run(plan([slow], sizes: [50], seeds: [0]), store).cancelled)
  }

  @Test func cancellationKeepsWhatWasRun() throws {
    let folder = try StoreFolder()
    let store = try folder.store()
    let calls = Counted()
    let counting = PlantedEstimator("counting") { value, _ in
      calls.add()
      return value
    }
    let stopped = try run(
      plan([counting]), store, threads: 1, isCancelled: { calls.count >= 5 })
    // The fifth ended when the stop had been asked for: it may have come of the stop.
    #expect(stopped.cancelled && !stopped.complete && stopped.ran == 4)
    #expect(try store.counts() == (4, 0))
    #expect(try store.incompleteStudies().map(\.present) == [4])
    let finished = try run(plan([counting]), store)
    #expect(!finished.cancelled && finished.present == 4 && finished.ran == 14)
    #expect(try finished.complete && store.incompleteStudies().isEmpty)
  }

  @Test func whatGoesWrongWhileARunStopsIsNoRow() throws {
    let folder = try StoreFolder()
    let store = try folder.store()
    let calls = Counted()
    let failing = PlantedEstimator("failing") { value, _ throws(EstimatorError) in
      calls.add()
      if calls.count >= 3 { throw EstimatorError(.failed, "Its child died of the signal.") }
      return value
    }
    let stopped = try run(
      plan([failing]), store, threads: 1, isCancelled: { calls.count >= 3 })
    #expect(stopped.failures.isEmpty)
    #expect(try store.counts() == (2, 0))
  }

  @Test func tasksOfAKindThatAnEstimatorDoesNotTakeAreLeftOut() throws {
    var registry = EstimatorRegistry()
    try registry.register(PlantedEstimator("a").entry)
    let labels = try GaussianMixtureTruth(
      dimension: 1, classProportions: [1, 1], information: Information(nats: 0.2))
    let plan = BenchPlan(
      configurations: [try BenchConfiguration(EstimatorChoice("a"), registry: registry)],
      tasks: [labels, tasks[0]], suite: "planted", sizes: [50], seeds: [0])
    #expect(plan.trials.map(\.key.task) == [tasks[0].id])
    #expect(plan.unsuited == 1)
  }

  @Test func memoryGrowsByWhatATrialHolds() throws {
    #if os(Linux)
    let meter = MemoryMeter()
    let held = [UInt8](repeating: 1, count: 64 << 20)
    let growth = try #require(meter.growth)
    #expect(held.last == 1)
    #expect(growth >= 60 << 20 && growth < 400 << 20)
    #endif
  }
}

/// Counts calls from any thread.
final class Counted: Sendable {
  private let value = Mutex(0)
  func add() { value.withLock { $0 += 1 } }
  var count: Int { value.withLock { $0 } }
}
