// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators
import Foundation
import Harness
import Testing

@Suite struct BenchReportTests {
  /// Estimates truth + bias + noise on `tasks` tasks with 5 seeds; nil as bias is a failure.
  private func summary(
    _ biases: [(name: String, bias: Double?)], noise: Double = 0.01, tasks: Int = 12,
    sizes: [Int] = [100], round: Int = 0
  ) throws -> BenchSummary {
    let folder = try StoreFolder()
    let store = try folder.store()
    for task in 0..<tasks {
      try store.register(plantedTask("task-\(task)", nats: 0.2 * Double(task), dx: 1 + task % 3))
    }
    for (name, bias) in biases {
      for (task, n, seed) in trials(tasks, sizes) {
        var source = RandomSource(seed: testSeed(seed + 100 * round), UInt64(task), fnv(name))
        let error = bias.map { $0 * 100 / Double(n) + noise * source.normal() }
        try store.insert(
          plantedRow(
            name, "task-\(task)", n: n, seed: seed, nats: error.map { 0.2 * Double(task) + $0 }))
      }
    }
    return try BenchSummary(store)
  }

  private func trials(_ tasks: Int, _ sizes: [Int]) -> [(Int, Int, Int)] {
    (0..<tasks).flatMap { task in sizes.flatMap { n in (0..<5).map { (task, n, $0) } } }
  }

  private func fnv(_ name: String) -> UInt64 { name.utf8.reduce(1) { $0 &* 31 &+ UInt64($1) } }

  @Test func ranksAreGivenOnlyWhereTheTasksSeparate() throws {
    var separated = 0
    for round in 0..<12 {
      let summary = try summary(
        [("near", 0.0), ("twin", 0.0), ("far", 0.3), ("farther", -0.6)], round: round)
      let board = Leaderboard(summary, n: 100)
      let ranks = Dictionary(
        uniqueKeysWithValues: board.entries.map { (summary.estimators[$0.estimator].id, $0.rank) })
      #expect(ranks["far"] == 3 && ranks["farther"] == 4)
      if ranks["near"] != 1 || ranks["twin"] != 1 { separated += 1 }
    }
    // Equals are told apart at level 0.05: more than 4 of 12 have probability 0.0002.
    expect(separated, atMost: 4)
  }

  @Test func aLeaderHasItsErrorAndWhomItBeats() throws {
    let summary = try summary([("near", 0.0), ("twin", 0.0), ("far", 0.3), ("farther", -0.6)])
    let board = Leaderboard(summary, n: 100)
    let far = try #require(board.entries.first { summary.estimators[$0.estimator].id == "far" })
    // The mean of |0.3 + 0.01 z| over 60 samples; its error is 0.01 / sqrt(60).
    expect((far.meanAbsoluteError ?? 0), within: 0.005, of: 0.3)
    // Of a standard deviation of 12 means, 0.2 of itself and more.
    expect((far.standardError ?? 0), within: 0.0009, of: 0.01 / 60.0.squareRoot())
    #expect(far.beats == 1)
  }

  @Test func threeTasksSeparateNobody() throws {
    let summary = try summary([("near", 0.0), ("far", 5.0)], tasks: 3)
    #expect(Leaderboard(summary, n: 100).entries.map(\.rank) == [1, 1])
  }

  @Test func failingDoesNotPay() throws {
    let summary = try summary([("poor", 0.5), ("failing", nil)])
    let board = Leaderboard(summary, n: 100)
    let last = try #require(board.entries.last)
    #expect(summary.estimators[last.estimator].id == "failing")
    #expect(last.rank == 2 && last.failedTasks == 12 && last.meanAbsoluteError == nil)
    #expect(last.failures == 60)
  }

  @Test(arguments: [
    ([0.66, 0.7, 1.0], Convergence.from(n: 200)),
    ([0.9, 0.5, 0.9], .from(n: 400)),
    ([0.9, 0.9, 1.6], .notReached),
    ([0.67, 1.5, 2.0 / 3], .from(n: 100)),
    ([nil, nil, 1.0], .from(n: 400)),
    ([1.0, 1.0, nil], .notReached),
  ])
  func convergenceIsFromWhereTheMeanStaysInside(means: [Double?], expected: Convergence) {
    let sized = zip([100, 200, 400], means).map { (n: $0, nats: $1) }
    #expect(Convergence(means: sized, truth: 1) == expected)
  }

