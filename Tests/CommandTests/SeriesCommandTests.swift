// SPDX-License-Identifier: MIT

import Estimators
import Foundation
import Testing

@Suite struct SeriesCommandTests {
  /// Rows of a series x and of y, which follows it after three rows.
  private func followed(_ n: Int = 400) -> (x: [Double], y: [Double]) {
    var random = RandomSource(seed: testSeed(31))
    let x = random.normals(n)
    return (x, (0..<n).map { ($0 >= 3 ? x[$0 - 3] : 0) + random.normal() / 2 })
  }

  @Test func lagsShowATableAndThePeak() throws {
    let scratch = try Scratch()
    let (x, y) = followed()
    let files = try [scratch.write("x.npy", x), scratch.write("y.npy", y)]
    let text = try mi(["lags"] + files + ["--max-lag", "5", "--permutations", "39"])
    #expect(text.status == 0)
    #expect(text.output.contains("Peak: I(x at t; y at t + 3) ="))
    #expect(text.output.contains("x comes 3 rows first"))
    #expect(text.output.contains("39 surrogates by shift"))
    #expect(text.output.split(separator: "\n").count { $0.hasSuffix("peak") } == 1)
    let object = try mi(["lags"] + files + ["--max-lag", "5", "--json"]).object()
    #expect(object["schema"] as? String == "mi.lags/1")
    #expect((object["lags"] as? [[String: Any]])?.count == 11)
    #expect((object["peak"] as? [String: Any])?["lag"] as? Int == 3)
    #expect(object["independence"] is NSNull)
    #expect(object["n"] as? Int == 390)
  }

  @Test func transferIsShownWithItsRowsAndItsLocalValues() throws {
    let scratch = try Scratch()
    let (x, y) = followed()
    let files = try [scratch.write("x.npy", x), scratch.write("y.npy", y)]
    let local = scratch.folder.appendingPathComponent("local.csv").path
    let text = try mi(
      ["transfer"] + files + [
        "--lag", "auto", "--max-lag", "5", "--history", "auto", "--pointwise", local,
      ])
    #expect(text.status == 0)
    #expect(text.output.hasPrefix("T(source -> target) = "))
    #expect(text.output.contains("source at t - 3"))
    #expect(text.output.contains("lags tried: 1: "))
    let lines = try String(contentsOfFile: local, encoding: .utf8).split(separator: "\n")
    #expect(lines[0] == "row,nats")
    #expect(lines[1].hasPrefix("5,"))
    #expect(lines.count == 396)
    let refused = try mi(["transfer"] + files + ["--pointwise", "local.txt"])
    #expect(refused.status == 64)
    #expect(refused.errors.contains("ends in .npy or .csv"))
  }

  /// An array of trials x time is the same as its rows one after the other with the trial as group.
  @Test func trialsByTimeAreGroups() throws {
    let scratch = try Scratch()
    let (x, y) = followed(400)
    let groups = (0..<400).map { $0 / 40 }
    let column = try mi(
      "lags", scratch.write("x.npy", x), scratch.write("y.npy", y), "--groups",
      scratch.write("g.npy", labels: groups.map { Int64($0) }), "--max-lag", "4", "--json",
      "--no-timing"
    ).object()
    let wide = try mi(
      "lags", scratch.write("wide-x.npy", x, columns: 40),
      scratch.write("wide-y.npy", y, columns: 40), "--trials", "--max-lag", "4", "--json",
      "--no-timing"
    ).object()
    #expect(column["trials"] as? Int == 10)
    for key in ["n", "rows", "trials"] { #expect(column[key] as? Int == wide[key] as? Int) }
    let nats = [column, wide].map {
      ($0["lags"] as? [[String: Any]])?.map { $0["nats"] as? Double }
    }
    #expect(nats[0] == nats[1])
  }

  @Test func aGapEndsATrial() throws {
    let scratch = try Scratch()
    let (x, y) = followed(200)
    let table =
      "x,y\n"
      + (0..<200).map { $0 == 90 ? "\(x[$0])," : "\(x[$0]),\(y[$0])" }.joined(separator: "\n")
    let file = try scratch.write("t.csv", text: table)
    let refused = try mi("lags", "\(file):x", "\(file):y", "--max-lag", "2")
    #expect(refused.status == 65)
    let object = try mi(
      "lags", "\(file):x", "\(file):y", "--max-lag", "2", "--missing", "drop", "--json"
    ).object()
    #expect(object["trials"] as? Int == 2)
    // Two rows fewer at each end of either trial.
    #expect(object["n"] as? Int == 191)
  }

  /// The teacher comes four rows before the student: the check is that of files moved by hand, and says so.
  @Test func aCheckFindsTheLagOfItsTeacher() throws {
    let scratch = try Scratch()
    var random = RandomSource(seed: testSeed(34))
    let n = 400
    let teacher = random.normals(n)
    let student = (0..<n).map { ($0 >= 4 ? teacher[$0 - 4] : 0) + random.normal() / 2 }
    let labels = student.map { Int64($0 + random.normal() > 0 ? 1 : 0) }
    let options = [
      "--represent", "raw", "--replicates", "5", "--subsamples", "10", "--no-cache", "--json",
      "-e", "gaussian-copula", "-e", "gaussian-label",
    ]
    func check(
      _ name: String, _ teacher: [Double], _ student: [Double], _ labels: [Int64],
      _ own: [String]
    ) throws -> CommandResult {
      try mi(
        [
          "check", "--teacher", "t=" + scratch.write("t\(name).npy", teacher), "--student",
          scratch.write("s\(name).npy", student), "--labels",
          scratch.write("y\(name).npy", labels: labels),
        ] + options + own)
    }
    let found = try check("a", teacher, student, labels, ["--lag", "auto", "--max-lag", "6"])
    #expect(found.status == 0)
    #expect(found.errors.contains("share most with t 4 rows before student"))
    #expect(found.errors.contains("396 of 400 rows have all their partners"))
    let byHand = try check(
      "b", Array(teacher.dropLast(4)), Array(student.dropFirst(4)), Array(labels.dropFirst(4)),
      ["--order", "time"])
    let decisions = try [found, byHand].map {
      let one = try #require(($0.object()["teachers"] as? [[String: Any]])?.first)
      return (one["gapNats"] as? Double, one["verdict"] as? String)
    }
    #expect(decisions[0].0 == decisions[1].0 && decisions[0].0 != nil)
    #expect(decisions[0].1 == decisions[1].1)
    let told = try check("c", teacher, student, labels, ["--lag", "soon"])
    #expect(told.status == 64)
  }

  @Test func aConditionalTestIsOfWhatIsBeyondZ() throws {
    let scratch = try Scratch()
    var random = RandomSource(seed: testSeed(33))
    let z = random.normals(300)
    let x = z.map { $0 * $0 + random.normal() / 2 }
    let y = zip(z, x).map { sin(2 * $0) + $1 + random.normal() / 2 }
    let files = try [scratch.write("x.npy", x), scratch.write("y.npy", y)]
    let given = try scratch.write("z.npy", z)
    let object = try mi(
      ["estimate"] + files + ["--given", given, "--permutations", "99", "--json"]
    ).object()
    let test = try #require(object["independence"] as? [String: Any])
    #expect(test["surrogates"] as? String == "local")
    // x explains half the variance of y beyond z: 0.35 nats at a deviation of 0.05.
    expect(test["pValue"] as? Double ?? 1, below: 0.05)
  }
}
