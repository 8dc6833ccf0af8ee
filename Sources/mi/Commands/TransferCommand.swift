// SPDX-License-Identifier: MIT

import ArgumentParser
import EstimatorAPI
import Harness

struct TransferCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "transfer",
    abstract:
      "Transfer entropy: what the past of one series tells about another beyond its own past.",
    discussion: """
      With lag u and histories k and l it is I(y at t; x at t-u, ..., t-u-l+1 | y at t-1, ...,
      t-k), in nats, from SOURCE x to TARGET y. --given Z adds what a third series tells, at
      its own lag and history: with a common driver there, the transfer that it makes goes.
      For several series, pass them as columns of one file.

      --history auto takes the shortest past of the target that predicts it as well as any
      up to --max-history (by the rows with the nearest pasts, Ragwitz and Kantz 2002; of
      labels by the BIC of a Markov chain), --source-history auto that of the source;
      --lag auto takes the lag up to --max-lag with the largest transfer, and then the test
      is of the largest over all lags.

      Surrogates rearrange the source against the target and its past: shift moves it by a
      random lag, local exchanges rows whose target's past is alike. --correct-bias takes
      off their mean.

      Without -e it is ksg-1 on standardized columns, discrete for labels, classifier for
      one of each.

      EXAMPLES
        mi transfer x.npy y.npy --permutations 199
        mi transfer x.npy y.npy --lag auto --history auto --permutations 199
        mi transfer x.npy y.npy --given driver.npy --given-lag 2
        mi transfer table.csv:price table.csv:demand --lag 2 --history 3 -e gaussian
        mi transfer spikes-a.npy spikes-b.npy --history 3 --units bits   (labels)
        mi transfer x.npy y.npy --pointwise local.csv --groups session.npy
      """)

  @Argument(help: "The file of the source, a row for each moment.")
  var source: String

  @Argument(help: "The file of the target, the same rows.")
  var target: String

  @Option(help: "A file of what is known already.")
  var given: String?

  @Option(help: ArgumentHelp("Rows from the source to the target, or auto.", valueName: "rows"))
  var lag = CountOrAuto.count(1)

  @Option(help: "The largest lag that auto tries.")
  var maxLag = 10

  @Option(help: ArgumentHelp("Past values of the target, or auto.", valueName: "count"))
  var history = CountOrAuto.count(1)

  @Option(help: ArgumentHelp("Values of the source, or auto.", valueName: "count"))
  var sourceHistory = CountOrAuto.count(1)

  @Option(help: "The longest history that auto tries.")
  var maxHistory = 5

  @Option(help: "Rows from one past value to the one before it.")
  var step = 1

  @Option(help: "Rows from what is given to the target (default: the lag of the source).")
  var givenLag: Int?

  @Option(help: "Values of what is given.")
  var givenHistory = 1

  @Flag(help: "Take off the mean of the surrogates.")
  var correctBias = false

  @OptionGroup var series: SeriesOptions
  @OptionGroup var chosen: EstimatorOptions
  @OptionGroup var variables: VariableOptions
  @OptionGroup var compute: ComputeOptions
  @OptionGroup var shared: SharedOptions

  private var settings: TransferSettings {
    var settings = TransferSettings()
    settings.lag = lag.value
    settings.maxLag = maxLag
    settings.history = history.value
    settings.sourceHistory = sourceHistory.value
    settings.maxHistory = maxHistory
    settings.step = step
    settings.givenLag = givenLag
    settings.givenHistory = givenHistory
    settings.permutations = series.permutations
    settings.surrogates = series.surrogates
    settings.correctBias = correctBias
    settings.trials = series.trials
    return settings
  }

  func validate() throws {
    try reporting {
      _ = try settings.checked()
      try checkPointwise(series.pointwise)
    }
  }

  func run() throws {
    try reporting {
      let registry = try shared.registry()
      let (id, texts) = try series.estimator(chosen, registry, command: "mi transfer")
      let loaded = try variables.load(
        [("source", source), ("target", target)] + (given.map { [("given", $0)] } ?? []))
      let files = loaded.files
      let isCancelled = Cancellation.listen()
      let progress = ProgressLine()
      defer { progress.clear() }
      let operation = try TransferOperation(
        settings, estimator: id, texts, registry, source: files[0].loaded.variable,
        target: files[1].loaded.variable,
        given: files.count > 2 ? files[2].loaded.variable : nil,
        groups: try series.groups(of: loaded), seed: compute.seed, threads: compute.threads,
        isCancelled: isCancelled)
      let outcome = try operation.run { progress.show("mi transfer: \(Int($0 * 100))%") }
      progress.clear()
      let answer = TransferAnswer(
        operation, outcome, settings, seed: compute.seed, variables: files.map(\.record),
        missing: loaded.record, timing: compute.timing)
      if shared.json { try printJSON(answer) } else { print(answer.text(in: shared.units)) }
      if let file = series.pointwise {
        try writePointwise(outcome.pointwise, to: file, estimator: answer.estimator)
      }
      writeWarnings(answer.warnings)
    }
  }
}

/// A whole number, or `auto`.
enum CountOrAuto: ExpressibleByArgument {
  case count(Int)
  case auto

  init?(argument: String) {
    if argument == "auto" {
      self = .auto
    } else if let count = Int(argument) {
      self = .count(count)
    } else {
      return nil
    }
  }

  var defaultValueDescription: String { value.map { "\($0)" } ?? "auto" }

  /// Nil for `auto`.
  var value: Int? { if case .count(let count) = self { count } else { nil } }
}

extension TransferAnswer {
  /// The answer for people.
  fileprivate func text(in units: Units) -> String {
    func shown(_ nats: Double?) -> String { fixed(nats.map(units.of), 4) }
    let error = standardErrorNats.map { " +- \(shown($0)) (standard error)" } ?? ""
    let third = givenLag == nil ? "" : " given"
    var lines = ["T(source -> target\(third)) = \(shown(nats)) \(units.rawValue)\(error)"]
    if let correctedNats {
      lines.append("  less the mean of surrogates: \(shown(correctedNats)) \(units.rawValue)")
    }
    let steps = step == 1 ? "" : ", \(step) rows apart"
    lines.append(
      "  source at t - \(lag), \(sourceHistory) values\(steps); target's past of \(history)"
        + (givenLag.map { "; given at t - \($0), \(givenHistory ?? 1) values" } ?? ""))
    if !lagsTried.isEmpty {
      lines.append(
        "  lags tried: "
          + lagsTried.map { "\($0.lag): \(shown($0.nats))" }.joined(separator: ", "))
    }
    for (name, tried) in [("target", historiesTried), ("source", sourceHistoriesTried)]
    where !tried.isEmpty {
      lines.append(
        "  histories of the \(name) tried, error of prediction: "
          + tried.map { "\($0.history): \(fixed($0.criterion, 4))" }.joined(separator: ", "))
    }
    if let independence {
      lines.append(
        "  no transfer: \(testText(independence))"
          + (surrogateMeanNats.map {
            ", mean \(shown($0)), standard deviation \(shown(surrogateDeviationNats))"
          } ?? ""))
    }
    lines.append("  estimator  \(estimator) \(parameters.text)")
    lines += variables.map { "  \($0.name)     \($0.file): \($0.reading)" }
    if let missing { lines.append("  missing    \(missing.sentence) Each gap ends a trial.") }
    lines.append(
      "  "
        + rowsText(
          n, of: rows, worth: effectiveRows, trials: trials, short: shortTrials, seed: seed,
          seconds: seconds))
    return lines.joined(separator: "\n")
  }
}
