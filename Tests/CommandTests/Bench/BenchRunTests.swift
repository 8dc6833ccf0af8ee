// SPDX-License-Identifier: MIT

import Foundation
import Testing

private let isSlow = ProcessInfo.processInfo.environment["MI_SLOW_TESTS"] == "1"

@Suite(.serialized) struct BenchRunTests {
  /// 3 estimators, 40 tasks, 3 seeds at n = 300: about a second of work.
  private static let study = [
    "run", "bmi-v1", "-e", "gaussian", "-e", "gaussian-copula", "-e", "ksg-1", "-n", "300",
    "--seeds", "3",
  ]

  private func run(_ folder: BenchFolder, _ store: String, _ more: [String] = []) throws
    -> BenchProcess
  {
    try BenchProcess(["bench"] + Self.study + ["--store", store] + more, in: folder.url)
  }

  private func summary(_ process: BenchProcess) throws -> [String: Any] {
    let (status, output, errors) = try process.wait()
    #expect(status == 0, "\(errors)")
    return try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any] ?? [:]
  }

  @Test(arguments: [isSlow ? 20 : 3])
  func aKilledRunLosesTheTrialsInFlightAndNothingElse(kills: Int) throws {
    let folder = try BenchFolder()
    let whole = try summary(run(folder, "whole.sqlite", ["--json"]))
    let seconds = try #require(whole["seconds"] as? Double)
    var before = 0
    for _ in 0..<kills {
      let process = try run(folder, "killed.sqlite")
      Thread.sleep(forTimeInterval: .random(in: 0...(1.2 * seconds / Double(kills)) + 0.02))
      process.kill()
      // The store may not be there yet.
      guard FileManager.default.fileExists(atPath: folder.url.path + "/killed.sqlite"),
        let rows = try? folder.rows("killed.sqlite")
      else { continue }
      #expect(rows.count >= before, "rows that were there are gone")
      before = rows.count
    }
    let end = try summary(run(folder, "killed.sqlite", ["--json"]))
    #expect(end["present"] as? Int == before)
    #expect(end["ran"] as? Int == 360 - before)
    #expect(try folder.rows("killed.sqlite") == folder.rows("whole.sqlite"))
  }

  @Test func twoProcessesShareOneStore() throws {
    let folder = try BenchFolder()
    let both = [
      try run(folder, "shared.sqlite", ["--threads", "1", "--json"]),
      try run(folder, "shared.sqlite", ["--threads", "1", "--json"]),
    ]
    for process in both { #expect(try summary(process)["planned"] as? Int == 360) }
    #expect(try folder.rows("shared.sqlite").count == 360)
  }

  @Test func shardsMergedEqualTheWholeToTheBit() throws {
    let folder = try BenchFolder()
    #expect(try run(folder, "whole.sqlite").wait().status == 0)
    for part in ["1/2", "2/2"] {
      #expect(try run(folder, "part\(part.first!).sqlite", ["--shard", part]).wait().status == 0)
    }
    let merged = try folder.bench("merge", "all.sqlite", "part1.sqlite", "part2.sqlite")
    #expect(merged.status == 0)
    #expect(try folder.rows("all.sqlite") == folder.rows("whole.sqlite"))
  }

  @Test func childProcessesGiveTheSameBits() throws {
    let folder = try BenchFolder()
    #expect(try run(folder, "inside.sqlite").wait().status == 0)
    #expect(try run(folder, "isolated.sqlite", ["--isolate"]).wait().status == 0)
    #expect(try folder.rows("inside.sqlite") == folder.rows("isolated.sqlite"))
    let (status, output, _) = try folder.bench("compare", "inside.sqlite", "isolated.sqlite")
    #expect(status == 0 && output.hasPrefix("120 compared: 120 identical, 0 better, 0 worse"))
  }

  @Test func limitsOfTimeAndMemoryBecomeRows() throws {
    let folder = try BenchFolder()
    let late = try folder.bench(
      "run", "bmi-v1", "--task", "1v1-normal*", "-e", "mine", "-n", "5000", "--seeds", "1",
      "--isolate", "--deadline", "100ms", "--store", "late.sqlite")
    #expect(late.status == 0 && late.output.contains("1 failed (deadline 1)"), "\(late)")
    let large = try folder.bench(
      "run", "bmi-v1", "--task", "multinormal-dense-50*", "-e", "gaussian", "-e", "ksg-1",
      "-n", "100000", "--seeds", "1", "--isolate", "--memory", "60MB", "--store", "large.sqlite")
    #expect(large.status == 0 && large.output.contains("2 failed (memoryLimit 2)"), "\(large)")
    #expect(try folder.rows("large.sqlite").allSatisfy { $0.contains("the limit is 60 MB") })
    let again = try folder.bench(
      "run", "bmi-v1", "--task", "multinormal-dense-50*", "-e", "gaussian", "-n", "100000",
      "--seeds", "1", "--isolate", "--retry", "--store", "large.sqlite")
    #expect(again.output.contains("1 trials: 1 run"), "\(again)")
  }

  @Test func ctrlCKeepsWhatWasRunAndExits130() throws {
    let folder = try BenchFolder()
    let process = try folder.start(
      "run", "bmi-v1", "-e", "ksg-1", "-n", "2000", "--seeds", "50", "--store", "stopped.sqlite")
    var found = 0
    for _ in 0..<200 where found == 0 {
      Thread.sleep(forTimeInterval: 0.1)
      found = (try? folder.rows("stopped.sqlite").count) ?? 0
    }
    process.process.interrupt()
    let (status, output, _) = try process.wait()
    #expect(status == 130)
    #expect(output.contains("stopped, the same command runs the rest"))
    let kept = try folder.rows("stopped.sqlite").count
    #expect(kept >= found && kept < 2000 && found > 0)
  }

  @Test(arguments: [
    (["run", "bmi-v9", "-e", "gaussian", "--store", "s"], 64, "There is no suite"),
    (["run", "bmi-v1", "-e", "gausian", "--store", "s"], 64, "Did you mean gaussian"),
    (["run", "bmi-v1", "--task", "zzz*", "-e", "gaussian", "--store", "s"], 64, "no task of"),
    (["run", "bmi-v1", "--store", "s"], 64, "estimators is empty"),
    (["run", "bmi-v1", "-e", "gaussian", "--store", "s", "--shard", "3/2"], 64, "3/2"),
    (["run", "bmi-v1", "-e", "gaussian", "--store", "s", "--memory", "1GB"], 64, "--isolate"),
    (["report", "absent.sqlite"], 65, "absent.sqlite: there is no such store"),
    (["merge", "out.sqlite", "absent.sqlite"], 65, "there is no such store"),
  ])
  func wrongUseIsToldWithTheContractsStatus(
    arguments: [String], status: Int, words: String
  ) throws {
    let folder = try BenchFolder()
    let (found, _, errors) = try BenchProcess(["bench"] + arguments, in: folder.url).wait()
    #expect(Int(found) == status, "\(errors)")
    #expect(errors.contains(words), "\(errors)")
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
        .allSatisfy { !$0.hasSuffix(".sqlite") && $0 != "s" })
  }

  @Test func tasksHaveTheContractsKeys() throws {
    let folder = try BenchFolder()
    let (status, output, _) = try folder.bench("tasks", "bmi-v1", "--json")
    #expect(status == 0)
    let object = try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any]
    let tasks = try #require(object?["tasks"] as? [[String: Any]])
    #expect(tasks.count == 40)
    for task in tasks {
      for key in ["id", "suite", "dx", "dy", "nats", "natsError"] { #expect(task[key] != nil) }
    }
    #expect(tasks[0]["id"] as? String == "1v1-normal-0.75")
    #expect(
      try folder.bench("tasks", "bmi-v1", "--task", "*student*", "--json").output
        .split(separator: "\"id\"").count == 1 + 11)
  }

  @Test func reportsAreWrittenInEveryFormat() throws {
    let folder = try BenchFolder()
    let ran = try folder.bench(
      "run", "gaussian", "--task", "gaussian-[25]*", "-e", "gaussian", "-e", "ksg-1", "-n",
      "100,300", "--seeds", "3", "--store", "r.sqlite")
    #expect(ran.status == 0, "\(ran.errors)")
    for name in ["r.html", "r.md", "r.txt"] {
      #expect(try folder.bench("report", "r.sqlite", "-o", name).status == 0)
      let text = try String(contentsOf: folder.url.appending(path: name), encoding: .utf8)
      #expect(text.contains("gaussian-5-5-1.0") && text.contains("ksg-1"))
    }
    let json = try folder.bench("report", "r.sqlite", "--json").output
    let object = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
    let boards = try #require(object?["leaderboards"] as? [[String: Any]])
    #expect(boards.compactMap { $0["n"] as? Int } == [300, 100])
    let first = try #require((boards[0]["estimators"] as? [[String: Any]])?.first)
    #expect(first["estimator"] as? String == "gaussian" && first["rank"] as? Int == 1)
  }
}
