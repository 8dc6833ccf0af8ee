// SPDX-License-Identifier: MIT

import Estimators
import Foundation
import Testing

@Suite struct CheckCommandTests {
  /// A student of two columns, a teacher that shares one, a teacher that shares none, and labels
  /// that follow the student's other column.
  private func data(_ scratch: Scratch, n: Int = 400) throws -> [String] {
    var random = RandomSource(seed: testSeed(11))
    let s = random.normals(2 * n)
    let related = (0..<n).flatMap { [s[2 * $0] + 0.2 * random.normal(), random.normal()] }
    let unrelated = random.normals(2 * n)
    let labels = (0..<n).map { s[2 * $0 + 1] + random.normal() > 0 ? Int64(1) : 0 }
    return [
      "--student", try scratch.write("s.npy", s, columns: 2),
      "--labels", try scratch.write("y.npy", labels: labels),
      "--teacher", "related=" + (try scratch.write("t1.npy", related, columns: 2)),
      "--teacher", "unrelated=" + (try scratch.write("t2.npy", unrelated, columns: 2)),
    ]
  }

  @Test func verdictsAreRightOnClearCases() throws {
    let scratch = try Scratch()
    let result = try mi(["check", "--json"] + data(scratch))
    #expect(result.status == 0)
    let object = try result.object()
    let teachers = try #require(object["teachers"] as? [[String: Any]])
    #expect(teachers.map { $0["name"] as? String } == ["related", "unrelated"])
    #expect(teachers.map { $0["verdict"] as? String } == ["distill", "doNotDistill"])
    #expect(object["ranking"] as? [String] == ["related", "unrelated"])
    for key in ["schema", "regime", "scorecards", "admissions", "teachers", "ranking"] {
      #expect(object.keys.contains(key), "\(key)")
    }
    let keys = [
      "name", "verdict", "probabilityGapPositive", "teacherStudentNats", "studentLabelNats",
      "gapNats", "gapInterval", "labelEntropyNats", "warnings",
    ]
    for key in keys { #expect(teachers[0].keys.contains(key), "\(key)") }
  }

  @Test func threadsDoNotChangeTheBytes() throws {
    let scratch = try Scratch()
    let arguments = ["check", "--json", "--seed", "3"] + (try data(scratch, n: 200))
    let one = try mi(arguments + ["--threads", "1"]).output
    let two = try mi(arguments + ["--threads", "2"]).output
    #expect(one.contains("verdict"))
    #expect(one == two)
  }

  @Test func anUnconfirmedHoldOutIsAWarning() throws {
    let scratch = try Scratch()
    let arguments = ["check"] + (try data(scratch, n: 200))
    #expect(try mi(arguments).errors.contains("held out"))
    #expect(try !mi(arguments + ["--held-out"]).errors.contains("held out"))
  }

  @Test func rowsThatDifferAreBadData() throws {
    let scratch = try Scratch()
    let short = try scratch.write("short.npy", [1, 2, 3, 4])
    let result = try mi(["check"] + data(scratch) + ["--teacher", "short=\(short)"])
    #expect(result.status == 65)
    #expect(result.errors.contains("short has 4 rows and student 400"))
  }

  @Test func teachersOfOneNameAreWrongUsage() throws {
    let scratch = try Scratch()
    let result = try mi(["check"] + data(scratch) + ["--teacher", "related=x.npy"])
    #expect(result.status == 64)
  }

  @Test func theSecondRunReadsWhatTheFirstOneKept() throws {
    let scratch = try Scratch()
    let cache = scratch.path("kept.sqlite")
    let arguments = ["check", "--json", "--cache", cache] + (try data(scratch, n: 200))
    let clock = ContinuousClock()
    let start = clock.now
    let first = try mi(arguments).output
    let middle = clock.now
    let second = try mi(arguments).output
    let end = clock.now
    #expect(first == second && first.contains("verdict"))
    #expect(middle - start > end - middle)
    #expect(
      try mi(arguments.filter { $0 != "--cache" && $0 != cache } + ["--no-cache"]).output == first)
    #expect(try mi(arguments + ["--no-cache"]).status == 64)
    let text = try scratch.write("text", text: "this is no store")
    #expect(try mi(["check", "--cache", text] + data(scratch)).status == 65)
  }

  @Test func rowsOfTrainingAreRefused() throws {
    let scratch = try Scratch()
    let arguments = ["check"] + (try data(scratch, n: 200))
    let some = try scratch.write("some.npy", labels: [3, 4, 5])
    let mixed = try mi(arguments + ["--train-rows", some])
    #expect(mixed.status == 65)
    #expect(mixed.errors.contains("3 of the 200 rows were used in training, the first is row 3"))
    let all = try scratch.write("all.npy", labels: [Int64](repeating: 1, count: 200))
    #expect(try mi(arguments + ["--train-rows", all]).errors.contains("all 200 rows"))
    let none = try scratch.write("none.npy", labels: [Int64](repeating: 0, count: 200))
    let held = try mi(arguments + ["--train-rows", none])
    #expect(held.status == 0)
    #expect(!held.errors.contains("held out"))
    let beyond = try scratch.write("beyond.npy", labels: [200])
    #expect(try mi(arguments + ["--train-rows", beyond]).errors.contains("is no row of the data"))
    let split = try scratch.write(
      "split.csv", text: "part\n" + (0..<200).map { $0 < 50 ? "train\n" : "test\n" }.joined())
    #expect(try mi(arguments + ["--groups", split]).errors.contains("some rows are \"train\""))
  }

  @Test func groupsStayTogether() throws {
    let scratch = try Scratch()
    let arguments = ["check", "--json", "--held-out"] + (try data(scratch, n: 200))
    let groups = try scratch.write("g.npy", labels: (0..<200).map { Int64($0 / 5) })
    let object = try mi(arguments + ["--groups", groups]).object()
    #expect((object["regime"] as? [String: Any])?["groups"] as? Int == 40)
    let few = try scratch.write("few.npy", labels: (0..<200).map { Int64($0 / 50) })
    #expect(try mi(arguments + ["--groups", few]).errors.contains("4 groups"))
  }

  @Test func thePageStartsWithTheAnswer() throws {
    let scratch = try Scratch()
    let page = scratch.path("report.html")
    let result = try mi(["check", "--report", page, "--held-out"] + data(scratch))
    #expect(result.status == 0)
    let text = try String(contentsOfFile: page, encoding: .utf8)
    let answer = "Distill from related into student; do not distill from unrelated."
    #expect(text.contains(answer))
    for word in [
      "How to repeat this", "hash of the values", "LogME", "Teachers compared", "seed 0",
    ] {
      #expect(text.contains(word), "\(word)")
    }
    #expect(!text.contains("{{"))
    let markdown = scratch.path("report.md")
    #expect(try mi(["check", "--report", markdown] + data(scratch)).status == 0)
    #expect(try String(contentsOfFile: markdown, encoding: .utf8).contains("**\(answer)**"))
  }
}
