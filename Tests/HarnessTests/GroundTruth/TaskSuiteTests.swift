// SPDX-License-Identifier: MIT

import EstimatorAPI
import Foundation
import Harness
import Testing

/// Every built-in task, by suite.
let everyTask: [(suite: String, task: any GroundTruth)] = TaskSuite.names.flatMap { name in
  let suite = try? TaskSuite.named(name)
  return (suite?.tasks ?? []).map { (name, $0) }
}

@Suite struct TaskSuiteTests {
  @Test(arguments: [
    ("bmi-v1", 40), ("bmi-v2", 13), ("gaussian", 42), ("labels", 41), ("latent", 16),
    ("cch", 66), ("high-mi", 24), ("sparsity", 19), ("spiral", 7), ("tails", 20),
    ("contamination", 32), ("mixed", 6), ("discrete", 20),
  ])
  func suiteHasItsTasks(name: String, count: Int) throws {
    #expect(try TaskSuite.named(name).tasks.count == count)
  }

  @Test func idsAreUnique() {
    let ids = everyTask.map(\.task.id)
    #expect(Set(ids).count == ids.count)
  }

  /// Truths that SciPy computed independently: make.py beside the file.
  @Test func publishedTruthsAgreeToNineDigits() throws {
    let url = try #require(
      Bundle.module.url(forResource: "Golden/tasks/truths", withExtension: "json"))
    let golden = try JSONDecoder().decode([String: Double].self, from: Data(contentsOf: url))
    let published = try TaskSuite.named("bmi-v1").tasks + TaskSuite.named("bmi-v2").tasks
    #expect(Set(published.map(\.id)) == Set(golden.keys))
    for task in published {
      let expected = try #require(golden[task.id])
      #expect(abs(task.information.nats - expected) < 1.1e-9, "\(task.id)")
      #expect(task.informationError.nats < 1e-8, "\(task.id)")
    }
  }

  /// The truth of every task against its own sampler: the mean pointwise information.
  ///
  /// Published tasks over 1e5 rows, the others over 1e4; ten times that with MI_SLOW_TESTS=1.
  @Test(arguments: everyTask.indices)
  func meanPointwiseInformationIsTheTruth(index: Int) throws {
    let (suite, task) = everyTask[index]
    let rows = suite.hasPrefix("bmi-") ? truthRows : truthRows / 10
    let off = try #require(standardErrorsOff(task, count: rows))
    expect(off, below: truthErrors, "\(task.id)")
    #expect(task.informationError.nats < 1e-6, "\(task.id)")
  }

  @Test func samplesHaveTheShapeAndTheSeedDecidesTheBits() {
    for (_, task) in everyTask {
      let pair = task.sample(40, seed: testSeed(3))
      #expect(pair.count == 40 && pair.x.dimension == task.dx && pair.y.dimension == task.dy)
      #expect(PairKind(pair.x, pair.y) == task.kind, "\(task.id)")
      let again = task.sample(40, seed: testSeed(3))
      #expect(again.x == pair.x && again.y == pair.y, "\(task.id)")
      let other = task.sample(40, seed: testSeed(4))
      #expect(other.x != pair.x || other.y != pair.y, "\(task.id)")
    }
  }

  @Test func listingEverySuiteIsQuick() throws {
    let clock = ContinuousClock()
    var total = Duration.zero
    for name in TaskSuite.names {
      var sum = 0.0
      let time = try clock.measure {
        sum = try TaskSuite.named(name).tasks.reduce(0) { $0 + $1.information.nats }
      }
      #expect(sum > 0)
      print("suite \(name) with its truths: \(time)")
      total += time
    }
    #expect(total < .seconds(10))
  }

  @Test(arguments: [
    ("multinormal-sparse-5-5-2-2.0", "*sparse-5-*", true), ("1v1-AI", "1v1-??", true),
    ("1v1-AI", "1v1-?", false), ("1v1-AI", "1v1-[AB]I", true), ("1v1-AI", "1v1-[!A]I", false),
    ("1v1-X-0.9", "*-[W-Y]-*", true), ("a", "**", true), ("", "*", true), ("a", "", false),
    ("a[b", "a[b", true), ("student-identity-2-2-1", "student", false),
  ])
  func globsMatchAsShellsDo(name: String, glob: String, expected: Bool) {
    let suite = TaskSuite(
      name: "one", summary: "",
      tasks: [
        BenchmarkTask(name, "", GaussianTruth(dx: 1, dy: 1, information: .zero))
      ])
    #expect(suite.filtered(glob).tasks.isEmpty != expected)
  }

  @Test func missesNameTheNearest() throws {
    let suite = #expect(throws: EstimatorError.self) { try TaskSuite.named("bmi-v3") }
    #expect(suite?.description.contains("Did you mean bmi-v1 or bmi-v2?") == true)
    let task = #expect(throws: EstimatorError.self) { try TaskSuite.task("1v1-normal-0.7") }
    #expect(task?.code == .unknownTask)
    #expect(task?.description.contains("1v1-normal-0.75") == true)
    #expect(try TaskSuite.task("2v1-galaxy-0.5-3.0").dx == 2)
  }
}
