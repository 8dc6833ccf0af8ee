// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators
import Harness

/// A check as text: the verdicts first, then why.
struct CheckText {
  let report: CheckReport
  let files: [NamedFile]
  let units: Units

  var text: String {
    [verdicts, beyond, inputs, admissions].compactMap { $0 }.joined(separator: "\n\n")
  }

  private var verdicts: String {
    let unit = units.rawValue
    var table = TextTable(
      "teacher", "verdict", "P(gap > 0)", "I(T;S)", "I(S;Y)", "gap", "interval", "rank")
    for decision in report.decisions {
      let place = report.teacherRanking.places.first { $0.name == decision.name }
      table.add(
        decision.name, decision.verdict.rawValue, fixed(decision.probabilityGapPositive, 3),
        amount(decision.teacherStudent?.nats), amount(decision.studentLabel?.nats),
        amount(decision.gap?.nats),
        decision.gapInterval.map { "[\(amount($0[0])), \(amount($0[1]))]" } ?? "-",
        place.map(\.range) ?? "-")
    }
    var lines = [
      table.text, "",
      "Distill when I(teacher; student) > I(student; labels), in \(unit), calibrated.",
      "A wrong verdict in this check has probability at most \(report.verdictAlpha.formatted); "
        + (report.decisions.count > 1
          ? "the intervals hold together, each at level " : "the interval is at level ")
        + "\(fixed(100 * report.intervalLevel, 1))%.",
    ]
    if let entropy = report.labelEntropy {
      lines.append("H(labels) = \(amount(entropy.nats)) \(unit).")
    }
    for decision in report.decisions {
      if let found = decision.contrast?.sentence(
        teacher: decision.name, student: report.studentName, labels: report.labelsName)
      {
        lines.append(found)
      }
      if let basis = decision.restsOn { lines.append("\(decision.name): \(basis)") }
      if let open = decision.whatWouldDecide { lines.append("\(decision.name): \(open)") }
    }
    if report.decisions.count > 1 {
      lines.append(
        "Teachers by gap, and so by I(T;S): \(report.teacherRanking.line) (= is a tie).")
    }
    return lines.joined(separator: "\n")
  }

  /// What the hypothesis cannot see, and what others would look at.
  private var beyond: String? {
    guard let beyond = report.beyond else { return nil }
    var table = TextTable(
      "view", "alignment", "against chance", "adds to student", "accuracy", "LogME", "LEEP", "NCE",
      "H-score", "TransRate")
    for (index, scores) in beyond.baselines.enumerated() {
      let teacher = index == 0 ? nil : beyond.teachers[index - 1]
      table.add(
        scores.view, teacher?.alignment.map(\.finding.rawValue) ?? "-",
        teacher?.alignment.map { "\(fixed($0.value, 3)) : \(fixed($0.chance, 3))" } ?? "-",
        teacher?.added.map {
          "\(amount($0.information.nats)) +- \(amount($0.standardError.nats))"
        } ?? "-", fixed(scores.accuracy, 3), fixed(scores.logME, 3), fixed(scores.leep, 3),
        fixed(scores.nce, 3), fixed(scores.hScore, 3), fixed(scores.transRate, 3))
    }
    return "Beside the verdict: what the hypothesis cannot see, and baselines of one view alone\n"
      + table.text
  }

  private var inputs: String {
    var lines = ["Data: \(report.n) rows, seed \(report.options.seed)"]
    for file in files {
      lines.append("  \(file.name): \(file.loaded.source), \(file.loaded.reading)")
      let recording = file.loaded.variable.samples.map { RecordingRecord($0.profiles) }
      if let sentence = recording?.sentence { lines.append("    \(sentence)") }
    }
    if let groups = report.groupCount { lines.append("  rows come in \(groups) groups") }
    for record in report.representations where record.method != "raw" {
      let made =
        record.varianceShare.map {
          "\(record.dimensionOut) principal components, \(fixed(100 * $0, 1))% of the variance"
        } ?? "\(record.dimensionOut) cross-fitted scores"
      lines.append(
        "  \(record.name): \(record.dimensionIn) columns -> \(made)"
          + (record.constantColumns == 0
            ? "" : "; \(record.constantColumns) constant columns left out"))
    }
    return lines.joined(separator: "\n")
  }

  private var admissions: String {
    var table = TextTable(
      "pair", "estimator", "raw", "calibrated", "on twin", "twin is", "corrected", "admitted")
    for admission in report.admissions {
      table.add(
        admission.pair, admission.estimator, amount(admission.raw?.nats),
        amount(admission.calibrated?.nats), amount(admission.twin?.mean),
        amount(admission.twin?.truth.nats), amount(admission.corrected?.nats),
        admission.refusal.map { "no: \($0)" } ?? "yes")
    }
    return "Estimators, scored on known truth at this data's size, dimensions and classes\n"
      + table.text
  }

  private func amount(_ nats: Double?) -> String { fixed(nats.map(units.of)) }
}

extension TeacherRanking.Place {
  /// `2`, or `1-3` where that range is not ruled out.
  fileprivate var range: String { best == worst ? "\(best)" : "\(best)-\(worst)" }
}

extension Double {
  /// The shortest text, for levels such as 0.05.
  fileprivate var formatted: String { "\((self * 1e6).rounded() / 1e6)" }
}
