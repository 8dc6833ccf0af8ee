// SPDX-License-Identifier: MIT

import ArgumentParser
import EstimatorAPI
import Harness

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

struct BenchReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "Who did best, where, and how far everybody is off.",
    discussion: """
      Without -o the tables go to the terminal. The format of a file follows its name: .html, .md,
      anything else is text. A page is one file and needs no network. Plots are drawn by gnuplot
      where it is installed; without it a page has the tables alone, and says so.

      EXAMPLES
        mi bench report results.sqlite
        mi bench report results.sqlite -o report.html --plots figures
        mi bench report results.sqlite --task '*student*' --format md > students.md
      """)

  @Argument(help: "The store.")
  var store: String

  @Option(name: [.customShort("o"), .customLong("output")], help: "The file to write.")
  var output: String?

  @Option(help: "html, md or text (default: by the file's name).")
  var format: ReportFormat?

  @Option(help: "A folder for the plots as SVG files with legends.")
  var plots: String?

  @Option(
    help: "Only tasks whose id matches, with * for any text; in quotes (repeatable).")
  var task: [String] = []

  @Option(help: "The level of the tests behind the ranks, between 0 and 1.")
  var alpha = 0.05

  @OptionGroup var shared: SharedOptions

  func validate() throws {
    guard alpha > 0, alpha < 1 else {
      throw ValidationError("--alpha is \(alpha); it needs a number between 0 and 1.")
    }
  }

  func run() throws {
    try reporting {
      let results = try ResultStore(existing: store)
      let summary = try BenchSummary(results) { record in
        task.isEmpty || task.contains { record.matches($0) }
      }
      guard summary.trialCount > 0 else {
        throw DataError(.notFound, "\(store) has no trials\(task.isEmpty ? "" : " of such tasks").")
      }
      let report = BenchReport(summary, alpha: alpha)
      let document = report.document
      if let plots { try write(document.plots, to: plots) }
      for study in summary.incomplete { writeError("warning: \(store): \(study.sentence)") }
      if shared.json {
        try printJSON(BenchReportAnswer(report))
      } else {
        let text = try rendered(document)
        try TextSink(output).write(text)
      }
    }
  }

  private func rendered(_ document: ReportDocument) throws -> String {
    switch format ?? ReportFormat(file: output) {
    case .text: return document.text
    case .md: return document.markdown
    case .html:
      let drawings = try Gnuplot.draw(document.plots, hasKey: false)
      if drawings == nil { warnMissing() }
      return document.html(drawings: drawings)
    }
  }

  private func write(_ plots: [Plot], to folder: String) throws {
    guard let drawings = try Gnuplot.draw(plots, hasKey: true) else { return warnMissing() }
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw DataError(.unreadable, "\(folder) cannot be made: \(error)")
    }
    for (name, drawing) in drawings { try TextSink("\(folder)/\(name).svg").write(drawing) }
  }

  private func warnMissing() {
    writeError("warning: gnuplot was not found, so there are no plots; make setup installs it.")
  }
}

enum ReportFormat: String, ExpressibleByArgument, CaseIterable {
  case html
  case md
  case text

  /// The format that a file's name asks for.
  init(file: String?) {
    switch file?.split(separator: ".").last?.lowercased() {
    case "html", "htm": self = .html
    case "md", "markdown": self = .md
    default: self = .text
    }
  }
}
