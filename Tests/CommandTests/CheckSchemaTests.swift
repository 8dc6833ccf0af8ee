// SPDX-License-Identifier: MIT

import Estimators
import Foundation
import Testing

/// `mi check --json` in all its branches against docs/check.schema.json.
@Suite struct CheckSchemaTests {
  private let schema: JSONSchema

  init() throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    schema = try JSONSchema(file: folder.appendingPathComponent("docs/check.schema.json"))
  }

  /// A student of two columns, a related teacher, an unrelated one, class labels, numbers, a teacher
  /// that is labels, and 20 groups.
  private func files(_ scratch: Scratch, n: Int = 160) throws {
    var random = RandomSource(seed: 5)
    let s = random.normals(2 * n)
    try scratch.write("s.npy", s, columns: 2)
    try scratch.write(
      "t.npy", (0..<n).flatMap { [s[2 * $0] + 0.3 * random.normal(), random.normal()] }, columns: 2)
    try scratch.write("u.npy", random.normals(2 * n), columns: 2)
    try scratch.write("y.npy", labels: (0..<n).map { s[2 * $0] + random.normal() > 0 ? 1 : 0 })
    try scratch.write("z.npy", (0..<n).map { s[2 * $0] + random.normal() })
    try scratch.write("c.npy", labels: (0..<n).map { s[2 * $0] > 0.3 ? 1 : 0 })
    try scratch.write("g.npy", labels: (0..<n).map { Int64($0 / 8) })
    try scratch.write("constant.npy", (0..<n).flatMap { [1, s[2 * $0]] }, columns: 2)
  }

  private static let quick = [
    "check", "--json", "--no-cache", "--replicates", "5", "--subsamples", "10", "--student",
    "s.npy",
  ]

  @Test(arguments: [
    "--teacher t.npy --labels y.npy --held-out --represent raw",
    "--teacher a=t.npy --teacher b=u.npy --joint --labels y.npy --groups g.npy",
    "--teacher a=t.npy --teacher b=u.npy --labels z.npy --represent raw",
    "--teacher t.npy --labels y.npy --represent logits",
    "--teacher t.npy --labels z.npy --represent logits",
    "--teacher t.npy --labels y.npy --represent pca=1 --train-rows none.npy",
    "--teacher c.npy --labels y.npy",
    "--teacher constant.npy --labels y.npy",
    "--teacher t.npy --labels y.npy --budget 1ms",
    "--teacher t.npy --labels y.npy --budget 600s",
    "--teacher t.npy --labels y.npy -e binning -p bins=40",
  ])
  func everyBranchIsValid(_ arguments: String) throws {
    let scratch = try Scratch()
    try files(scratch)
    try scratch.write("none.npy", labels: [Int64](repeating: 0, count: 160))
    let result = try mi(
      Self.quick + arguments.split(separator: " ").map(String.init), in: scratch.folder)
    #expect(result.status == 0, "\(result.errors)")
    #expect(try schema.faults(of: result.output) == [])
  }

  @Test func theValidatorFindsFaults() throws {
    let scratch = try Scratch()
    try files(scratch)
    let good = try mi(
      Self.quick + ["--teacher", "t.npy", "--labels", "y.npy"], in: scratch.folder
    ).output
    for (old, new) in [
      ("\"mi.check/1\"", "\"mi.check/2\""), ("\"distill\"", "\"perhaps\""),
      ("\"alpha\" : 0.05", "\"alpha\" : \"0.05\""), ("\"ranking\"", "\"rankings\""),
      ("\"heldOutConfirmed\" : false", "\"heldOutConfirmed\" : 0"),
      ("\"best\" : 1", "\"best\" : 0"),
    ] where good.contains(old) {
      #expect(try !schema.faults(of: good.replacing(old, with: new)).isEmpty, "\(old)")
    }
  }
}
