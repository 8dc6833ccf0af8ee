// SPDX-License-Identifier: MIT

import ArgumentParser
import EstimatorAPI
import Harness

struct BenchRunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Run estimators on a suite and keep every trial in a store.",
    discussion: """
      Every estimator runs on every task it takes, at every size, with every seed. A trial's row is
      written as the trial ends; the same command again runs only what is missing. A failure is a
      row with its reason. Each estimate has one thread; --threads runs that many at once.

      Peak memory is measured where trials run one after the other in their process: with
      --threads 1, or with --isolate. It is the growth of the resident set, sample included.

      EXAMPLES
        mi bench run bmi-v1 -e ksg-1 -e gaussian -n 1000 --seeds 5 --store results.sqlite
        mi bench run gaussian -e ksg-1 -p k=3,5,10 -n 100,1000,10000 --seeds 0-19 --store k.sqlite
        mi bench run bmi-v1 -e mine -n 1000 --seeds 5 --store r.sqlite --isolate --deadline 10m \\
            --memory 2GB
        mi bench run bmi-v1 -e ksg-1 -n 1000 --seeds 50 --store part1.sqlite --shard 1/4
      """)

  @OptionGroup var study: StudyOptions

  @Option(help: "The store; made where there is none.")
  var store: String

  @Option(help: "The longest an estimate may take, for example 500ms, 60s or 5m.")
  var deadline: DurationArgument?

  @Option(help: "The most resident memory of a trial, for example 512MB; needs --isolate.")
  var memory: ByteCount?

  @Flag(help: "Run trials in child processes: crashes, deadlines and memory limits are rows.")
  var isolate = false

  @Flag(help: "Run trials again that failed before.")
  var retry = false

  @Option(help: "Trials at work at once (default: all cores). It never changes a result.")
  var threads = ComputeOptions.defaultThreads

  @OptionGroup var shared: SharedOptions

  func validate() throws {
    try reporting { try within("threads", threads, 1...4096) }
    guard memory == nil || isolate else {
      throw ValidationError("--memory needs --isolate: a limit is kept by ending a child process.")
    }
  }

  func run() throws {
    try reporting {
      let registry = try shared.registry()
      let operation = try study.operation(
        registry, store: store, deadline: deadline?.duration, retry: retry)
      let plan = try operation.plan(registry, shard: study.shard.shard)
      warnOfUnsuited(plan)
      let progress = ProgressLine()
      let outcome = try operation.run(
        plan, executor: executor, threads: threads, progress: { progress.show(line($0)) },
        isCancelled: Cancellation.listen())
      let summary = outcome.summary
      progress.clear()
      if shared.json {
        try printJSON(BenchRunAnswer(store: store, summary: summary))
      } else {
        print(text(summary))
      }
      if let interruption = outcome.interruption { throw interruption }
    }
  }

  private var executor: any TrialExecutor {
    guard isolate else {
      return InProcessExecutor(deadline: deadline?.duration, measuresMemory: threads == 1)
    }
    return WorkerPool(
      command: study.workerCommand(shared), deadline: deadline?.duration,
      memoryLimit: memory?.bytes)
  }

  private func line(_ progress: RunProgress) -> String {
    let done = progress.ran + progress.passed
    let left = progress.secondsLeft.map { ", \(clockText($0)) left" } ?? ""
    return "\(done) of \(done + progress.left) trials, \(progress.failed) failed\(left)"
  }

  private func text(_ summary: RunSummary) -> String {
    let failed = summary.failures.values.reduce(0, +)
    let codes = summary.failures.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
    return """
      \(summary.planned) trials: \(summary.ran) run in \(fixed(summary.seconds, 1)) s, \
      \(summary.present) were there, \(failed) failed\
      \(codes.isEmpty ? "" : " (\(codes.joined(separator: ", ")))")\
      \(summary.cancelled ? "; stopped, the same command runs the rest" : "")
      mi bench report \(store) shows them.
      """
  }
}

/// `1:02:03` or `2:03`.
private func clockText(_ seconds: Double) -> String {
  let whole = Int(seconds.rounded(.up))
  func two(_ number: Int) -> String { (number < 10 ? "0" : "") + "\(number)" }
  let minutes = "\(whole / 60 % 60)"
  return whole < 3600
    ? "\(minutes):\(two(whole % 60))"
    : "\(whole / 3600):\(two(whole / 60 % 60)):\(two(whole % 60))"
}
