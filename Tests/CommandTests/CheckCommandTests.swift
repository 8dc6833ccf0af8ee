// SPDX-License-Identifier: MIT

import Estimators
import Foundation
import Testing

@Suite struct CheckCommandTests {
  /// A student of two columns, a teacher that shares one, a teacher that shares none, and labels
  /// that follow the student's other column.
  private func data(_ scratch: Scratch, n: Int = 400) throws -> [String] {
    var random = RandomSource(seed: 11)
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
}
