// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators

/// Where a check's numbers came from, for the page's last section.
public struct CheckProvenance: Sendable {
  /// The command as it was typed.
  public let command: String
  /// The version of `mi`.
  public let version: String
  /// The folder it was run in.
  public let folder: String
  /// For each variable its name, file, reading and the hash of its values.
  public let variables: [[String]]

  /// Creates a provenance.
  public init(command: String, version: String, folder: String, variables: [[String]]) {
    self.command = command
    self.version = version
    self.folder = folder
    self.variables = variables
  }
}

extension CheckReport {
  /// The check as a document: the verdict first, in sentences; then why.
  public func document(_ provenance: CheckProvenance) -> ReportDocument {
    var document = ReportDocument(
      title: "Will distillation into \(studentName) help?",
      subtitle: "\(n) rows, \(decisions.count) teacher\(decisions.count == 1 ? "" : "s"), "
        + "mi \(provenance.version)")
    document.headline = headline
    document.tone =
      decisions.contains { $0.verdict == .distill }
      ? .good : decisions.allSatisfy { $0.verdict == .doNotDistill } ? .bad : .neutral
    // Top down: the verdict, why, what to know before acting, then the evidence.
    document.sections = [verdictSection]
    if decisions.contains(where: { $0.contrast?.gap != nil }) {
      document.sections.append(contrastSection)
    }
    document.sections.append(warningSection)
    document.sections.append(informationSection)
    if decisions.count > 1 { document.sections.append(rankingSection) }
    if let beyond { document.sections += [beyondSection(beyond), baselineSection(beyond)] }
    document.sections += [admissionSection, calibrationSection, dataSection(provenance)]
    return document
  }

  private var verdictSection: ReportDocument.Section {
    var section = ReportDocument.Section("Verdict")
    section.paragraphs = decisions.flatMap {
      [$0.sentence, $0.restsOn, $0.whatWouldDecide].compactMap(\.self)
    }
    section.paragraphs.append(
      "The probability that any verdict of this check is wrong is kept at \(short(verdictAlpha)) or "
        + "below; the intervals have level \(decimal(100 * intervalLevel, 1))%"
        + (decisions.count > 1 ? " each and hold together." : "."))
    var table = ReportTable([
      .init("teacher", isNumeric: false), .init("verdict", isNumeric: false),
      .init("P(gap > 0)", meaning: "probability that the gap is positive, given the errors"),
      .init("I(T;S)", meaning: "teacher and student, nats, calibrated"),
      .init("I(S;Y)", meaning: "student and labels, nats, calibrated"),
      .init("gap", meaning: "I(T;S) - I(S;Y), nats"),
      .init("interval", meaning: "of the gap, nats"),
      .init("rows needed", meaning: "to decide a gap of this size"),
    ])
    table.rows = decisions.map { decision in
      [
        .init(decision.name), .init(decision.verdict.words),
        .number(decision.probabilityGapPositive), .number(decision.teacherStudent?.nats),
        .number(decision.studentLabel?.nats), .number(decision.gap?.nats),
        .init(decision.gapInterval.map { "\(decimal($0[0], 3)) to \(decimal($0[1], 3))" } ?? "-"),
        .count(decision.rowsNeeded),
      ]
    }
    section.blocks = [.init(.table(table))]
    return section
  }

  private var warningSection: ReportDocument.Section {
    var section = ReportDocument.Section("Before you act on it")
    var seen: Set<String> = []
    let all = (warnings + decisions.flatMap(\.warnings)).map(\.message)
      .filter { seen.insert($0).inserted }
    section.blocks = [
      .init(
        .notes(
          all + [
            "The hypothesis promises less variance, not knowledge: with far more labelled rows than "
              + "the student has parameters there is little to gain whatever the information says."
          ]))
    ]
    return section
  }

