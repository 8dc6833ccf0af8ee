// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators

/// One check under way: data that were found fit, and how to look at them.
struct CheckRun {
  let teachers: [NamedVariable]
  let student: NamedVariable
  let labels: NamedVariable
  let groups: [Int]?
  let registry: EstimatorRegistry
  let options: CheckOptions
  let hooks: CheckHooks

  /// The report in the representation that was asked for, or in the first that is believed.
  func report() throws(EstimatorError) -> CheckReport {
    guard options.representation == .automatic else {
      return try report(options.representation, why: nil)
    }
    guard canPredict else { return try report(.raw, why: nil) }
    if width > Self.widestRaw {
      return try report(
        .logits,
        why: "the views have \(width) columns together, where no estimator is tried beyond "
          + "\(Self.widestRaw)")
    }
    let refused: String
    do throws(EstimatorError) {
      let views = try Views(self, .raw)
      var panel = try panel(views)
      if options.budget != nil { panel.contrasts = try contrasts(views, of: panel) }
      guard let pair = try panel.runUntilRefused() else {
        if options.budget == nil { panel.contrasts = try contrasts(views, of: panel) }
        return try report(panel, views, .raw, why: nil)
      }
      refused = "no estimator was admitted for \(pair) as given"
    } catch {
      guard error.code == .constantColumn else { throw error }
      refused = "\(error.description.dropLast())"
    }
    return try report(.logits, why: refused)
  }

  /// The representation that is looked at first.
  var firstRepresentation: Representation {
    guard options.representation == .automatic else { return options.representation }
    return canPredict && width > Self.widestRaw ? .logits : .raw
  }

  /// The columns of the widest pair of views.
  private var width: Int {
    student.variable.dimension + (teachers.map(\.variable.dimension).max() ?? 0)
  }

  /// The widest pair of views that is tried as it is before logits are taken, in columns.
  static let widestRaw = 64

  /// Whether a model of the labels can be fitted.
  private var canPredict: Bool {
    switch labels.variable {
    case .labels: true
    case .samples(let numbers): numbers.dimension == 1
    }
  }

  private func report(
    _ representation: Representation, why: String?
  ) throws(EstimatorError) -> CheckReport {
    let views = try Views(self, representation)
    var panel = try panel(views)
    // Rounds of a budget decide as they go; otherwise what is kept in the cache comes first.
    if options.budget != nil { panel.contrasts = try contrasts(views, of: panel) }
    try panel.run()
    if options.budget == nil { panel.contrasts = try contrasts(views, of: panel) }
    return try report(panel, views, representation, why: why)
  }

  /// The report on pairs whose estimators were run.
  private func report(
    _ panel: PanelRun, _ views: Views, _ representation: Representation, why: String?
  ) throws(EstimatorError) -> CheckReport {
    let beyond = options.looksBeyond ? try BeyondCCH(self, views) : nil
    let sides = [panel.works[0].side] + teachers.indices.map(panel.side)
    let warnings = teachers.indices.map { index in
      [
        scaleWarning(index, views, sides[index + 1], representation),
        beyond?.teachers[index].alignment?.warning(teachers[index].name),
        orderWarning(index), panel.works[index + 1].untestedPairing,
      ].compactMap { $0 }
    }
    let decisions = panel.decisions(alpha: panel.alpha, warnings: warnings)
      .map { $0.comparedWithDirectEstimates(student.name) }
    return CheckReport(
      n: student.variable.count, studentName: student.name, labelsName: labels.name,
      representation: representation, representationReason: why,
      representations: views.records, labelRegime: Regime(views.student, labels.variable),
      scorecards: panel.scorecards, sides: sides, decisions: decisions,
      teacherRanking: TeacherRanking(
        decisions,
        sides: zip(decisions, sides.dropFirst()).map { decision, side in
          decision.contrast.map(side.ranked) ?? side
        },
        varianceScale: panel.estimator.subsampling.varianceScale,
        alpha: options.alpha),
      beyond: beyond, skipped: panel.skipped, verdictAlpha: panel.alpha,
      groupCount: groups.map { Set($0).count }, options: options)
  }

  /// The pairs of the check with the estimators that are to be run on them.
  func panel(_ views: Views) throws(EstimatorError) -> PanelRun {
    let subsampling = Subsampling(
      count: student.variable.count, draws: options.subsamples, seed: options.seed,
      groups: groups)
    var panel = PanelRun(
      SideEstimator(
        registry: registry, options: options, subsampling: subsampling, groups: groups,
        hooks: hooks),
      works: [], teachers: teachers.map(\.name))
    try panel.add(
      views.student, labels.variable, pair: "I(\(student.name); \(labels.name))",
      twin: twin(views.student, labels.variable), labels: labels.variable.labels,
      isLabelSide: true)
    let scores = try contrastScores(views)
    for (index, (teacher, view)) in zip(teachers, views.teachers).enumerated() {
      guard let scores else {
        try panel.add(
          view, views.student, pair: "I(\(teacher.name); \(student.name))",
          twin: twin(view, views.student, labels.variable),
          labels: labels.variable.labels,
          isLabelSide: false)
        continue
      }
      try panel.add(
        scores.teachers[index], scores.student, given: labels.variable,
        pair: "I(\(teacher.name); \(student.name) | \(labels.name))", twin: nil,
        labels: labels.variable.labels, isLabelSide: false)
    }
    return panel
  }

