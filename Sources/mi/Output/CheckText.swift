// SPDX-License-Identifier: MIT

import EstimatorAPI
import Harness

/// A check as text: the verdicts first, then why.
struct CheckText {
  let report: CheckReport
  let files: [NamedFile]
  let units: Units

  var text: String {
    [verdicts, inputs, admissions].joined(separator: "\n\n")
  }

  private var verdicts: String {
    let unit = units.rawValue
    var table = TextTable(
      "teacher", "verdict", "P(gap > 0)", "I(T;S)", "I(S;Y)", "gap", "interval")
    for decision in report.decisions {
      table.add(
        decision.name, decision.verdict.rawValue, fixed(decision.probabilityGapPositive, 3),
        amount(decision.teacherStudent?.nats), amount(decision.studentLabel?.nats),
        amount(decision.gap?.nats),
        decision.gapInterval.map { "[\(amount($0[0])), \(amount($0[1]))]" } ?? "-")
    }
    var lines = [
      table.text, "",
      "Distill when I(teacher; student) > I(student; labels), in \(unit), calibrated; interval at "
        + "level \(fixed(100 * (1 - 2 * report.options.alpha), 0))%.",
    ]
    if let entropy = report.labelEntropy {
      lines.append("H(labels) = \(amount(entropy.nats)) \(unit).")
    }
    for decision in report.decisions where decision.verdict == .undecided && decision.gap != nil {
      lines.append(
        decision.rowsNeeded.map { "\(decision.name): a gap of this size needs about \($0) rows." }
          ?? "\(decision.name): more rows alone would not decide it.")
    }
    if report.decisions.count > 1 {
      lines.append("Teachers by gap: " + report.ranking.joined(separator: " > "))
    }
    return lines.joined(separator: "\n")
  }

  private var inputs: String {
    var lines = ["Data: \(report.n) rows, seed \(report.options.seed)"]
    for file in files {
      lines.append("  \(file.name): \(file.loaded.source), \(file.loaded.reading)")
    }
    for record in report.representations where record.method != "raw" {
      lines.append(
        "  \(record.name): \(record.dimensionIn) columns -> \(record.dimensionOut) principal "
          + "components, \(fixed(100 * record.varianceShare, 1))% of the variance"
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