  private var informationSection: ReportDocument.Section {
    var section = ReportDocument.Section(
      "The two informations",
      "By the Cross-modal Complementarity Hypothesis a teacher helps where it shares more with the "
        + "student than the student shares with the labels. Lines are intervals at level "
        + "\(decimal(100 * intervalLevel, 1))%; both sides are estimated on the same rows, so the gap "
        + "may be known better than either.")
    let reach = quantile
    var rows: [IntervalChart.Row] = []
    for decision in decisions {
      guard let value = decision.teacherStudent?.nats else { continue }
      let error = reach * (decision.teacherStudentError?.nats ?? 0)
      rows.append(
        .init(
          name: "I(\(decision.name); \(studentName))", value: value,
          interval: [value - error, value + error], style: 0))
    }
    if let value = decisions.first?.studentLabel?.nats {
      let error = reach * (decisions.first?.studentLabelError?.nats ?? 0)
      rows.append(
        .init(
          name: "I(\(studentName); \(labelsName))", value: value,
          interval: [value - error, value + error], style: 1))
    }
    guard !rows.isEmpty else { return section }
    var chart = IntervalChart(rows: rows, unit: "nats")
    if let entropy = labelEntropy {
      chart.marks = [(entropy.nats, "H(\(labelsName))")]
      chart.legend =
        "Dashed: \(decimal(entropy.nats, 2)) nats, all that \(labelsName) hold and the most that "
        + "I(\(studentName); \(labelsName)) can be. What a teacher shares has no such ceiling."
    }
    var gaps = IntervalChart(
      rows: decisions.compactMap { decision in
        guard let gap = decision.gap, let interval = decision.gapInterval else { return nil }
        return .init(
          name: "gap of \(decision.name)", value: gap.nats, interval: interval, style: 2)
      }, unit: "nats")
    gaps.marks = [(0, "no gap")]
    gaps.legend = "Dashed: no gap. A gap to the right of it says distill, one to the left says not."
    section.blocks = [.init(.intervals(chart)), .init(.intervals(gaps), title: "The gap")]
    return section
  }

  /// Standard errors on either side of an interval.
  private var quantile: Double { normalQuantile((1 + intervalLevel) / 2) }

  private var rankingSection: ReportDocument.Section {
    var section = ReportDocument.Section(
      "Teachers compared",
      "By gap, and so by I(teacher; student), as all gaps share the label side: "
        + "\(teacherRanking.line). An equals sign is a tie: the two could not be told apart with "
        + "probability \(decimal(100 * (1 - options.alpha), 0))% over all pairs (Holm).")
    var ranks = ReportTable([
      .init("teacher", isNumeric: false), .init("I(T;S)", meaning: "nats, calibrated"),
      .init("gap", meaning: "nats"), .init("rank", meaning: "the ranks that are not ruled out"),
    ])
    ranks.rows = teacherRanking.places.map { place in
      [
        .init(place.name), .number(place.teacherStudent?.nats), .number(place.gap?.nats),
        .init(
          place.best == place.worst ? "\(place.best)" : "\(place.best) to \(place.worst)",
          sortKey: Double(place.best)),
      ]
    }
    var pairs = ReportTable([
      .init("more", isNumeric: false), .init("less", isNumeric: false),
      .init("difference", meaning: "nats"),
      .init("interval", meaning: "simultaneous over all pairs, nats"),
      .init("p", meaning: "two-sided, after Holm"), .init("told apart", isNumeric: false),
    ])
    pairs.rows = teacherRanking.comparisons.map { pair in
      [
        .init(pair.first), .init(pair.second), .number(pair.difference.nats),
        .init("\(decimal(pair.interval[0], 3)) to \(decimal(pair.interval[1], 3))"),
        .number(pair.adjustedPValue), .init(pair.isTie ? "no, a tie" : "yes"),
      ]
    }
    section.blocks = [
      .init(.table(ranks)), .init(.table(pairs), title: "Every pair", isFolded: true),
    ]
    return section
  }
}
extension CCHDecision {
  /// The verdict as one sentence for someone who will read nothing else.
  public var sentence: String {
    guard let gap, let left = teacherStudent, let right = studentLabel, let interval = gapInterval
    else {
      return "Undecided for \(name): no estimator could be believed on this data; see below why."
    }
    let comparison =
      "it shares \(short(left.nats)) nats with the student, which shares \(short(right.nats)) with "
      + "the labels; the gap of \(short(gap.nats)) lies between \(short(interval[0])) and "
      + "\(short(interval[1]))."
    switch verdict {
    case .distill: return "Distill from \(name): \(comparison)"
    case .doNotDistill: return "Do not distill from \(name): \(comparison)"
    case .undecided: return "Undecided for \(name): \(comparison)"
    }
  }
}
