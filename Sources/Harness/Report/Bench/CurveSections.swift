// SPDX-License-Identifier: MIT

extension BenchReport {
  /// Bias and spread along each axis that the store covers.
  var curveSections: [ReportDocument.Section] {
    ErrorCurve.Axis.allCases.compactMap { axis in
      let curves = summary.curves(along: axis)
      let positions = Set(curves.flatMap { $0.points.map(\.position) })
      guard positions.count > 1 else { return nil }
      var section = ReportDocument.Section(axis.title, axis.explanation(summary))
      section.blocks = [
        .init(.plots([biasPlot(curves, axis), spreadPlot(curves, axis)])),
        .init(.table(curveTable(curves, axis)), title: "The numbers", isFolded: true),
      ]
      return section
    }
  }

  private func biasPlot(_ curves: [ErrorCurve], _ axis: ErrorCurve.Axis) -> Plot {
    var plot = Plot(
      name: "bias-\(axis.rawValue)", title: "Bias", xLabel: axis.label,
      yLabel: "mean error, nats",
      series: curves.map { curve in
        Plot.Series(
          label: summary.estimators[curve.estimator].label, style: curve.estimator,
          points: curve.points.map { (x: $0.position, y: $0.bias, band: $0.biasBand) })
      })
    plot.isLogarithmic = axis != .information
    plot.level = 0
    return plot
  }

  private func spreadPlot(_ curves: [ErrorCurve], _ axis: ErrorCurve.Axis) -> Plot {
    var plot = Plot(
      name: "sd-\(axis.rawValue)", title: "Standard deviation over samples", xLabel: axis.label,
      yLabel: "nats",
      series: curves.map { curve in
        Plot.Series(
          label: summary.estimators[curve.estimator].label, style: curve.estimator,
          points: curve.points.compactMap { point in
            point.sd.map { (x: point.position, y: $0, band: point.sdBand) }
          })
      })
    plot.isLogarithmic = axis != .information
    return plot
  }

  private func curveTable(_ curves: [ErrorCurve], _ axis: ErrorCurve.Axis) -> ReportTable {
    var table = ReportTable([
      .init("estimator", isNumeric: false), .init(axis.label), .init("bias"),
      .init("+-", meaning: "half the 95 % band"), .init("sd"),
      .init("+-", meaning: "half the 95 % band"), .init("tasks"), .init("failed tasks"),
    ])
    for curve in curves {
      for point in curve.points {
        table.rows.append([
          .init(summary.estimators[curve.estimator].label),
          .number(point.position, axis == .information ? 3 : 0), .number(point.bias, 4),
          .number(point.biasBand, 4), .number(point.sd, 4), .number(point.sdBand, 4),
          .count(point.tasks), .count(point.failedTasks),
        ])
      }
    }
    return table
  }

  /// The table of the smallest sufficient sizes.
  var convergenceSection: ReportDocument.Section {
    var section = ReportDocument.Section(
      "Convergence",
      "The smallest n tried from which on the mean estimate stays within 2/3 to 3/2 of the truth; "
        + "\"never\" where it is outside at the largest n. A truth of 0 has no such n.")
    var table = ReportTable(
      [.init("task", isNumeric: false), .init("truth")]
        + summary.estimators.map { .init($0.label) })
    for (index, task) in summary.tasks.enumerated() {
      table.rows.append(
        [.init(task.id), .number(task.nats)]
          + summary.estimators.indices.map { estimator in
            switch Convergence(summary, estimator: estimator, task: index) {
            case .from(let n): .count(n)
            case .notReached: .init("never", sortKey: .greatestFiniteMagnitude)
            case .undefined: .init("-")
            }
          })
    }
    section.blocks = [.init(.table(table))]
    return section
  }

  /// A plot of mean estimates against n for each task.
  var learningCurveSection: ReportDocument.Section {
    var section = ReportDocument.Section(
      "Learning curves",
      "Mean estimate against n with its 95 % band over samples; the dashed line is the truth.")
    let plots = summary.tasks.enumerated().map { index, task in
      var plot = Plot(
        name: "learning-\(index + 1)", title: task.id, xLabel: "n", yLabel: "nats",
        series: summary.estimators.indices.compactMap { learningCurve($0, index) })
      plot.isLogarithmic = true
      plot.level = task.nats
      return plot
    }
    section.blocks = [
      .init(.plots(plots.filter { !$0.series.isEmpty }), title: "By task", isFolded: true)
    ]
    return section
  }

  private func learningCurve(_ estimator: Int, _ task: Int) -> Plot.Series? {
    let points = summary.sizes.compactMap { n -> (x: Double, y: Double, band: Double?)? in
      guard let cell = summary.cell(estimator, task, n: n), !cell.isFailed else { return nil }
      return (Double(n), cell.estimates.mean, cell.estimates.errorOfMean.map { 1.96 * $0 })
    }
    guard !points.isEmpty else { return nil }
    return Plot.Series(
      label: summary.estimators[estimator].label, style: estimator, points: points)
  }
}

extension ErrorCurve.Axis {
  fileprivate var title: String {
    switch self {
    case .size: "Error against the number of rows"
    case .information: "Error against mutual information"
    case .dimension: "Error against dimension"
    }
  }

  fileprivate var label: String {
    switch self {
    case .size: "n"
    case .information: "true mutual information, nats"
    case .dimension: "dx + dy"
    }
  }

  fileprivate func explanation(_ summary: BenchSummary) -> String {
    let bands = " Bands are 95 % over samples, the tasks being fixed."
    switch self {
    case .size: return "Means over the tasks that the estimator answered at every n." + bands
    case .information, .dimension:
      return "Means over the tasks at each position that the estimator answered, at n = "
        + "\(summary.sizes.last ?? 0)." + bands
    }
  }
}
