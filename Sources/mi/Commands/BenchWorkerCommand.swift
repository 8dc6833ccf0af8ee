// SPDX-License-Identifier: MIT

import ArgumentParser
import EstimatorAPI
import Harness

/// The child process of `mi bench run --isolate` and of `mi bench trials`.
struct BenchWorkerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "worker", abstract: "Serve trials on stdin and stdout.", shouldDisplay: false)

  @OptionGroup var suite: SuiteOptions
  @OptionGroup var chosen: EstimatorOptions
  @OptionGroup var shared: SharedOptions

  func run() throws {
    try reporting {
      let registry = try shared.registry()
      let plan = BenchPlan(
        configurations: try chosen.choices(registry).map {
          try BenchConfiguration($0, registry: registry)
        },
        tasks: try suite.tasks(), suite: suite.suite, sizes: [], seeds: [])
      let output = takeStandardOutput()
      serveTrials(of: plan, input: { readLine() }, output: { output($0 + "\n") })
    }
  }
}
