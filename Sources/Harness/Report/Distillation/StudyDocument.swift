// SPDX-License-Identifier: MIT

import EstimatorAPI

extension DistillationStudy {
  /// The study as a document: how the rules did, then what happened, then the details.
  public func document(_ pairs: [DistilledPair], command: String) -> ReportDocument {
    let students = Set(pairs.map(\.student)).count
    var document = ReportDocument(
      title: "Does distillation help? \(folder)",
      subtitle: "\(pairs.count) ordered pairs of \(students) views, \(data.labels.variable.count) "
        + "rows, \(options.splits) splits; teacher \(options.teacherModel) on "
        + "\(rowsText(options.teacherRows)), student \(options.studentModel) on "
        + "\(rowsText(options.studentRows)).")
    document.sections = [
      agreementSection(pairs), gainSection(pairs), pairSection(pairs), baselineSection(pairs),
      settingSection(pairs), repeatSection(command),
    ]
    return document
  }

  private var isClassification: Bool { data.labels.variable.labels != nil }
  private var unit: String { isClassification ? "percentage points" : "R^2" }
  private var factor: Double { isClassification ? 100 : 1 }
  private var digits: Int { isClassification ? 2 : 4 }

  private func rowsText(_ rows: Int?) -> String { rows.map { "\($0) rows" } ?? "all training rows" }

  private func cell(_ difference: ResampledDifference) -> ReportTable.Cell {
    let (low, high) = (difference.interval[0], difference.interval[1])
    return ReportTable.Cell(
      "\(decimal(factor * difference.mean, digits)) [\(decimal(factor * low, digits)), "
        + "\(decimal(factor * high, digits))]", sortKey: difference.mean)
  }

  private func agreementSection(_ pairs: [DistilledPair]) -> ReportDocument.Section {
    let significant = pairs.filter { $0.significantGain != nil }
    let level = decimal(100 * (1 - 2 * options.alpha), 0)
    var section = ReportDocument.Section(
      "Which rule was right?",
      "\(significant.count) of \(pairs.count) pairs have a gain whose \(level)% interval leaves out "
        + "zero: \(significant.filter { $0.significantGain == true }.count) above, "
        + "\(significant.filter { $0.significantGain == false }.count) below. A rule is right where it "
        + "says distill and the gain is above, or does not and it is below. Wilson's interval takes "
        + "pairs as independent; the error by views leaves out one view with all its pairs at a "
        + "time.")
    var rules = ReportTable([
      .init("rule", isNumeric: false), .init("right"), .init("of"),
      .init("rate"), .init("95% interval", meaning: "Wilson's, pairs taken as independent"),
      .init("error by views", meaning: "node jackknife"),
      .init("silent on", meaning: "significant pairs of which the rule said nothing"),
      .init(
        "rank correlation", meaning: "Spearman's, of the rule's number with the gain, all pairs"),
    ])
    for rule in PredictionRule.allCases {
      let agreement = RuleAgreement(rule, pairs)
      rules.rows.append([
        .init(rule.title), .count(agreement.right), .count(agreement.decided),
        .number(agreement.rate, 2),
        .init(
          agreement.interval.map { "\(decimal($0[0], 2)) to \(decimal($0[1], 2))" } ?? "-",
          sortKey: agreement.rate),
        .number(agreement.viewError, 2), .count(agreement.significant - agreement.decided),
        .number(agreement.rankCorrelation, 2),
      ])
    }
    var effects = ReportTable(
      [.init("verdict", isNumeric: false)]
        + EffectTable.effects.map { .init($0.rawValue) })
    for (verdict, counts) in zip(EffectTable.verdicts, EffectTable(pairs).counts) {
      effects.rows.append([.init(verdict.rawValue)] + counts.map { .count($0) })
    }
    section.blocks = [.init(.table(rules))]
    if views != nil {
      section.blocks.append(.init(.table(effects), title: "Verdicts against effects"))
    }
    return section
  }