  /// Whether gaps are found as contrasts: of continuous views, given classes or one number.
  private func isContrast(_ views: Views) -> Bool {
    options.usesContrast && canPredict
      && ([views.student] + views.teachers).allSatisfy { $0.samples != nil }
  }

  /// The views on the scales on which contrasts are found, see ``ClassScores``; nil where gaps are differences.
  private func contrastScores(
    _ views: Views
  ) throws(EstimatorError) -> (teachers: [Variable], student: Variable)? {
    guard isContrast(views) else { return nil }
    let teachers = try views.teachers.map { view throws(EstimatorError) in
      try ClassScores.scores(view, labels: labels.variable)
    }
    return (teachers, try ClassScores.scores(views.student, labels: labels.variable))
  }

  /// What the contrasts need besides the sides; empty where gaps are differences.
  private func contrasts(
    _ views: Views, of panel: PanelRun
  ) throws(EstimatorError) -> [ContrastParts] {
    var parts: [ContrastParts] = []
    // The label side comes first; a pair has labels given where it is a part of a contrast.
    for (index, pair) in panel.works.dropFirst().enumerated() where pair.given != nil {
      parts.append(
        try ContrastParts(
          teacher: NamedVariable(teachers[index].name, pair.x),
          student: NamedVariable(student.name, pair.y),
          asGiven: (views.teachers[index], views.student), labels: labels, self))
    }
    return parts
  }

  /// Rows that resemble the rows before them, where nobody said that they are in time.
  private func orderWarning(_ index: Int) -> EstimateWarning? {
    guard groups == nil else { return nil }
    let memory = RowMemory(teachers[index].variable, student.variable)
    // Rows sorted by their labels look the same, and are exchangeable within the labels.
    guard memory.isOrdered, !labels.variable.isSorted else { return nil }
    return EstimateWarning(
      code: "orderedRows",
      message:
        "Rows of \(teachers[index].name) and \(student.name) resemble the rows before them, as in "
        + "time: the \(memory.rows) rows are worth about \(Int(memory.effectiveRows.rounded())) "
        + "independent ones for their association, and the interval is too narrow. Use --order time, "
        + "or --groups.")
  }

  /// I(T; S) has no ceiling while I(S; Y) has the entropy of the labels: between wide views the rule
  /// says distill whatever the student knows.
  private func scaleWarning(
    _ index: Int, _ views: Views, _ side: Side, _ representation: Representation
  ) -> EstimateWarning? {
    guard let classes = labels.variable.labels, representation != .logits else { return nil }
    let ceiling = entropy(ofSizes: classes.classSizes).nats
    let used = classes.classSizes.count { $0 > 0 }
    let width = min(views.teachers[index].dimension, views.student.dimension)
    let shared = side.information?.nats ?? 0
    guard shared > ceiling || width > max(used - 1, 1) else { return nil }
    let found =
      shared > ceiling
      ? "\(side.pair) is \(short(shared)) nats"
      : "\(side.pair) is of \(width) columns or more on both sides"
    return EstimateWarning(
      code: "scale",
      message:
        "\(found), while the labels hold \(short(ceiling)): what \(teachers[index].name) and "
        + "\(student.name) share has no such ceiling and grows with the width of both, so the rule "
        + "leans to distill. --represent logits compares views of \(max(used - 1, 1)) columns.")
  }

  /// The twin of a student and its labels; nil where the student is discrete or no twin fits.
  private func twin(_ student: Variable, _ labels: Variable) -> (any GroundTruth)? {
    guard let samples = student.samples else { return nil }
    switch labels {
    case .labels(let classes):
      return ClassTwin(x: samples, labels: classes, cache: hooks.cache, threads: options.threads)
    case .samples(let numbers): return CopulaTwin(x: samples, y: numbers)
    }
  }

  /// The twin of two continuous views: with the classes that they share, where labels are classes.
  private func twin(
    _ teacher: Variable, _ student: Variable, _ labels: Variable
  ) -> (any GroundTruth)? {
    guard let x = teacher.samples, let y = student.samples else { return nil }
    guard let classes = labels.labels else { return CopulaTwin(x: x, y: y) }
    return ClassTwin(
      x: x, y: y, labels: classes, cache: hooks.cache, threads: options.threads)
  }
}

extension Variable {
  /// Whether labels come class by class, each class one run of rows.
  fileprivate var isSorted: Bool {
    guard let labels else { return false }
    let runs =
      labels.codes.indices.dropFirst().count { labels.codes[$0] != labels.codes[$0 - 1] } + 1
    return runs == labels.classSizes.count { $0 > 0 }
  }
}
