// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators

extension CheckReport {
  /// The two parts of each gap that was found as a contrast.
  var contrastSection: ReportDocument.Section {
    var section = ReportDocument.Section(
      "The gap, taken apart",
      "I(T; S) - I(S; Y) = I(S; T | Y) - I(S; Y | T): what all three share is on both sides of the gap and cancels. "
        + "Left is what teacher and student share beyond \(labelsName), which distillation can pass on; right is what "
        + "\(studentName) knows of \(labelsName) that the teacher does not.")
    section.paragraphs += decisions.compactMap { decision in
      decision.contrast?.sentence(
        teacher: decision.name, student: studentName, labels: labelsName)
    }
    let reach = normalQuantile((1 + intervalLevel) / 2)
    var rows: [IntervalChart.Row] = []
    for decision in decisions {
      let name = decision.name
      let parts = [
        (
          "I(\(studentName); \(name) | \(labelsName))", decision.contrast?.shared,
          decision.contrast?.sharedError
        ),
        (
          "I(\(studentName); \(labelsName) | \(name))", decision.contrast?.alone,
          decision.contrast?.aloneError
        ),
      ]
      for (style, part) in parts.enumerated() {
        guard let value = part.1?.nats else { continue }
        let error = reach * (part.2?.nats ?? 0)
        rows.append(
          .init(
            name: part.0, value: value, interval: [value - error, value + error], style: style))
      }
    }
    section.blocks = [.init(.intervals(IntervalChart(rows: rows, unit: "nats")))]
    var table = ReportTable([
      .init("teacher", isNumeric: false),
      .init("shared", meaning: "I(S; T | Y), nats, calibrated"),
      .init("at least", meaning: "a lower bound of it on held-out rows, nats"),
      .init("alone", meaning: "I(S; Y | T), nats, corrected"),
      .init("at most", meaning: "the cross-entropy of the labels given the teacher, nats"),
      .init("direct", meaning: "uncalibrated estimates of I(T; S), nats", isNumeric: false),
      .init("rests on", isNumeric: false),
    ])
    table.rows = decisions.map { decision in
      let contrast = decision.contrast
      let direct = contrast?.direct.map { "\($0.estimator) \(decimal($0.information.nats, 2))" }
      return [
        .init(decision.name), .number(contrast?.shared?.nats),
        .number(contrast?.sharedLowerBound?.nats), .number(contrast?.alone?.nats),
        .number(contrast?.labelsGivenTeacher?.nats),
        .init(direct.map { $0.joined(separator: ", ") } ?? "-"),
        .init(contrast?.grade?.rawValue ?? "-"),
      ]
    }
    section.blocks.append(.init(.table(table)))
    return section
  }
}
