// SPDX-License-Identifier: MIT

import ArgumentParser
import EstimatorAPI
import Estimators
import Harness

struct PairwiseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pairwise",
    abstract: "The mutual information of every pair of columns, or of every column with a target.",
    discussion: """
      Without -e, or with -e auto, pairs follow how their columns were recorded: ksg-1, or ross for
      labels, on standardized columns. A pair that fails is a warning and has no number.

      EXAMPLES
        mi pairwise table.csv:a,b,c
        mi pairwise features.npy labels.npy --json
        mi pairwise features.npy y.npy -e gaussian-copula
      """)

  @Argument(help: "The file of the columns, which are taken as numbers.")
  var x: String

  @Argument(help: "The file of a target; without it, all pairs of columns.")
  var y: String?

  @OptionGroup var chosen: EstimatorOptions
  @OptionGroup var variables: VariableOptions
  @OptionGroup var compute: ComputeOptions
  @OptionGroup var shared: SharedOptions

  func run() throws {
    try reporting {
      let registry = try shared.registry()
      guard chosen.estimator.count <= 1 else {
        throw ValidationError("mi pairwise takes one -e.")
      }
      let named = EstimateOperation.isDefault(chosen.estimator.first) ? nil : chosen.estimator.first
      let texts =
        try named == nil
        ? chosen.unownedTexts() : chosen.choices(registry)[0].parameters
      let operation = try PairwiseOperation(named, texts, registry)
      var variables = variables
      variables.continuous.append("X")
      let loaded = try variables.load([("X", x)] + (y.map { [("y", $0)] } ?? []))
      let isCancelled = Cancellation.listen()
      let progress = ProgressLine()
      defer { progress.clear() }
      let outcome = try operation.run(
        loaded.files[0].loaded.variable,
        target: loaded.files.count > 1 ? loaded.files[1].loaded.variable : nil,
        registry: registry, seed: compute.seed, threads: compute.threads,
        progress: { share, id in progress.show("\(id): \(Int(share * 100))%") },
        isCancelled: isCancelled)
      progress.clear()
      if let record = loaded.record { writeError("note: \(record.sentence)") }
      let answer = PairwiseListAnswer(outcome)
      if shared.json { try printJSON(answer) } else { print(text(outcome)) }
      for warning in PairwiseAnswer(outcome).sentences { writeError("warning: \(warning)") }
    }
  }

  /// The pairs as a table.
  private func text(_ outcome: PairwiseOperation.Outcome) -> String {
    var table = TextTable("x", "y", shared.units.rawValue)
    for pair in outcome.pairs {
      let nats = (try? pair.result.get()).map(\.information.nats)
      table.add(
        "\(pair.x)", pair.y.map { "\($0)" } ?? "y", fixed(nats.map(shared.units.of), 4))
    }
    return table.text
  }
}