  private func gainSection(_ pairs: [DistilledPair]) -> ReportDocument.Section {
    var section = ReportDocument.Section(
      "Gains",
      "Gain of the student over itself alone with a tuned ridge, in \(unit), students in rows and "
        + "teachers in columns. Blue is worse, red is better; a star marks an interval without zero, "
        + "two that class means in the teacher's place do not do as well.")
    let names = data.views.map(\.name)
    var table = ReportTable([.init("student", isNumeric: false)] + names.map { .init($0) })
    let largest = pairs.map { abs($0.outcome.gain.mean) }.max() ?? 1
    for student in names {
      table.rows.append(
        [.init(student)]
          + names.map { teacher in
            let pair = pairs.first { $0.student == student && $0.outcome.name == teacher }
            guard let outcome = pair?.outcome else { return .init("") }
            let stars =
              outcome.effect == .helps ? "**" : pair?.significantGain == nil ? "" : "*"
            return .init(
              decimal(factor * outcome.gain.mean, isClassification ? 1 : 3) + stars,
              sortKey: outcome.gain.mean, color: outcome.gain.mean / max(largest, 1e-9),
              detail: "\(teacher) to \(student): \(cell(outcome.gain).text), "
                + outcome.effect.rawValue)
          })
    }
    section.blocks = [.init(.table(table))]
    let plots = gapPlots(pairs)
    if !plots.isEmpty {
      section.blocks.append(.init(.plots(plots), title: "Gain against what was said"))
    }
    return section
  }

  /// Gain against each rule's number, one mark a student.
  private func gapPlots(_ pairs: [DistilledPair]) -> [Plot] {
    func plot(
      _ name: String, _ title: String, _ label: String, _ x: (DistilledPair) -> Double?
    ) -> Plot? {
      let names = data.views.map(\.name)
      let series = names.enumerated().compactMap { index, student -> Plot.Series? in
        let points = pairs.filter { $0.student == student }.compactMap {
          pair -> (x: Double, y: Double, band: Double?)? in
          x(pair).map {
            let gain = pair.outcome.gain
            return ($0, factor * gain.mean, factor * (gain.interval[1] - gain.mean))
          }
        }
        return points.isEmpty
          ? nil : Plot.Series(label: "student \(student)", style: index, points: points)
      }
      guard !series.isEmpty else { return nil }
      var plot = Plot(
        name: name, title: title, xLabel: label, yLabel: "gain, \(unit)", series: series)
      plot.level = 0
      plot.isScatter = true
      return plot
    }
    return [
      plot("gain-raw-gap", "Raw CCH", "I(T;S) - I(S;Y), nats, raw ksg-1 and ross") { pair in
        guard let left = pair.prediction?.rawTeacherStudent,
          let right = pair.prediction?.rawStudentLabel
        else { return nil }
        return left - right
      },
      plot("gain-gap", "Calibrated gap", "I(T;S) - I(S;Y), nats, calibrated") {
        $0.prediction?.decision.gap?.nats
      },
      plot(
        "gain-quality", "Teacher's lead", "teacher less student alone, \(unit)"
      ) { factor * ($0.outcome.teacherQuality - $0.outcome.studentQuality) },
    ].compactMap(\.self)
  }

