// SPDX-License-Identifier: MIT

import Estimators
import Foundation
import Testing

/// SIGINT in every verb that takes time: status 130, a sentence with what was done, and the same
/// command goes on where there is a store or a cache.
@Suite(.serialized) struct InterruptTests {
  private let folder: BenchFolder
  private let scratch: Scratch

  init() throws {
    folder = try BenchFolder()
    scratch = try Scratch()
    var random = RandomSource(seed: 5)
    let n = 4000
    let shared = random.normals(n)
    func view() -> [Double] {
      shared.flatMap { [$0 + random.normal(), $0 - random.normal(), random.normal()] }
    }
    try scratch.write("x.npy", view(), columns: 3)
    try scratch.write("y.npy", view(), columns: 3)
    try scratch.write("labels.npy", labels: shared.map { $0 > 0 ? 1 : 0 })
  }

  private func start(_ arguments: [String]) throws -> BenchProcess {
    try BenchProcess(
      arguments.map { word in
        guard word.hasSuffix(".npy") else { return word }
        return word.hasPrefix("t=") ? "t=" + scratch.path("x.npy") : scratch.path(word)
      }, in: folder.url)
  }

  /// Interrupts a command at work: its status, what it wrote, and the seconds that it took to end.
  private func interrupt(
    _ process: BenchProcess, after seconds: Double = 1.5, _ signal: Int32 = SIGINT
  ) throws -> (status: Int32, output: String, errors: String, seconds: Double) {
    Thread.sleep(forTimeInterval: seconds)
    #expect(process.process.isRunning, "the command ended before it was interrupted")
    let start = Date()
    kill(process.process.processIdentifier, signal)
    let (status, output, errors) = try process.wait()
    return (status, output, errors, Date().timeIntervalSince(start))
  }

  @Test(arguments: [
    (
      [
        "estimate", "x.npy", "y.npy", "-e", "mine", "-p", "steps=1000000", "-p", "patience=1000000",
      ], "0 of 1 estimates"
    ),
    (
      ["estimate", "x.npy", "y.npy", "-e", "gaussian", "--permutations", "1000000000"],
      "of 1000000000 permutations"
    ),
    (["score", "-e", "ksg-1", "--n", "2000", "--replicates", "100000"], "of 400000 trials"),
    (
      [
        "check", "--teacher", "t=x.npy", "--student", "y.npy", "--labels", "labels.npy",
        "--replicates", "2000", "--no-cache",
      ], "estimates; none of them is kept"
    ),
    (
      [
        "distill", "--teacher", "t=x.npy", "--student", "y.npy", "--labels", "labels.npy",
        "--splits", "10000", "--represent", "none",
      ], "of 10000 splits"
    ),
  ])
  func everyVerbEndsWithTheSentenceOfWhatWasDone(arguments: [String], counts: String) throws {
    let found = try interrupt(start(arguments))
    #expect(found.status == 130, "\(found)")
    #expect(found.errors.contains("mi: Interrupted after "), "\(found)")
    #expect(found.errors.contains(counts), "\(found)")
    #expect(found.output.isEmpty, "a part is printed as a result: \(found.output)")
    #expect(found.seconds < 8, "\(found.seconds) s")
  }

  @Test(arguments: [[], ["--isolate"]])
  func aStoreKeepsWhatWasDoneAndIsNotTakenForWhole(more: [String]) throws {
    let study =
      [
        "bench", "run", "bmi-v1", "--task", "1v1-*", "-e", "ksg-1", "-n", "20000", "--seeds", "30",
        "--store", "stopped.sqlite",
      ] + more
    let process = try start(study)
    defer { process.kill() }
    var rowsThere = 0
    for _ in 0..<200 where rowsThere == 0 {
      Thread.sleep(forTimeInterval: 0.05)
      rowsThere = (try? folder.rows("stopped.sqlite").count) ?? 0
    }
    let found = try interrupt(process, after: 0.1)
    #expect(found.status == 130, "\(found)")
    let rows = try folder.rows("stopped.sqlite")
    #expect(rows.allSatisfy { $0.contains("\"outcome\":\"estimate\"") })
    #expect(
      found.errors.contains("mi: Interrupted after \(rows.count) of "), "\(rows.count) \(found)")
    #expect(found.output.contains("stopped, the same command runs the rest"))
    let part = try folder.bench("report", "stopped.sqlite", "--json")
    #expect(part.output.contains("\"complete\" : false"), "\(part.output.prefix(200))")
    #expect(part.errors.contains("This store has \(rows.count) of the "), "\(part.errors)")
    let rest = try start(study + ["--json"]).wait()
    #expect(rest.status == 0 && rest.output.contains("\"present\" : \(rows.count)"), "\(rest)")
    let whole = try folder.bench("report", "stopped.sqlite", "--json")
    #expect(whole.output.contains("\"complete\" : true") && whole.errors.isEmpty)
  }

  @Test func anInterruptedCheckGoesOn() throws {
    let check = [
      "check", "--teacher", "t=x.npy", "--student", "y.npy", "--labels", "labels.npy",
      "--replicates", "40", "--held-out", "--json",
    ]
    let found = try interrupt(start(check + ["--cache", "kept.sqlite"]), after: 2)
    #expect(found.status == 130, "\(found)")
    #expect(found.errors.contains("kept.sqlite keeps them"), "\(found)")
    let resumed = try start(check + ["--cache", "kept.sqlite"]).wait()
    let fresh = try start(check + ["--no-cache"]).wait()
    #expect(resumed.status == 0 && resumed.output == fresh.output)
  }

  @Test func theTermSignalEndsAlikeWithItsOwnStatus() throws {
    let found = try interrupt(
      start(["score", "-e", "ksg-1", "--n", "2000", "--replicates", "100000"]), SIGTERM)
    #expect(found.status == 143 && found.errors.contains("Interrupted after"), "\(found)")
  }

  @Test func aSecondSignalEndsTheProcessAtOnce() throws {
    let process = try start(["score", "-e", "ksg-1", "--n", "2000", "--replicates", "100000"])
    Thread.sleep(forTimeInterval: 1)
    kill(process.process.processIdentifier, SIGINT)
    kill(process.process.processIdentifier, SIGINT)
    #expect(try process.wait().status == 130)
  }
}
