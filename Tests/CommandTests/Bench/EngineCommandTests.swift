// SPDX-License-Identifier: MIT

import Foundation
import Testing

/// Plan, trials and commit, as an engine puts them together.
@Suite(.serialized) struct EngineCommandTests {
  private static let study = [
    "bmi-v1", "--task", "1v1*", "-e", "gaussian", "-e", "ksg-1", "-n", "200", "--seeds", "3",
  ]

  /// Runs `mi bench` with a text as its stdin.
  private func bench(
    _ folder: BenchFolder, _ arguments: [String], input: String
  ) throws -> (status: Int32, output: String, errors: String) {
    let file = folder.url.appending(path: UUID().uuidString)
    try input.write(to: file, atomically: true, encoding: .utf8)
    return try BenchProcess(["bench"] + arguments, in: folder.url, input: file).wait()
  }

  private func plan(
    _ folder: BenchFolder, _ store: String, study: [String] = Self.study
  ) throws -> (head: [String: Any], lines: [String]) {
    let (status, output, errors) = try BenchProcess(
      ["bench", "plan"] + study + ["--store", store], in: folder.url
    ).wait()
    #expect(status == 0, "\(errors)")
    let lines = output.split(separator: "\n").map(String.init)
    let head = try JSONSerialization.jsonObject(with: Data(lines[0].utf8)) as? [String: Any]
    return (head ?? [:], Array(lines.dropFirst()))
  }

  private func joined(_ lines: some Sequence<String>) -> String {
    lines.map { $0 + "\n" }.joined()
  }

  @Test func anEnginesRowsAreTheLocalRunnersRows() throws {
    let folder = try BenchFolder()
    let local = try BenchProcess(
      ["bench", "run"] + Self.study + ["--isolate", "--store", "local.sqlite"], in: folder.url
    ).wait()
    #expect(local.status == 0, "\(local.errors)")
    let (head, lines) = try plan(folder, "far.sqlite")
    let count = try #require(head["planned"] as? Int)
    #expect(lines.count == count && head["present"] as? Int == 0)
    // Two workers, the later part first, and one part twice.
    let (one, other) = (lines.prefix(count / 2), lines.dropFirst(count / 2))
    for part in [other, one, one] {
      let ran = try bench(folder, ["trials"] + Self.study, input: joined(part))
      #expect(ran.status == 0, "\(ran.errors)")
      #expect(ran.output.split(separator: "\n").count == part.count)
      let done = try bench(folder, ["commit", "--store", "far.sqlite"], input: ran.output)
      #expect(done.status == 0, "\(done.errors)")
    }
    #expect(try folder.rows("far.sqlite") == folder.rows("local.sqlite"))
    let again = try plan(folder, "far.sqlite")
    #expect(again.lines.isEmpty && again.head["present"] as? Int == count)
  }

