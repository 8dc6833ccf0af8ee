// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators
import Foundation
import Testing

/// Each request is run in a process of its own for each level: the level is chosen when a program is
/// loaded, and threads of other tests must not see it change.
@Suite("Every estimator gives the same bytes at every level with fused multiply-add")
struct KernelLevelTests {
  static let fused = KernelLevel.available.filter { $0 != "baseline" }

  /// Parameters that make training short; the others run with their defaults.
  static let short: [String: [String]] = [
    "lmi": ["steps=60", "twins=2"], "gmm": ["draws=1000", "maxComponents=4"],
    "auto": ["fast=true", "twins=1"],
  ]

  static func parameters(_ id: String) -> [String] {
    let neural = ["mine", "dv", "nwj", "infonce", "smile", "js", "dime"].contains(id)
    let list = neural ? ["steps=60", "batch=64", "evaluationNegatives=31"] : short[id] ?? []
    return list.flatMap { ["-p", $0] }
  }

  /// Columns of 3 and 2 numbers that are related, by rows; 150 rows.
  private func write(_ scratch: Scratch) throws -> (x: String, y: String, labels: String) {
    let n = 150
    var random = RandomSource(seed: 41)
    let x = random.normals(3 * n)
    let y = (0..<2 * n).map { 0.7 * x[$0 / 2 * 3 + $0 % 2] + random.normal() }
    let labels = (0..<n).map { Int64(x[3 * $0] + random.normal() > 0 ? 1 : 0) }
    return (
      try scratch.write("x.npy", x, columns: 3), try scratch.write("y.npy", y, columns: 2),
      try scratch.write("labels.npy", labels: labels)
    )
  }

  /// What the command prints at each level, which must succeed.
  private func outputs(_ arguments: [String], levels: [String] = fused) throws -> [String] {
    try levels.map { level in
      let result = try mi(arguments, environment: ["MI_KERNELS": level])
      #expect(result.status == 0, "\(level): \(result.errors)")
      return result.output
    }
  }

  private func expectSameBytes(_ arguments: [String]) throws {
    let outputs = try outputs(arguments)
    for (level, output) in zip(Self.fused, outputs) {
      #expect(output == outputs[0], "\(level) beside \(Self.fused[0])")
    }
  }

  @Test(arguments: EstimatorRegistry.builtInEntries.map(\.descriptor))
  func `of every estimator, of every kind that it takes`(descriptor: EstimatorDescriptor) throws {
    let scratch = try Scratch()
    let (x, y, labels) = try write(scratch)
    // x and y have five columns in all.
    let single = (descriptor.traits.maximumDimension ?? 5) < 5
    var random = RandomSource(seed: 42)
    let (u, v) = (
      try scratch.write("u.npy", random.normals(150)),
      try scratch.write("v.npy", random.normals(150))
    )
    for kind in descriptor.traits.kinds {
      let files: [String] =
        switch kind {
        case .continuous: single ? [u, v] : [x, y]
        case .mixed: [single ? u : x, labels]
        case .discrete: [labels, labels]
        }
      try expectSameBytes(
        ["estimate"] + files + ["-e", descriptor.id, "--json", "--no-timing", "--seed", "3"]
          + Self.parameters(descriptor.id))
    }
  }

  @Test(arguments: ["rank+ksg-1", "whiten+ksg-1", "pca+gaussian", "subsample+gaussian"])
  func `of wrappers`(id: String) throws {
    let scratch = try Scratch()
    let (x, y, _) = try write(scratch)
    try expectSameBytes([
      "estimate", x, y, "-e", id, "--json", "--no-timing", "--seed", "3",
    ])
  }

  @Test func `of check`() throws {
    let scratch = try Scratch()
    let (x, y, labels) = try write(scratch)
    try expectSameBytes([
      "check", "--teacher", "t=" + x, "--student", y, "--labels", labels, "-e", "gaussian", "-e",
      "gaussian-label", "--held-out", "--no-cache", "--json", "--no-timing", "--seed", "3",
    ])
  }

  @Test func `the baseline rounds twice, and says so`() throws {
    let scratch = try Scratch()
    let (x, y, _) = try write(scratch)
    let arguments = ["estimate", x, y, "-e", "gaussian", "--json", "--no-timing"]
    let slow = try mi(arguments, environment: ["MI_KERNELS": "baseline"])
    let best = try mi(arguments, environment: ["MI_KERNELS": ""])
    let (a, b) = (try slow.object()["nats"] as? Double, try best.object()["nats"] as? Double)
    #expect(try abs(#require(a) - #require(b)) < 1e-12)
    #if arch(x86_64)
    #expect(slow.errors.contains("warning: The slow baseline kernels are at work"))
    #endif
    #expect(!best.errors.contains("kernels"))
  }

  @Test func `the version names the level, and the cap caps it`() throws {
    for level in KernelLevel.available {
      let result = try mi(["--version"], environment: ["MI_KERNELS": level])
      #expect(result.output.contains("kernels: \(level)\n"))
    }
    let best = try #require(KernelLevel.available.last)
    #expect(try mi(["--version"], environment: ["MI_KERNELS": ""]).output.contains(best))
    let wrong = try mi(["--version"], environment: ["MI_KERNELS": "sse9"])
    #expect(wrong.output.contains("kernels: \(best)\n"))
    #expect(wrong.errors.contains("MI_KERNELS names no level"))
  }
}
