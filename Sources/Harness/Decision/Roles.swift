// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators

/// How variables are taken for their role in a check, by the values that they hold.
extension NamedVariable {
  /// The variable in the role of labels: few whole numbers become classes, and the options say so.
  ///
  /// Few are up to 20 different ones in one column, ten rows for each on average. Other variables, and
  /// those that the caller called continuous, stay as they are.
  ///
  /// - Throws: `identifier` where no two labels agree; `tooFewSamples` for more than 20 classes of fewer than
  ///   ten rows on average, of which no estimator learns anything.
  func inTheRoleOfLabels(_ options: inout CheckOptions) throws(EstimatorError) -> NamedVariable {
    try variable.refuseIdentifier(named: name)
    if let used = variable.labels?.classSizes.count(where: { $0 > 0 }), used > 20,
      10 * used > variable.count
    {
      throw EstimatorError(
        .tooFewSamples,
        "\(name) has \(used) classes in \(variable.count) rows, \(short(Double(variable.count) / Double(used))) "
          + "rows each; a check needs at least 10 on average. Join rare classes, or take numbers as numbers "
          + "(--continuous \(name)).")
    }
    if let samples = variable.samples, samples.dimension > 1,
      samples.values.allSatisfy({ $0 == 0 || $0 == 1 })
    {
      options.assumptions.append(
        EstimateWarning(
          code: "multiLabel",
          message:
            "\(name) has \(samples.dimension) columns of 0 and 1, several labels at once, and is taken as "
            + "numbers. Check one column at a time, or make a class of each combination."))
    }
    guard let (labels, profile) = valuesAsClasses, profile.isWhole, profile.distinct <= 20,
      profile.distinct * 10 <= profile.count
    else { return self }
    options.assumptions.append(
      EstimateWarning(
        code: "labelsAsClasses",
        message:
          "\(name) holds \(profile.distinct) different whole numbers and is taken as classes; "
          + "call it continuous (--continuous \(name)) for a regression."))
    return NamedVariable(name, .labels(labels))
  }

  /// The variable in the role of a view: a column of few values is classes, and the options say so.
  ///
  /// As ``DefaultPlan`` takes ratings and flags, where the rows fill the table with each of the `others`
  /// that it is compared with, and with the labels, which have `classes`.
  func inTheRoleOfAView(
    cellsOf others: [NamedVariable], _ classes: Int, _ options: inout CheckOptions
  ) -> NamedVariable {
    guard let (labels, profile) = valuesAsClasses, profile.kind == .fewValues else { return self }
    let most = others.map { $0.classCount }.reduce(classes) { max($0, $1) }
    guard profile.distinct * most * DefaultPlan.rowsPerCell <= profile.count else { return self }
    options.assumptions.append(
      EstimateWarning(
        code: "viewAsClasses",
        message:
          "\(name) holds \(profile.distinct) different values and is taken as classes; "
          + "call it continuous (--continuous \(name)) to take them as numbers."))
    return NamedVariable(name, .labels(labels))
  }

  /// A class for each value of one column that was not called continuous, with its profile.
  private var valuesAsClasses: (labels: Labels, profile: ColumnProfile)? {
    guard !isContinuous, let samples = variable.samples, samples.dimension == 1,
      let labels = try? Labels(valuesOf: samples)
    else { return nil }
    return (labels, ColumnProfile(samples.values))
  }

  /// The classes that the variable has or may be taken as; 1 for other numbers.
  private var classCount: Int {
    if let labels = variable.labels { return labels.classCount }
    guard let (labels, profile) = valuesAsClasses, profile.kind == .fewValues else { return 1 }
    return labels.classCount
  }
}
