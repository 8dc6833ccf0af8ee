// SPDX-License-Identifier: MIT

import EstimatorAPI

/// Where a check's numbers came from, for the page's last section.
public struct CheckProvenance: Sendable {
  /// The command as it was typed.
  public let command: String
  /// The version of `mi`.
  public let version: String
  /// For each variable its name, file, reading and the hash of its values.
  public let variables: [[String]]

  /// Creates a provenance.
  public init(command: String, version: String, variables: [[String]]) {
    self.command = command
    self.version = version
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
    document.sections = [
      verdictSection, informationSection, admissionSection, calibrationSection, beyondSection,
      dataSection(provenance),
    ]
    return document
  }

  private var verdictSection: ReportDocument.Section {
    var section = ReportDocument.Section("Verdict")
    section.paragraphs = decisions.map(\.sentence)
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
        .init(decision.name), .init(decision.verdict.rawValue),
        .number(decision.probabilityGapPositive), .number(decision.teacherStudent?.nats),
        .number(decision.studentLabel?.nats), .number(decision.gap?.nats),
        .init(decision.gapInterval.map { "\(short($0[0])) to \(short($0[1]))" } ?? "-"),
        .count(decision.rowsNeeded),
      ]
    }
    section.blocks = [.init(.table(table))]
    return section
  }

  private var informationSection: ReportDocument.Section {
    var section = ReportDocument.Section(
      "The two informations",
      "By the Cross-modal Complementarity Hypothesis a teacher helps where it shares more with the "
        + "student than the student shares with the labels. Bars are one standard error of the gap; "
        + "the dashed line is I(student; labels).")
    if let entropy = labelEntropy {
      section.paragraphs.append(
        "The labels hold \(short(entropy.nats)) nats, the most that I(student; labels) can be. "
          + "I(teacher; student) has no such ceiling and grows with the width of both, so compare "
          + "representations of few dimensions.")
    }
    var plot = Plot(
      name: "informations", title: "I(teacher; student)", xLabel: "", yLabel: "nats",
      series: [
        Plot.Series(
          label: "I(teacher; student)", style: 0,
          points: decisions.enumerated().compactMap { index, decision in
            decision.teacherStudent.map {
              (x: Double(index + 1), y: $0.nats, band: decision.error?.total)
            }
          })
      ])
    plot.categories = decisions.map(\.name)
    plot.level = decisions.first?.studentLabel?.nats
    if !plot.series[0].points.isEmpty { section.blocks = [.init(.plots([plot]))] }
    return section
  }

  private var admissionSection: ReportDocument.Section {
    var section = ReportDocument.Section(
      "Which estimators were believed",
      "Each estimator was first run on synthetic data of this size, these dimensions and classes whose "
        + "information is known exactly, and on a twin: Gaussians fitted to the classes of this data. "
        + "One that failed there was refused and does not count.")
    var table = ReportTable([
      .init("pair", isNumeric: false), .init("estimator", isNumeric: false),
      .init("raw", meaning: "its number on the data, nats"),
      .init("calibrated", meaning: "read through its response curve"),
      .init("on twin", meaning: "its mean on the twin, calibrated"),
      .init("twin is", meaning: "the twin's information"),
      .init("corrected", meaning: "calibrated, less its error on the twin"),
      .init("admitted", isNumeric: false),
    ])
    table.rows = admissions.map { admission in
      [
        .init(admission.pair), .init(admission.estimator), .number(admission.raw?.nats),
        .number(admission.calibrated?.nats), .number(admission.twin?.mean),
        .number(admission.twin?.truth.nats), .number(admission.corrected?.nats),
        .init(admission.refusal.map { "no: \($0)" } ?? "yes"),
      ]
    }
    section.blocks = [.init(.table(table))]
    return section
  }

  private var calibrationSection: ReportDocument.Section {
    var section = ReportDocument.Section(
      "Response to known information",
      "The mean estimate on \(options.replicates) samples at each level of true information, with a "
        + "band of one standard deviation. An honest estimator runs along the diagonal; calibration "
        + "inverts the curve.")
    let plots = scorecards.enumerated().map { index, card -> Plot in
      let points = card.levels.map { (x: $0.truth.nats, y: $0.mean, band: Optional($0.sd)) }
      let diagonal = card.levels.map { (x: $0.truth.nats, y: $0.truth.nats, band: Double?.none) }
      return Plot(
        name: "response-\(index + 1)",
        title: "\(card.estimator), \(card.regime.dx) + \(card.regime.dy) columns",
        xLabel: "true information, nats", yLabel: "mean estimate, nats",
        series: [
          Plot.Series(label: "truth", style: 6, points: diagonal),
          Plot.Series(label: "mean estimate", style: 0, points: points),
        ])
    }
    section.blocks = [.init(.plots(plots))]
    return section
  }

  private var beyondSection: ReportDocument.Section {
    var section = ReportDocument.Section("What the hypothesis cannot see")
    let all = warnings + decisions.flatMap(\.warnings)
    var seen: Set<String> = []
    section.paragraphs = all.map(\.message).filter { seen.insert($0).inserted }
    section.paragraphs.append(
      "The hypothesis does not see whether a teacher's predictions point against the labels, and its "
        + "gain is a reduction of variance: with far more labelled rows than the student has "
        + "parameters there is little to gain whatever the information says.")
    return section
  }

  private func dataSection(_ provenance: CheckProvenance) -> ReportDocument.Section {
    var section = ReportDocument.Section(
      "Data, and how to repeat this", provenance.command,
      "Seed \(options.seed); the same seed gives the same numbers at any number of threads.")
    var data = ReportTable([
      .init("variable", isNumeric: false), .init("file", isNumeric: false),
      .init("taken as", isNumeric: false), .init("hash of the values", isNumeric: false),
    ])
    data.rows = provenance.variables.map { $0.map { .init($0) } }
    var views = ReportTable([
      .init("view", isNumeric: false), .init("representation", isNumeric: false),
      .init("columns"), .init("used"),
      .init("variance", meaning: "share of the standardized columns' variance"),
    ])
    views.rows = representations.map { record in
      [
        .init(record.name), .init(record.method), .count(record.dimensionIn),
        .count(record.dimensionOut), .number(record.varianceShare),
      ]
    }
    section.blocks = [.init(.table(data)), .init(.table(views), title: "Representations")]
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
