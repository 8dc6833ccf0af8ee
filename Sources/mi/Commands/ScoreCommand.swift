// SPDX-License-Identifier: MIT

import ArgumentParser
import EstimatorAPI
import Harness

struct ScoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "score", abstract: "Estimators against known truth: bias, spread, coverage, time.",
    discussion: """
      Draws samples whose mutual information is known exactly and reports how
      far each estimator is off. Two continuous variables are Gaussian with the
      information spread over all canonical correlations; a continuous variable
      with labels is a Gaussian mixture; labels with labels go through a
      symmetric channel. Levels beyond what the classes can hold are left out,
      and that is said. Without -e every estimator that needs no random
      numbers is scored; those that train take minutes and are named by -e.

      EXAMPLES
        mi score -e ksg-1 -e gaussian -n 1000 --dims 5x5
        mi score -e ross --dims 3 --classes 10 --mi 0,0.5,1,2
        mi score -e ksg-1 -p k=3,5,10 --replicates 100 --json
      """)

  @OptionGroup var chosen: EstimatorOptions

  @Option(name: [.customShort("n"), .long], help: "Rows in each sample.")
  var n = 1000

  @Option(help: "Dimensions of x and y, as 5x5; with labels only the first counts.")
  var dims = Dimensions(dx: 1, dy: 1)

  @Option(help: "Classes of the labels, for estimators that take labels.")
  var classes = 4

  @Option(help: "Levels of true mutual information in nats, with commas.")
  var mi = Levels(nats: [0, 0.5, 1, 2])

  @Option(help: "Independent samples at each level.")
  var replicates = 20

  @OptionGroup var compute: ComputeOptions
  @OptionGroup var shared: SharedOptions

  func validate() throws {
    try reporting { try operation([]).check() }
  }

  func run() throws {
    try reporting {
      let registry = try shared.registry()
      let isCancelled = Cancellation.listen()
      let progress = ProgressLine()
      defer { progress.clear() }
      let operation = operation(
        try chosen.choices(registry, default: ScoreStudy.defaultEstimators(registry)))
      let outcome = try operation.run(
        registry, seed: compute.seed, threads: compute.threads,
        progress: { progress.show($0) }, isCancelled: isCancelled)
      progress.clear()
      writeWarnings(outcome.warnings)
      for failure in outcome.failures {
        writeError("warning: \(failure.estimator): \(failure.error)")
      }
      if shared.json {
        try printJSON(ScoreAnswer(outcome))
      } else {
        print(text(outcome.scorecards))
      }
      if outcome.scorecards.isEmpty { throw ExitCode(70) }
    }
  }

  private func operation(_ estimators: [EstimatorChoice]) -> ScoreOperation {
    ScoreOperation(
      estimators: estimators, n: n, dx: dims.dx, dy: dims.dy, classes: classes, levels: mi.nats,
      replicates: replicates, timing: compute.timing)
  }

  private func text(_ scorecards: [Scorecard]) -> String {
    let units = shared.units
    var table = TextTable(
      "estimator", "truth", "mean", "bias", "+-", "sd", "rmse", "+-", "coverage", "failed", "s")
    for scorecard in scorecards {
      for level in scorecard.levels {
        table.add(
          scorecard.estimator, fixed(units.of(level.truth.nats)), fixed(units.of(level.mean)),
          fixed(units.of(level.bias)), fixed(units.of(level.biasError)),
          fixed(units.of(level.sd)), fixed(units.of(level.rmse)),
          fixed(units.of(level.rmseError)), fixed(level.coverage, 2),
          "\(level.failureCount)", fixed(level.seconds, 4))
      }
    }
    let shape = dims.description
    return """
      n \(n), dims \(shape), \(replicates) samples per level, seed \(compute.seed), \(units.rawValue)
      \(table.text)
      coverage: share of samples whose +-1.645 standard errors hold the truth (nominal 0.90)
      """
  }
}

/// `5x5`, or `5` for both sides.
struct Dimensions: ExpressibleByArgument, CustomStringConvertible {
  let dx: Int
  let dy: Int

  init(dx: Int, dy: Int) {
    self.dx = dx
    self.dy = dy
  }

  init?(argument: String) {
    let parts = argument.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
    guard let first = parts.first ?? nil, let last = parts.last ?? nil, parts.count <= 2
    else { return nil }
    self.init(dx: first, dy: last)
  }

  var description: String { "\(dx)x\(dy)" }
  var defaultValueDescription: String { description }
}

/// `0,0.5,1`: rising levels of information in nats.
struct Levels: ExpressibleByArgument {
  let nats: [Double]

  init(nats: [Double]) { self.nats = nats }

  init?(argument: String) {
    let parts = argument.split(separator: ",", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { Double($0) }
    guard numbers.count == parts.count, !numbers.isEmpty else { return nil }
    nats = Array(Set(numbers)).sorted()
  }

  var defaultValueDescription: String { nats.map { "\($0)" }.joined(separator: ",") }
}
