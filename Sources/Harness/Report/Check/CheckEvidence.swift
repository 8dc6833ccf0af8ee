// SPDX-License-Identifier: MIT

import EstimatorAPI

/// The sections of a check's document that say why the verdict is believed.
extension CheckReport {
  func beyondSection(_ beyond: BeyondCCH) -> ReportDocument.Section {
    var section = ReportDocument.Section(
      "What the hypothesis cannot see",
      "Information has no sign: a teacher whose predictions point against the labels shares as much "
        + "with the student as one that agrees. Alignment compares predictions with labels; a teacher "
        + "that is no prediction itself is learned from first, by a model that never saw the row. What "
        + "a teacher adds is I(T; Y | S) by linear prediction: what the student could not say itself."
    )
    var table = ReportTable([
      .init("teacher", isNumeric: false), .init("finding", isNumeric: false),
      .init("compared", isNumeric: false), .init("agreement"), .init("chance"),
      .init("z", meaning: "standard errors above chance"),
      .init("adds", meaning: "I(T; Y | S) in nats"), .init("its error", meaning: "nats"),
    ])
    table.rows = beyond.teachers.map { teacher in
      [
        .init(teacher.name), .init(teacher.alignment?.finding.words ?? "-"),
        .init(teacher.alignment?.source.words ?? "-"), .number(teacher.alignment?.value),
        .number(teacher.alignment?.chance), .number(teacher.alignment?.zValue, 1),
        .number(teacher.added?.information.nats), .number(teacher.added?.standardError.nats),
      ]
    }
    section.blocks = [.init(.table(table))]
    return section
  }

  func baselineSection(_ beyond: BeyondCCH) -> ReportDocument.Section {
    var section = ReportDocument.Section(
      "Baselines",
      "Scores of how well one view predicts the labels, made for choosing a network to start from. "
        + "They see one view alone, not what teacher and student share, and have no error; higher is "
        + "better in every column.")
    var table = ReportTable([
      .init("view", isNumeric: false),
      .init("accuracy", meaning: "held-out rows that a linear classifier gets right"),
      .init("LogME", meaning: "log evidence of a Bayesian linear model, a row"),
      .init("LEEP", meaning: "log expected empirical prediction"),
      .init("NCE", meaning: "negative conditional entropy"),
      .init("H-score", meaning: "whitened variance between the classes"),
      .init("TransRate", meaning: "drop of the coding rate by the class"),
    ])
    table.rows = beyond.baselines.map { scores in
      [
        .init(scores.view), .number(scores.accuracy), .number(scores.logME),
        .number(scores.leep), .number(scores.nce), .number(scores.hScore),
        .number(scores.transRate),
      ]
    }
    section.blocks = [.init(.table(table))]
    return section
  }

  var admissionSection: ReportDocument.Section {
    var section = ReportDocument.Section(
      "Which estimators were believed",
      "Each estimator was first run on synthetic data of this size, these dimensions and classes whose "
        + "information is known exactly, and on a twin fitted to this data: Gaussians for its classes, "
        + "or a Gaussian copula with its marginals where labels are continuous. "
        + "One that failed there was scored again on twins with less noise and more, where the labels are "
        + "classes, and otherwise refused; a refused one does not count.")
    var table = ReportTable([
      .init("pair", isNumeric: false), .init("estimator", isNumeric: false),
      .init("believed", isNumeric: false),
      .init("raw", meaning: "its number on the data, nats"),
      .init("calibrated", meaning: "read through its response curve"),
      .init("curve", meaning: "the truths that made it", isNumeric: false),
      .init("on twin", meaning: "its mean on the twin, calibrated"),
      .init("twin is", meaning: "the twin's information"),
      .init("corrected", meaning: "calibrated, less its error on the twin"),
      .init("error", meaning: "of the correction, without sampling, nats"),
    ])
    table.rows = admissions.map { admission -> [ReportTable.Cell] in
      [
        .init(admission.pair), .init(admission.estimator),
        .init(admission.admitted ? "yes" : "no", color: admission.admitted ? nil : 0.5),
        .number(admission.raw?.nats),
        .number(admission.calibrated?.nats), .init(admission.readThrough ?? "-"),
        .number(admission.twin?.mean),
        .number(admission.twin?.truth.nats), .number(admission.corrected?.nats),
        .number(admission.calibrationError),
      ]
    }
    section.blocks = [.init(.table(table))]
    let refusals = admissions.compactMap { admission in
      admission.refusal.map { "\(admission.estimator) on \(admission.pair) was refused. \($0)" }
    }
    if !refusals.isEmpty { section.blocks.append(.init(.notes(refusals))) }
    var checks = ReportTable([
      .init("pair", isNumeric: false), .init("estimator", isNumeric: false),
      .init("rule", isNumeric: false), .init("found"), .init("threshold"),
      .init("passed", isNumeric: false),
    ])
    checks.rows = admissions.flatMap { admission in
      admission.checks.map { check in
        [
          .init(admission.pair), .init(admission.estimator),
          .init(check.rule.rawValue, detail: check.reason), .number(check.found),
          .number(check.threshold),
          .init(check.passed ? "yes" : "no", color: check.passed ? nil : 0.5),
        ]
      }
    }
    section.blocks.append(.init(.table(checks), title: "Every rule and number", isFolded: true))
    return section
  }

