// SPDX-License-Identifier: MIT

import Estimators
import Foundation
import Testing

#if canImport(FoundationXML)
import FoundationXML
#endif

@Suite struct DistillCommandTests {
  /// Three views of 240 items: one that sees the label's cause, one that sees it dimly, one blind.
  private func folder(_ scratch: Scratch, n: Int = 240) throws -> String {
    var random = RandomSource(seed: testSeed(21))
    let z = random.normals(n)
    try scratch.write("view_clear.npy", z.flatMap { [$0, random.normal()] }, columns: 2)
    try scratch.write(
      "view_dim.npy", z.flatMap { [$0 + random.normal()] + random.normals(3) }, columns: 4)
    try scratch.write("view_blind.npy", random.normals(2 * n), columns: 2)
    try scratch.write("labels.npy", labels: z.map { $0 + random.normal() > 0 ? 1 : 0 })
    try scratch.write("groups.npy", labels: (0..<n).map { Int64($0 / 8) })
    return scratch.folder.path
  }

  private let fast = ["--splits", "6", "--weight", "0.5", "--temperature", "1,2"]

  @Test func gainsStandBesideTheVerdict() throws {
    let scratch = try Scratch()
    let folder = try folder(scratch)
    let result = try mi(
      [
        "distill", "--json", "--teacher", "clear=\(folder)/view_clear.npy", "--teacher",
        "blind=\(folder)/view_blind.npy", "--student", "\(folder)/view_dim.npy", "--labels",
        "\(folder)/labels.npy", "--student-rows", "60",
      ] + fast)
    #expect(result.status == 0)
    let object = try result.object()
    #expect(object["schema"] as? String == "mi.distill/1")
    let teachers = try #require(object["teachers"] as? [[String: Any]])
    #expect(teachers.map { $0["name"] as? String } == ["clear", "blind"])
    for key in ["effect", "gain", "gainInterval", "verdict", "weight", "temperature"] {
      #expect(teachers.allSatisfy { $0.keys.contains(key) }, "\(key)")
    }
    let quality = teachers.compactMap {
      ($0["outcome"] as? [String: Any])?["teacherQuality"] as? Double
    }
    try #require(quality.count == 2)
    // Over seeds 0.74 with a standard deviation of 0.04, where guessing is 0.5.
    expect(quality[0], above: 0.6)
    expect(quality[0] - quality[1], above: 0.08)
    let verdicts = teachers.compactMap { $0["verdict"] as? String }
    #expect(verdicts.count == 2)
    // What a blind teacher shares with the student is nothing, held out.
    #expect(verdicts.last != "distill")
  }

  @Test func textHasTheTablesAndTheGroups() throws {
    let scratch = try Scratch()
    let folder = try folder(scratch)
    let arguments =
      [
        "distill", "run", "--teacher", "clear=\(folder)/view_clear.npy", "--student",
        "\(folder)/view_dim.npy", "--labels", "\(folder)/labels.npy", "--represent", "none",
        "--groups", "\(folder)/groups.npy",
      ] + fast
    let one = try mi(arguments + ["--threads", "1"])
    #expect(one.status == 0)
    for part in ["effect", "label smoothing", "self-distillation", "By weight and temperature"] {
      #expect(one.output.contains(part), "\(part)")
    }
    #expect(one.output == (try mi(arguments + ["--threads", "2"]).output))
  }

  @Test func aStudyGoesOnWhereItWas() throws {
    let scratch = try Scratch()
    let folder = try folder(scratch)
    let arguments =
      [
        "distill", "study", folder, "--store", "\(folder)/study.sqlite", "--represent", "none",
        "--report", "\(folder)/study.html",
      ] + fast
    let first = try mi(arguments)
    #expect(first.status == 0)
    #expect(first.output.contains("6 pairs run, 0 were in the store."))
    let page = try String(contentsOfFile: "\(folder)/study.html", encoding: .utf8)
    #expect(page.contains("Which rule was right?") && page.contains("clear"))
    let second = try mi(arguments)
    #expect(second.output.contains("0 pairs run, 6 were in the store."))
    #expect(
      first.output.replacing("6 pairs run, 0 were", with: "")
        == second.output.replacing("0 pairs run, 6 were", with: ""))
    // Another seed is another configuration.
    #expect(try mi(arguments + ["--seed", "1"]).output.contains("6 pairs run"))
  }

  @Test func thePhaseDiagramIsOnePicture() throws {
    let scratch = try Scratch()
    let path = scratch.path("phase.svg")
    let result = try mi("distill", "phase", "--draws", "200", "--out", path)
    #expect(result.status == 0)
    #expect(result.output.contains("too careful"))
    let picture = try String(contentsOfFile: path, encoding: .utf8)
    #expect(picture.hasPrefix("<svg") && picture.utf8.count < 300_000)
    #expect(XMLParser(data: Data(picture.utf8)).parse())
  }

  @Test(arguments: [
    ["--weight", "0"], ["--weight", "1.5"], ["--temperature", "-1"], ["--splits", "2"],
    ["--represent", "pca"], ["--student-model", "tree"], ["--test-share", "1"],
  ])
  func wrongSettingsAreWrongUsage(setting: [String]) throws {
    let result = try mi(
      ["distill", "--teacher", "t.npy", "--student", "s.npy", "--labels", "y.npy"] + setting)
    #expect(result.status == 64)
  }

  @Test func aFolderWithoutViewsIsBadData() throws {
    let scratch = try Scratch()
    let result = try mi("distill", "study", scratch.folder.path)
    #expect(result.status == 65)
    #expect(result.errors.contains("view_NAME"))
  }

  @Test func theHelpHasExamples() throws {
    let result = try mi("help", "distill")
    #expect(result.status == 0)
    #expect(result.output.contains("mi distill study") && result.output.contains("EXAMPLES"))
  }

  @Test func mfhVerdictsAreCountedAndTold() throws {
    let arguments = ["distill", "mfh", "--verdicts", "--seeds", "2", "--rows", "120"]
    let text = try mi(arguments + ["--weight", "5"])
    #expect(text.status == 0, "\(text.errors)")
    for part in ["Weight 5.00", "check right", "undecided", "exact right", "120 held-out rows"] {
      #expect(text.output.contains(part), "\(part)")
    }
    let object = try mi(arguments + ["--json"]).object()
    #expect(object["schema"] as? String == "mi.distill.mfh.verdicts/1")
    #expect((object["verdicts"] as? [Any])?.count == 22)
  }
}
