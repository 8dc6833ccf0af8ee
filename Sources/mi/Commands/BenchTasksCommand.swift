// SPDX-License-Identifier: MIT

import ArgumentParser
import EstimatorAPI
import Harness

struct BenchTasksCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tasks", abstract: "The tasks of a suite with their true mutual information.",
    discussion: """
      EXAMPLES
        mi bench tasks                        the suites
        mi bench tasks bmi-v1
        mi bench tasks bmi-v1 --task '*student*' --json
      """)

  @Argument(help: "The suite; without it, the suites are listed.")
  var suite: String?

  @Option(
    help: "Only tasks whose id matches, with * for any text; in quotes (repeatable).")
  var task: [String] = []

  @OptionGroup var shared: SharedOptions

  func run() throws {
    try reporting {
      if suite == nil, task.isEmpty, !shared.json {
        print(try suitesText())
        return
      }
      let suites =
        try suite.map { [try TaskSuite.loaded($0).choosing(task)] }
        ?? everySuite()
      let items = suites.flatMap { suite in
        suite.tasks.map { TaskItem(TaskRecord($0, suite: suite.name), summary: $0.summary) }
      }
      if shared.json {
        try printJSON(TaskList(tasks: items))
      } else {
        print(text(items))
      }
    }
  }

  /// All suites, with the tasks that match.
  private func everySuite() throws -> [TaskSuite] {
    let suites = try TaskSuite.names.map { try TaskSuite.named($0) }
    guard !task.isEmpty else { return suites }
    let matching = suites.map { suite in
      TaskSuite(
        name: suite.name, summary: suite.summary,
        tasks: suite.tasks.filter { one in
          task.contains {
            !TaskSuite(name: "", summary: "", tasks: [one]).filtered($0).tasks.isEmpty
          }
        })
    }
    guard matching.contains(where: { !$0.tasks.isEmpty }) else {
      throw ValidationError("--task \(task.joined(separator: " ")): no task of any suite matches.")
    }
    return matching
  }

  private func suitesText() throws -> String {
    var table = TextTable("suite", "tasks", "summary")
    for name in TaskSuite.names {
      let suite = try TaskSuite.named(name)
      table.add(name, "\(suite.tasks.count)", suite.summary)
    }
    return table.text + "\n\nmi bench tasks SUITE lists the tasks of one."
  }

  private func text(_ items: [TaskItem]) -> String {
    let units = shared.units
    var table = TextTable("task", "dx", "dy", "truth", "error", "pair", "summary")
    for item in items {
      table.add(
        item.id, "\(item.dx)", "\(item.dy)", fixed(units.of(item.nats), 6),
        item.natsError == 0 ? "0" : "\(units.of(item.natsError))", item.kind.rawValue,
        item.summary)
    }
    return table.text + "\n\ntruth in \(units.rawValue); error 0 is a closed form."
  }
}

/// The shape of `mi bench tasks --json`.
private struct TaskList: Encodable {
  let schema = "mi.bench.tasks/1"
  let tasks: [TaskItem]
}

private struct TaskItem: Encodable {
  let id: String
  let suite: String
  let kind: PairKind
  let dx: Int
  let dy: Int
  let nats: Double
  let natsError: Double
  let summary: String

  init(_ record: TaskRecord, summary: String) {
    id = record.id
    suite = record.suite
    kind = record.kind
    dx = record.dx
    dy = record.dy
    nats = record.nats
    natsError = record.natsError
    self.summary = summary
  }
}
