// SPDX-License-Identifier: MIT

import ArgumentParser
import EstimatorAPI
import Harness

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

struct BenchPlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan", abstract: "For engines: the trials that a store lacks, as JSON lines.",
    discussion: """
      The first line has the numbers of trials planned and present. Every other line is a trial with
      the seconds it should take: the mean of its like in the store, else from other sizes. The
      tasks are made known to the store. docs/engines.md has the lines.

      EXAMPLE
        mi bench plan bmi-v1 -e ksg-1 -n 1000 --seeds 5 --store r.sqlite |
          tail -n +2 | mi bench trials bmi-v1 -e ksg-1 | mi bench commit --store r.sqlite
      """)

  @OptionGroup var study: StudyOptions

  @Option(help: "The store; made where there is none.")
  var store: String

  @Flag(help: "Plan trials again that failed before.")
  var retry = false

  @OptionGroup var shared: SharedOptions

  func run() throws {
    try reporting {
      let plan = try study.plan(shared.registry())
      let results = try ResultStore(path: store)
      if retry { try results.removeFailures(of: plan) }
      warnOfUnsuited(plan)
      let (head, lines) = try plan.work(missingIn: results)
      try writeLines(head, lines)
    }
  }
}

struct BenchTrialsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trials", abstract: "For engines: run the trials of a plan's lines.",
    discussion: """
      Reads lines of mi bench plan, runs one after the other in a child process, and writes the row
      of each as it ends. A trial that crashes its process is tried once more. With --for, what was
      not begun in that time is left unanswered.

      EXAMPLE
        mi bench trials bmi-v1 -e ksg-1 --deadline 60s --memory 2GB --for 30s < lines > rows
      """)

  @OptionGroup var study: StudyOptions

  @Option(help: "The longest an estimate may take, for example 500ms, 60s or 5m.")
  var deadline: DurationArgument?

  @Option(help: "The most resident memory of a trial, for example 512MB.")
  var memory: ByteCount?

  @OptionGroup var work: WorkOptions
  @OptionGroup var shared: SharedOptions

  func run() throws {
    try reporting {
      try checkSeconds("deadline", deadline.map { $0.duration / .seconds(1) })
      let plan = try study.plan(shared.registry())
      let pool = WorkerPool(
        command: study.workerCommand(shared), deadline: deadline?.duration,
        memoryLimit: memory?.bytes)
      try serveWork(
        of: plan, by: pool, isCancelled: WorkOptions.orphaned(), lines: work.lines())
    }
  }
}

struct BenchCalibrateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "calibrate", abstract: "For engines: run the lines of mi check --plan.")

  @OptionGroup var work: WorkOptions
  @OptionGroup var shared: SharedOptions

  func run() throws {
    try reporting {
      try serveCalibration(
        registry: shared.registry(), isCancelled: WorkOptions.orphaned(), lines: work.lines())
    }
  }
}

struct BenchCommitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "commit", abstract: "For engines: write rows into a store, many at once.",
    discussion: """
      Reads rows of mi bench trials until the end of stdin, and answers each transaction with the
      number of lines that are durable. A row whose key is there already changes nothing. Where a
      line has "lost" with a reason in place of a row, the trial is recorded as failed.

      EXAMPLE
        cat part-*.rows | mi bench commit --store r.sqlite
      """)

  @Option(help: "The store, which knows the tasks from mi bench plan or mi bench run.")
  var store: String

  @Option(help: "Rows in a transaction, at most.")
  var rows = 2000

  @Option(help: "The longest a row waits for its transaction.")
  var delay: DurationArgument?

  func validate() throws {
    guard rows >= 1 else { throw ValidationError("--rows is \(rows); it needs at least 1.") }
  }

  func run() throws {
    try reporting {
      // Ctrl-C is for the engine, which then closes our stdin: what came is committed.
      signal(SIGINT, SIG_IGN)
      var stream = try CommitStream(ResultStore(existing: store))
      let output = takeStandardOutput()
      let clock = ContinuousClock()
      let delay = delay?.duration ?? .milliseconds(200)
      var first: ContinuousClock.Instant?
      var buffer = [UInt8](repeating: 0, count: 1 << 18)
      while true {
        var waiting = pollfd(fd: 0, events: Int16(POLLIN), revents: 0)
        let left = first.map { max(.zero, $0 + delay - clock.now) }
        let ready = poll(&waiting, 1, left.map { Int32($0 / .milliseconds(1)) + 1 } ?? -1)
        var isEnd = false
        if ready > 0 {
          let count = read(0, &buffer, buffer.count)
          isEnd = count <= 0
          if count > 0 { try stream.take(buffer[..<count]) }
        }
        if stream.waitingCount > 0, first == nil { first = clock.now }
        let isDue = stream.waitingCount >= rows || first.map { clock.now - $0 >= delay } ?? false
        if stream.waitingCount > 0, isDue || isEnd {
          output(jsonLine(try stream.commit()))
          first = nil
        }
        if isEnd { return }
      }
    }
  }
}