  @Test func convergenceToZeroIsUndefined() {
    #expect(Convergence(means: [(n: 100, nats: 0.1)], truth: 0) == .undefined)
  }

  @Test func curvesRecoverThePlantedBiasAndSpread() throws {
    let summary = try summary([("a", 0.4)], noise: 0.05, tasks: 40, sizes: [100, 200])
    let curve = try #require(summary.curves(along: .size).first)
    #expect(curve.points.map(\.position) == [100, 200])
    for (point, bias) in zip(curve.points, [0.4, 0.2]) {
      let band = try #require(point.biasBand)
      // 1.96 standard errors of 200 samples: 0.0069.
      // A deviation of 200 draws is off by a twentieth of itself, 0.00035 here.
      expect(band, within: 0.0014, of: 1.96 * 0.05 / 200.0.squareRoot())
      expect(point.bias, within: 2 * band, of: bias)
      expect((point.sd ?? 0), within: 0.01, of: 0.05)
      #expect(point.tasks == 40)
    }
    #expect(summary.curves(along: .dimension).first?.points.map(\.position) == [2, 3, 4])
    #expect(summary.curves(along: .information).first?.points.count == 40)
  }

  @Test func labelsShowWhatDiffersAndNoMore() throws {
    let folder = try StoreFolder()
    let store = try folder.store()
    try store.register(plantedTask("t"))
    let rows = [
      ("ksg", "1", "{\"k\":[3],\"noise\":false}"), ("ksg", "1", "{\"k\":[5],\"noise\":false}"),
      ("ksg", "2", "{\"k\":[5],\"noise\":false}"), ("plain", "1", "{\"x\":1}"),
    ]
    for (id, version, parameters) in rows {
      try store.insert(
        plantedRow(id, "t", version: version, parameters: parameters, nats: 1))
    }
    #expect(
      try BenchSummary(store).estimators.map(\.label)
        == ["ksg k=3", "ksg k=5 v1", "ksg k=5 v2", "plain"])
  }

  @Test func thePageIsWholeAndEscaped() throws {
    let folder = try StoreFolder()
    let store = try folder.store()
    try store.register(plantedTask("<script>alert(1)</script>&\"", nats: 0.5))
    try store.register(plantedTask("other", nats: 1))
    for task in ["<script>alert(1)</script>&\"", "other"] {
      for n in [100, 1000] {
        for seed in 0..<3 {
          try store.insert(plantedRow("a", task, n: n, seed: seed, nats: 0.4))
          try store.insert(plantedRow("b", task, n: n, seed: seed, nats: nil))
        }
      }
    }
    let document = BenchReport(try BenchSummary(store)).document
    let drawings = try Gnuplot.draw(document.plots, hasKey: false)
    let page = document.html(drawings: drawings)
    #expect(!page.contains("<script>alert"))
    #expect(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;&amp;"))
    // Names of XML namespaces are no addresses that are fetched.
    for address in ["src=", "@import", "url(", "href=\"http"] { #expect(!page.contains(address)) }
    #expect(page.contains("prefers-color-scheme: dark"))
    #expect(page.contains("<details>") && page.contains("data-key=\"1.0\""))
    if drawings != nil {
      #expect(page.contains("<svg role=\"img\" aria-label=\"Bias\""))
      #expect(!page.contains("stroke='black'") && !page.contains("fill=\"black\""))
    }
    let without = document.html(drawings: nil)
    #expect(without.contains("gnuplot was not found") && !without.contains("<svg"))
  }

  @Test func textAndMarkdownHoldTheSameNumbers() throws {
    let summary = try summary([("near", 0.0), ("far", 0.25)], noise: 0)
    let document = BenchReport(summary).document
    for text in [document.text, document.markdown] {
      #expect(text.contains("0.250"))
      #expect(text.contains("task-11"))
      #expect(text.contains("2.45"))
    }
    #expect(document.markdown.contains("| --: |"))
    #expect(document.text.contains("LEADERBOARD"))
  }
}
