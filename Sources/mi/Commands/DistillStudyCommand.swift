// SPDX-License-Identifier: MIT

import ArgumentParser
import EstimatorAPI
import Harness

struct DistillStudyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "study", abstract: "Distill every ordered pair of a folder's views.",
    discussion: """
      The folder has a file view_NAME.npy (or .csv, .tsv) for each view and labels.npy, all of the
      same items in the same order. Every view is the student of every other. With --store each
      pair is kept as it is done, and the same command again runs only what is missing.

      EXAMPLES
        mi distill study views/ --store study.sqlite --report study.html
        mi distill study views/ --student-rows 200 --groups views/speaker.npy --represent none
      """)

  @Option(help: "The store; made where there is none.")
  var store: String?

  @Option(help: "Write the report as a page that needs no network (.html), or as .md or .txt.")
  var report: String?

  @OptionGroup var words: FolderArguments
  @OptionGroup var caching: CacheOptions
  @OptionGroup var shared: SharedOptions

  func run() throws {
    try reporting {
      let registry = try shared.registry()
      let study = try words.study(registry)
      let cache = study.views == nil ? nil : try caching.open()
      let isCancelled = Cancellation.listen()
      let progress = ProgressLine()
      defer { progress.clear() }
      let run = try study.run(
        store: try store.map { try ResultStore(path: $0) }, registry: registry,
        hooks: CheckHooks(
          progress: { progress.show($0) }, isCancelled: isCancelled, cache: cache))
      progress.clear()
      let document = study.document(
        run.pairs,
        command: (["mi"] + CommandLine.arguments.dropFirst()).joined(separator: " "))
      if shared.json {
        try printJSON(DistillStudyAnswer(run))
      } else {
        print(document.text, terminator: "")
        print("\n\(run.ran) pairs run, \(run.pairs.count - run.ran) were in the store.")
      }
      if let report { try document.write(to: report) }
    }
  }
}

extension ReportDocument {
  /// Writes the document in the format that the file's name asks for.
  func write(to path: String) throws {
    let text: String
    switch ReportFormat(file: path) {
    case .text: text = self.text
    case .md: text = markdown
    case .html:
      let drawings = try Gnuplot.draw(plots, hasKey: false)
      if drawings == nil {
        writeError("warning: gnuplot was not found, so there are no plots; make setup installs it.")
      }
      text = html(drawings: drawings)
    }
    try TextSink(path).write(text)
  }
}