  private func pairSection(_ pairs: [DistilledPair]) -> ReportDocument.Section {
    var section = ReportDocument.Section(
      "Pairs",
      "helps: better than the tuned student and than class means; softens: class means do it as well; "
        + "hurts: worse than the tuned student; unclear: neither is shown.")
    var table = ReportTable([
      .init("student", isNumeric: false), .init("teacher", isNumeric: false),
      .init("effect", isNumeric: false), .init("verdict", isNumeric: false),
      .init("gain", meaning: "over the tuned student, \(unit)"),
      .init("over class means", meaning: unit),
      .init("teacher alone"), .init("student alone"), .init("taught"),
      .init("gap", meaning: "calibrated, nats"), .init("raw gap", meaning: "nats"),
    ])
    for pair in pairs {
      let outcome = pair.outcome
      let raw = pair.prediction.flatMap { said in
        said.rawTeacherStudent.flatMap { left in said.rawStudentLabel.map { left - $0 } }
      }
      table.rows.append([
        .init(pair.student), .init(outcome.name), .init(outcome.effect.rawValue),
        .init(pair.prediction?.decision.verdict.rawValue ?? "-"), cell(outcome.gain),
        cell(outcome.overClassMean), .number(factor * outcome.teacherQuality, digits - 1),
        .number(factor * outcome.studentQuality, digits - 1),
        .number(factor * outcome.taughtQuality, digits - 1),
        .number(pair.prediction?.decision.gap?.nats), .number(raw),
      ])
    }
    section.blocks = [.init(.table(table))]
    return section
  }

  private func baselineSection(_ pairs: [DistilledPair]) -> ReportDocument.Section {
    var section = ReportDocument.Section(
      "What the gain is made of",
      "The taught student less others: taught by class means, label smoothing, taught by itself, and "
        + "taught by this teacher with its rows shuffled. Weight, temperature and ridge are chosen on "
        + "training rows for each.")
    var table = ReportTable([
      .init("student", isNumeric: false), .init("teacher", isNumeric: false),
      .init("over class means"), .init("over smoothing"), .init("over self"),
      .init("over shuffled"), .init("in loss", meaning: "gain in cross-entropy, nats"),
    ])
    for pair in pairs {
      let outcome = pair.outcome
      table.rows.append([
        .init(pair.student), .init(outcome.name), cell(outcome.overClassMean),
        cell(outcome.overSmoothing), cell(outcome.overSelf), cell(outcome.overShuffled),
        .init(
          "\(decimal(outcome.lossGain.mean, 3)) [\(decimal(outcome.lossGain.interval[0], 3)), "
            + "\(decimal(outcome.lossGain.interval[1], 3))]", sortKey: outcome.lossGain.mean),
      ])
    }
    section.blocks = [.init(.table(table))]
    return section
  }

  private func settingSection(_ pairs: [DistilledPair]) -> ReportDocument.Section {
    var section = ReportDocument.Section("By weight and temperature")
    var table = ReportTable([
      .init("student", isNumeric: false), .init("teacher", isNumeric: false), .init("w"),
      .init("T"), .init("gain"), .init("over class means"), .init("over shuffled"),
      .init("p(no help)", meaning: "adjusted by Holm within the pair"),
    ])
    for pair in pairs {
      for one in pair.outcome.settings {
        table.rows.append([
          .init(pair.student), .init(pair.outcome.name), .number(one.setting.weight, 2),
          .number(one.setting.temperature, 1), cell(one.gain), cell(one.overClassMean),
          cell(one.overShuffled), .number(one.pHelp, 4),
        ])
      }
    }
    section.blocks = [.init(.table(table), title: "All settings", isFolded: true)]
    return section
  }

  private func repeatSection(_ command: String) -> ReportDocument.Section {
    var section = ReportDocument.Section(
      "Data, and how to repeat this", command,
      "Seed \(options.seed); the same seed gives the same numbers at any number of threads. Verdicts "
        + "are of \(views?.description ?? "no representations").")
    var table = ReportTable([
      .init("variable", isNumeric: false), .init("file", isNumeric: false),
      .init("taken as", isNumeric: false), .init("hash of the values", isNumeric: false),
    ])
    let files =
      data.views + [("labels", data.labels)] + (data.groups.map { [("groups", $0)] } ?? [])
    table.rows = files.map { name, loaded in
      [.init(name), .init(loaded.source), .init(loaded.reading), .init(loaded.contentHash)]
    }
    section.blocks = [.init(.table(table))]
    return section
  }
}
