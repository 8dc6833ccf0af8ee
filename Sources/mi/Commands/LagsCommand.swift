// SPDX-License-Identifier: MIT

import ArgumentParser
import EstimatorAPI
import Harness

struct LagsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lags",
    abstract: "Two series: the mutual information at each lag, and a test of the peak.",
    discussion: """
      The number at a lag is I(x at row t; y at row t + lag): a peak at a lag above 0 means
      that x comes first. All lags have the same rows t, so that their numbers can be
      compared. The test is of the largest number over all lags, so that looking at many
      lags costs nothing but power; its surrogates move y by a random lag, which keeps what
      each series is by itself. Standard errors count as many rows as these are worth.

      Without -e it is ksg-1 on standardized columns, ross where one is labels and discrete
      where both are.

      EXAMPLES
        mi lags audio.npy video.npy --max-lag 25 --permutations 199
        mi lags table.csv:temperature table.csv:demand --max-lag 48 --plot lags.svg
        mi lags x.npy y.npy --min-lag 0 --max-lag 10 -e gaussian-copula --json
        mi lags x.npy y.npy --max-lag 20 --groups session.npy --theiler 10
        mi lags trials-x.npy trials-y.npy --trials --max-lag 30   (trials x time)
      """)

  @Argument(help: "The file of the first series, a row for each moment.")
  var x: String

  @Argument(help: "The file of the second series, the same rows.")
  var y: String

  @Option(help: "The largest lag in rows.")
  var maxLag: Int

  @Option(help: "The smallest lag (default: minus the largest).")
  var minLag: Int?

  @Option(help: ArgumentHelp("Draw the numbers (.svg; needs gnuplot).", valueName: "file"))
  var plot: String?

  @OptionGroup var series: SeriesOptions
  @OptionGroup var chosen: EstimatorOptions
  @OptionGroup var variables: VariableOptions
  @OptionGroup var compute: ComputeOptions
  @OptionGroup var shared: SharedOptions

  private var settings: LagsSettings {
    var settings = LagsSettings(maxLag: maxLag)
    settings.minLag = minLag
    settings.permutations = series.permutations
    settings.surrogates = series.surrogates
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
      let (id, texts) = try series.estimator(chosen, registry, command: "mi lags")
      let loaded = try variables.load([("x", x), ("y", y)])
      let files = loaded.files
      let isCancelled = Cancellation.listen()
      let progress = ProgressLine()
      defer { progress.clear() }
      let operation = try LagsOperation(
        settings, estimator: id, texts, registry, x: files[0].loaded.variable,
        y: files[1].loaded.variable, groups: try series.groups(of: loaded), seed: compute.seed,
        threads: compute.threads, isCancelled: isCancelled)
      let outcome = try operation.run { progress.show("mi lags: \(Int($0 * 100))%") }
      progress.clear()
      let answer = LagsAnswer(
        operation, outcome, seed: compute.seed, variables: files.map(\.record),
        missing: loaded.record, timing: compute.timing)
      if shared.json { try printJSON(answer) } else { print(answer.text(in: shared.units)) }
      if let file = series.pointwise {
        try writePointwise(outcome.pointwise, to: file, estimator: answer.estimator)
      }
      if let plot {
        let drawing = answer.plot(unit: shared.units.rawValue, of: shared.units.of)
        guard let text = try Gnuplot.draw([drawing], hasKey: false)?["lags"] else {
          throw DataError(
            .unreadable, "--plot needs the program gnuplot, which is not on the path.")
        }
        try TextSink(plot).write(text)
      }
      writeWarnings(outcome.warnings)
    }
  }
}

extension LagsAnswer {
  /// The answer for people.
  fileprivate func text(in units: Units) -> String {
    let hasTest = independence != nil
    var table = TextTable("lag", units.rawValue, "+-", hasTest ? "p" : "", "")
    for lag in lags {
      table.add(
        "\(lag.lag)", fixed(units.of(lag.nats), 4),
        fixed(lag.standardErrorNats.map(units.of), 4),
        hasTest ? fixed(lag.pValue, 4) : "", lag.lag == peak.lag ? "peak" : "")
    }
    let direction =
      peak.lag == 0
      ? "at the same row"
      : "\(peak.lag > 0 ? "x comes" : "y comes") \(abs(peak.lag)) row\(abs(peak.lag) == 1 ? "" : "s") first"
    var lines = [
      table.text, "",
      "Peak: I(x at t; y at t\(peak.lag == 0 ? "" : peak.lag > 0 ? " + \(peak.lag)" : " - \(-peak.lag)")) = "
        + "\(fixed(units.of(peak.nats), 4)) \(units.rawValue), \(direction)",
    ]
    if let independence {
      lines.append(
        "  over all lags: \(testText(independence))"
          + (thresholdNats.map { ", 95 % of surrogates below \(fixed(units.of($0), 4))" } ?? ""))
    }
    lines.append("  estimator  \(estimator) \(parameters.text)")
    lines += variables.map { "  \($0.name)          \($0.file): \($0.reading)" }
    if let missing { lines.append("  missing    \(missing.sentence) Each gap ends a trial.") }
    lines += assumptions.map { "  assumed    \($0)" }
    lines.append(
      "  "
        + rowsText(
          n, of: rows, " at every lag", worth: effectiveRows, trials: trials, short: shortTrials,
          seed: seed, seconds: seconds))
    return lines.joined(separator: "\n")
  }
}
