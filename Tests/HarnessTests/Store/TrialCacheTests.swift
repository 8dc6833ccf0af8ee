// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators
import Foundation
import Harness
import Synchronization
import Testing

@Suite struct TrialCacheTests {
  private func run(
    _ cache: TrialCache?, seed: UInt64 = 0, shift: Double = 0,
    representation: Representation = .raw,
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws -> CheckReport {
    var random = RandomSource(seed: 3)
    let n = 200
    let student = random.normals(n)
    let teacher = student.map { $0 + random.normal() + shift * $0 * $0 }
    let labels = student.map { $0 + random.normal() > 0 ? 1 : 0 }
    var options = CheckOptions()
    options.replicates = 6
    options.subsamples = 12
    options.shuffles = 9
    options.seed = seed
    options.threads = 2
    options.representation = representation
    return try check(
      teachers: [NamedVariable("t", .samples(try Samples(teacher)))],
      student: NamedVariable("s", .samples(try Samples(student))),
      labels: NamedVariable("y", .labels(try Labels(labels))), registry: .builtIn(),
      options: options, hooks: CheckHooks(isCancelled: isCancelled, cache: cache))
  }

  private func bytes(_ report: CheckReport) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return try encoder.encode(report)
  }

  @Test func withAndWithoutACacheTheBytesAreEqual() throws {
    let folder = try StoreFolder()
    let path = folder.path("cache.sqlite")
    let plain = try bytes(run(nil))
    let memory = TrialCache()
    #expect(try bytes(run(memory)) == plain)
    #expect(try bytes(run(memory)) == plain)
    #expect(try bytes(run(TrialCache(path: path, build: "a"))) == plain)
    let again = try TrialCache(path: path, build: "a")
    let rows = try ResultStore(existing: path).trials().count
    #expect(rows > 100)
    #expect(try bytes(run(again)) == plain)
    #expect(try ResultStore(existing: path).trials().count == rows)
    #expect(again.complaint == nil)
  }

  /// Held-out predictions and the informations of twins are kept bit for bit.
  @Test func predictionsComeBackFromTheFile() throws {
    let folder = try StoreFolder()
    let path = folder.path("cache.sqlite")
    let plain = try bytes(run(nil, representation: .logits))
    let first = try TrialCache(path: path, build: "a")
    #expect(try bytes(run(first, representation: .logits)) == plain)
    let kept = try ResultStore(existing: path).keptNumbersCount
    // Two views' scores; teacher, student and both for what stands beside; two twins at least.
    #expect(kept >= 7)
    let again = try TrialCache(path: path, build: "a")
    #expect(try bytes(run(again, representation: .logits)) == plain)
    #expect(try ResultStore(existing: path).keptNumbersCount == kept)
    #expect(try bytes(run(again, seed: 1, representation: .logits)) != plain)
    #expect(first.complaint == nil && again.complaint == nil)
  }

  @Test func anotherBuildSeedOrDataSharesNothingItShouldNot() throws {
    let folder = try StoreFolder()
    let path = folder.path("cache.sqlite")
    func rows() throws -> Int { try ResultStore(existing: path).trials().count }
    let cache = try TrialCache(path: path, build: "a")
    let first = try bytes(run(cache))
    let one = try rows()
    _ = try run(TrialCache(path: path, build: "b"))
    #expect(try rows() == 2 * one)
    #expect(try bytes(run(cache, seed: 1)) == bytes(run(nil, seed: 1)))
    #expect(try rows() > 2 * one)
    let shifted = try bytes(run(cache, shift: 0.5))
    #expect(shifted == (try bytes(run(nil, shift: 0.5))))
    #expect(shifted != first)
  }

  @Test func anInterruptedCheckGoesOn() throws {
    let folder = try StoreFolder()
    let path = folder.path("cache.sqlite")
    let calls = Counter()
    let cache = try TrialCache(path: path, build: "a")
    let error = try #require(throws: EstimatorError.self) {
      try run(cache, isCancelled: { calls.next() > 400 })
    }
    #expect(error.code == .cancelled)
    let kept = try ResultStore(existing: path).trials()
    #expect(kept.count > 20)
    #expect(
      kept.allSatisfy {
        if case .failure(let e) = $0.outcome { e.code != .cancelled } else { true }
      })
    #expect(try bytes(run(cache)) == bytes(run(nil)))
  }

  @Test func aFileThatIsNoStoreIsRefused() throws {
    let folder = try StoreFolder()
    let path = folder.path("text.sqlite")
    try Data("not a database, but long enough to be looked at as one".utf8)
      .write(to: URL(fileURLWithPath: path))
    #expect(throws: DataError.self) { try TrialCache(path: path, build: "a") }
  }
}

private final class Counter: Sendable {
  private let value = Mutex(0)

  func next() -> Int {
    value.withLock { value in
      value += 1
      return value
    }
  }
}