  var calibrationSection: ReportDocument.Section {
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
        title: "\(card.estimator), \(card.regime.dx) + \(card.regime.dy) columns"
          + (card.truth == TwinLadder.family ? ", twins" : ""),
        xLabel: "true information, nats", yLabel: "mean estimate, nats",
        series: [
          Plot.Series(label: "truth", style: 6, points: diagonal),
          Plot.Series(label: "mean estimate", style: 0, points: points),
        ])
    }
    var table = ReportTable([
      .init("estimator", isNumeric: false), .init("truths", isNumeric: false),
      .init("columns"), .init("true", meaning: "nats"), .init("mean", meaning: "nats"),
      .init("bias", meaning: "nats"), .init("SD", meaning: "nats"), .init("RMSE", meaning: "nats"),
      .init("failed"),
    ])
    table.rows = scorecards.flatMap { card in
      card.levels.map { level in
        [
          .init(card.estimator), .init(card.truth),
          .init("\(card.regime.dx) + \(card.regime.dy)", sortKey: Double(card.regime.dx)),
          .number(level.truth.nats), .number(level.mean), .number(level.bias), .number(level.sd),
          .number(level.rmse), .count(level.failureCount),
        ]
      }
    }
    section.blocks = [
      .init(.plots(plots)), .init(.table(table), title: "Scorecards", isFolded: true),
    ]
    return section
  }

  func dataSection(_ provenance: CheckProvenance) -> ReportDocument.Section {
    var section = ReportDocument.Section(
      "How to repeat this",
      "The same seed gives the same numbers at any number of threads, with and without the cache"
        + (options.budget == nil ? "." : "; a budget of time may not."))
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
    var versions: [String] = []
    for card in scorecards {
      let version = "\(card.estimator) \(card.version) \(card.parameters.canonicalJSON)"
      if !versions.contains(version) { versions.append(version) }
    }
    let settings = [
      "mi \(provenance.version), in \(provenance.folder)",
      "seed \(options.seed), alpha \(short(options.alpha)), \(options.replicates) replicates, "
        + "\(options.subsamples) subsamples, \(options.shuffles) shuffles, represent "
        + "\(options.representation)",
    ]
    section.blocks = [
      .init(.code(provenance.command)),
      .init(.code((settings + versions).joined(separator: "\n")), title: "Versions and settings"),
      .init(.table(data), title: "Data"), .init(.table(views), title: "Representations"),
    ]
    return section
  }
}

extension Alignment.Finding {
  /// For people.
  fileprivate var words: String {
    switch self {
    case .aligned: "points towards the labels"
    case .antiAligned: "points against the labels"
    case .uninformative: "tells nothing of the labels"
    }
  }
}

extension Alignment.Source {
  /// For people.
  fileprivate var words: String {
    switch self {
    case .classScores: "largest column"
    case .score: "its column"
    case .crossFitted: "learned from it"
    }
  }
}
