// SPDX-License-Identifier: MIT

import ArgumentParser
import EstimatorAPI
import Harness

struct DistillPlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan", abstract: "For engines: the students that a store lacks, as JSON lines.",
    discussion: """
      A line of a student is a unit of work: mi distill pairs does it, mi bench commit keeps it.

      EXAMPLE
        mi distill plan views/ --store study.sqlite | tail -n +2 |
          mi distill pairs views/ | mi bench commit --store study.sqlite
      """)

  @OptionGroup var words: FolderArguments

  @Option(help: "The store; made where there is none.")
  var store: String

  @OptionGroup var shared: SharedOptions

  func run() throws {
    try reporting {
      let study = try words.study(shared.registry())
      let (head, lines) = try study.work(missingIn: ResultStore(path: store))
      try writeLines(head, lines)
    }
  }
}

struct DistillPairsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pairs", abstract: "For engines: distill the students of a plan's lines.")

  @OptionGroup var words: FolderArguments
  @OptionGroup var work: WorkOptions
  @OptionGroup var shared: SharedOptions

  func run() throws {
    try reporting {
      let registry = try shared.registry()
      try words.study(registry).serve(
        registry: registry, isCancelled: WorkOptions.orphaned(), lines: work.lines())
    }
  }
}
