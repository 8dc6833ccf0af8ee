// SPDX-License-Identifier: MIT

package import EstimatorAPI

/// `mi distill`: the gains of a student from each of its teachers, beside the verdict of a check.
package struct DistillOperation: Sendable {
  package let teachers: [NamedVariable]
  package let student: NamedVariable
  package let labels: NamedVariable
  /// The group of each row; nil where rows stand alone.
  package let groups: Labels?
  package let options: DistillationOptions
  /// What the check looks at; nil for no verdict.
  package let views: VerdictViews?
  package let check: CheckOptions
  package let registry: EstimatorRegistry
  package let hooks: CheckHooks

  package init(
    teachers: [NamedVariable], student: NamedVariable, labels: NamedVariable, groups: Labels?,
    options: DistillationOptions, views: VerdictViews?, check: CheckOptions,
    registry: EstimatorRegistry, hooks: CheckHooks
  ) {
    self.teachers = teachers
    self.student = student
    self.labels = labels
    self.groups = groups
    self.options = options
    self.views = views
    self.check = check
    self.registry = registry
    self.hooks = hooks
  }

  /// What came of it.
  package struct Outcome: Sendable {
    package let report: DistillationReport
    /// The verdicts of a check with its report; nil where none was asked for.
    package let predictions: (predictions: [Prediction], report: CheckReport)?
  }

  /// Distills and decides.
  ///
  /// - Throws: `interrupted` with the splits done, or the estimates of the check after them; else as
  ///   ``distill(teachers:student:labels:groups:options:hooks:)``.
  package func run() throws -> Outcome {
    let count = WorkCount("splits", of: options.splits, kept: "there is no result")
    var hooks = hooks
    hooks.count = count
    return try count.interruptible(hooks.isCancelled) {
      let report = try distill(
        teachers: teachers, student: student, labels: labels, groups: groups, options: options,
        hooks: hooks)
      guard let views else { return Outcome(report: report, predictions: nil) }
      count.begin(
        "estimates of the verdict, all \(options.splits) splits being done", of: nil)
      let predicted = try predictions(
        teachers: teachers, student: student, labels: labels, groups: groups, views: views,
        registry: registry, models: options, check: check, hooks: hooks)
      return Outcome(report: report, predictions: predicted)
    }
  }
}
