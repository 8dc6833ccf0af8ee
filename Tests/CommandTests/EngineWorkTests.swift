// SPDX-License-Identifier: MIT

import Foundation
import Testing

/// Scorecards and distilled pairs in the hands of an engine.
@Suite struct EngineWorkTests {
  /// Runs `mi` with lines as its stdin.
  private func work(
    _ scratch: Scratch, _ arguments: [String], _ lines: some Sequence<Substring>
  ) throws -> String {
    let file = scratch.folder.appending(path: UUID().uuidString)
    try lines.map { $0 + "\n" }.joined().write(to: file, atomically: true, encoding: .utf8)
    let result = try BenchProcess(arguments, in: scratch.folder, input: file).wait()
    #expect(result.status == 0, "\(result.errors)")
    return result.output
  }

  @Test func scorecardsFromElsewhereGiveTheSameCheck() throws {
    let scratch = try Scratch()
    let data = ExampleData(n: 200)
    let words = [
      "check", "--teacher", "t=\(try scratch.write("t.npy", data.x))", "--student",
      try scratch.write("s.npy", data.y), "--labels",
      try scratch.write("l.npy", labels: data.labels), "--represent", "raw", "--replicates", "6",
      "--subsamples", "10", "-e", "gaussian", "-e", "gaussian-label", "--held-out", "--json",
      "--no-timing",
    ]
    let cache = scratch.path("far.sqlite")
    let far = words + ["--cache", cache]
    var units = 0
    for round in 0..<10 {
      let plan = try mi(far + ["--plan"])
      #expect(plan.status == 0, "\(plan.errors)")
      let lines = plan.output.split(separator: "\n")
      #expect(lines[0].contains("\"store\":\"\(cache)\""))
      guard lines.count > 1 else { break }
      #expect(round < 9, "the plan never becomes empty")
      units += lines.count - 1
      let rows = try work(scratch, ["bench", "calibrate"], lines.dropFirst())
      let done = try work(
        scratch, ["bench", "commit", "--store", cache], rows.split(separator: "\n"))
      #expect(done.contains("\"added\":\(lines.count - 1)"))
    }
    #expect(units >= 24 && units % 6 == 0)
    let one = try mi(far)
    let other = try mi(words + ["--no-cache"])
    #expect(one.status == 0 && one.output == other.output)
  }

  @Test func pairsFromElsewhereAreTheStudysPairs() throws {
    let scratch = try Scratch()
    let data = ExampleData(n: 160)
    try scratch.write("view_a.npy", data.x)
    try scratch.write("view_b.npy", data.y)
    try scratch.write("view_c.npy", zip(data.x, data.y).map { $0 - $1 })
    try scratch.write("labels.npy", labels: data.labels)
    let folder = [scratch.folder.path]
    let options = [
      "--splits", "5", "--weight", "0.5", "--temperature", "1", "--represent", "none",
    ]
    let store = scratch.path("study.sqlite")
    let plan = try mi(["distill", "plan"] + folder + options + ["--store", store])
    #expect(plan.status == 0, "\(plan.errors)")
    let lines = plan.output.split(separator: "\n").dropFirst()
    #expect(lines.count == 3)
    let rows = try work(scratch, ["distill", "pairs"] + folder + options, lines)
    let done = try work(
      scratch, ["bench", "commit", "--store", store], rows.split(separator: "\n"))
    #expect(done == "{\"added\":6,\"committed\":3}\n")
    let study = ["distill", "study"] + folder + options
    #expect(
      try mi(study + ["--store", store]).output.contains("0 pairs run, 6 were in the store."))
    #expect(try mi(study + ["--store", store, "--json"]).output == mi(study + ["--json"]).output)
    // Other options are another study.
    let other = try mi(
      ["distill", "plan"] + folder + options + ["--seed", "1", "--store", store])
    #expect(other.output.split(separator: "\n").count == 4)
  }
}