  @Test func aStoresSecondsAreTheExpectedOnes() throws {
    let folder = try BenchFolder()
    let study = ["bmi-v1", "--task", "1v1-normal-0.75", "-e", "ksg-1", "-n", "200"]
    _ = try BenchProcess(
      ["bench", "run"] + study + ["--seeds", "1", "--store", "s.sqlite"], in: folder.url
    ).wait()
    let row = try #require(
      try folder.bench("export", "s.sqlite", "--format", "jsonl").output.split(separator: "\n")
        .first)
    let known =
      try JSONSerialization.jsonObject(with: Data(row.utf8)) as? [String: Any] ?? [:]
    let lines = try plan(folder, "s.sqlite", study: study + ["--seeds", "2"]).lines
    #expect(lines.count == 1)
    let line =
      try JSONSerialization.jsonObject(with: Data(lines[0].utf8)) as? [String: Any] ?? [:]
    #expect(line["seconds"] as? Double == known["seconds"] as? Double)
    #expect(line["kind"] as? String == "0/200" && line["id"] as? Int == 1)
  }

  /// The plugin's own process dies, or takes the process of the trial with it.
  @Test(arguments: [("$$", "pluginCrashed"), ("$PPID", "crashed")])
  func aTrialThatDiesIsTriedTwiceAndItsNeighborsAreUnharmed(victim: String, code: String) throws {
    let folder = try BenchFolder()
    // A Gaussian of two columns; at 77 rows, which the quick checks do not have, it dies.
    let script = """
      if [ $(wc -l < $1) = 78 ]; then echo x >> \(folder.url.path)/tries; kill -9 \(victim); sleep 5; fi
      awk -F, -v d=$2 'NR>1 {x=$1; y=$(d+1); n++; a+=x; b+=y; c+=x*x; e+=y*y; f+=x*y}
        END {r=(f-a*b/n)/sqrt((c-a*a/n)*(e-b*b/n)); printf "%.17g\\n", -0.5*log(1-r*r)}' $1
      """
    try script.write(
      to: folder.url.appending(path: "dies.sh"), atomically: true, encoding: .utf8)
    let study = [
      "gaussian", "--task", "gaussian-1-1-0.5", "-n", "50,77", "--seeds", "2", "-e", "dies",
      "--plugin", "dies=sh \(folder.url.path)/dies.sh {csv} {dx}",
    ]
    let lines = try plan(folder, "s.sqlite", study: study).lines
    #expect(lines.count == 4)
    let ran = try bench(folder, ["trials"] + study, input: joined(lines))
    #expect(ran.status == 0, "\(ran.errors)")
    #expect(try bench(folder, ["commit", "--store", "s.sqlite"], input: ran.output).status == 0)
    let rows = try folder.rows("s.sqlite")
    #expect(
      rows.count == 4 && rows.count { $0.contains("\"outcome\":\"estimate\"") } == 2, "\(rows)")
    #expect(rows.count { $0.contains("\"outcome\":\"\(code)\"") && $0.contains("\"n\":77") } == 2)
    let tries = try String(
      contentsOf: folder.url.appending(path: "tries"), encoding: .utf8)
    #expect(tries.split(separator: "\n").count >= 4)
  }

  @Test func timeThatIsOverLeavesTheRestUnanswered() throws {
    let folder = try BenchFolder()
    let lines = try plan(folder, "s.sqlite").lines
    let ran = try bench(
      folder, ["trials"] + Self.study + ["--for", "1ms"], input: joined(lines))
    #expect(ran.status == 0 && ran.output.split(separator: "\n").count == 1)
  }

  @Test func aLostTrialIsARowWithItsReason() throws {
    let folder = try BenchFolder()
    let lines = try plan(folder, "s.sqlite").lines
    let unit = try #require(lines[0].range(of: "\"unit\":"))
    let lost = "{\"id\":0,\"lost\":\"The worker died twice.\"," + lines[0][unit.lowerBound...]
    let done = try bench(
      folder, ["commit", "--store", "s.sqlite"], input: lost + "\n" + lost + "\n")
    #expect(done.status == 0, "\(done.errors)")
    #expect(done.output == "{\"added\":1,\"committed\":2}\n")
    let rows = try folder.rows("s.sqlite")
    #expect(rows.count == 1 && rows[0].contains("\"outcome\":\"lost\""))
    #expect(rows[0].contains("The worker died twice."))
  }

  @Test func anotherPlanAnotherProgramAndNoiseAreRefused() throws {
    let folder = try BenchFolder()
    let lines = try plan(folder, "s.sqlite").lines
    let older = lines[0].replacing("\"version\":\"", with: "\"version\":\"0.")
    let wrong = try bench(folder, ["trials"] + Self.study, input: older + "\n")
    #expect(wrong.status == 65 && wrong.errors.contains("not the program that made the plan"))
    let noise = try bench(folder, ["trials"] + Self.study, input: "noise\n")
    #expect(noise.status == 65 && noise.errors.contains("no unit of work: noise"))
    let row = try bench(folder, ["trials"] + Self.study, input: lines[0] + "\n").output
    let stranger = row.replacing("\"task\":\"1v1-", with: "\"task\":\"9v9-")
    let unknown = try bench(folder, ["commit", "--store", "s.sqlite"], input: stranger)
    #expect(unknown.status == 65 && unknown.errors.contains("does not know the task 9v9-"))
    #expect(try folder.rows("s.sqlite").isEmpty)
  }
}
