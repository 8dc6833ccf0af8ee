// SPDX-License-Identifier: MIT

import ArgumentParser
import EstimatorAPI
import Harness

struct BenchMergeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge", abstract: "Join stores into one.",
    discussion: """
      Adds the trials of the stores to OUT, which is made where there is none. A trial that is there
      already stays; where its result differs, that is reported: one estimator at one version gave two
      numbers for the same sample.

      EXAMPLE
        mi bench merge all.sqlite part1.sqlite part2.sqlite
      """)

  @Argument(help: "The store to add to.")
  var out: String

  @Argument(help: "The stores to add.")
  var stores: [String]

  @OptionGroup var shared: SharedOptions

  func run() throws {
    try reporting {
      let sources = try stores.map { try ResultStore(existing: $0) }
      let target = try ResultStore(path: out)
      var items: [MergeItem] = []
      for source in sources {
        items.append(MergeItem(store: source.path, summary: try target.merge(source)))
      }
      for item in items where !item.summary.conflicts.isEmpty {
        let one = item.summary.conflicts[0]
        writeError(
          "warning: \(item.store): \(item.summary.conflicts.count) trials have another result in "
            + "\(out), which stays; for example \(one.estimator) on \(one.task), n \(one.n), seed "
            + "\(one.seed): \(one.kept) there and \(one.other) here.")
      }
      if shared.json {
        try printJSON(MergeResult(out: out, stores: items))
      } else {
        var table = TextTable("store", "added", "there before", "conflicts")
        for item in items {
          table.add(
            item.store, "\(item.summary.added)", "\(item.summary.duplicates)",
            "\(item.summary.conflicts.count)")
        }
        print(table.text)
      }
    }
  }
}

struct BenchExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write every trial of a store as CSV or JSON lines.",
    discussion: """
      EXAMPLES
        mi bench export results.sqlite > results.csv
        mi bench export results.sqlite --format jsonl -o results.jsonl
      """)

  @Argument(help: "The store.")
  var store: String

  @Option(help: "csv or jsonl.")
  var format = Format.csv

  @Option(name: [.customShort("o"), .customLong("output")], help: "The file (default: stdout).")
  var output: String?

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case csv
    case jsonl
  }

  func run() throws {
    try reporting {
      let results = try ResultStore(existing: store)
      let sink = try TextSink(output)
      try results.export(format == .csv ? .csv : .jsonl) { try sink.write($0) }
    }
  }
}

private struct MergeItem: Encodable {
  let store: String
  let summary: MergeSummary
}

/// The shape of `mi bench merge --json`.
private struct MergeResult: Encodable {
  let schema = "mi.bench.merge/1"
  let out: String
  let stores: [MergeItem]
}
