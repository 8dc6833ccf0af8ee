// SPDX-License-Identifier: MIT

package import EstimatorAPI

/// `mi check`: what the command, the C interface and Python share.
package struct CheckOperation: Sendable {
  package let teachers: [NamedVariable]
  package let student: NamedVariable
  package let labels: NamedVariable
  /// The group of each row; nil where rows stand alone.
  package let groups: Labels?
  package let registry: EstimatorRegistry
  package let options: CheckOptions
  /// How teachers are moved in time; nil: rows are paired as they are.
  package let alignment: CheckAlignment?
  package let hooks: CheckHooks

  package init(
    teachers: [NamedVariable], student: NamedVariable, labels: NamedVariable, groups: Labels?,
    registry: EstimatorRegistry, options: CheckOptions, alignment: CheckAlignment? = nil,
    hooks: CheckHooks
  ) {
    self.teachers = teachers
    self.student = student
    self.labels = labels
    self.groups = groups
    self.registry = registry
    self.options = options
    self.alignment = alignment
    self.hooks = hooks
  }

  /// Decides for each teacher.
  ///
  /// - Throws: `interrupted` with the estimates made; else as
  ///   ``check(teachers:student:labels:groups:registry:options:hooks:)``.
  package func run() throws -> CheckReport {
    let count = WorkCount("estimates", of: nil, kept: Self.kept(hooks.cache))
    var hooks = hooks
    hooks.count = count
    return try count.interruptible(hooks.isCancelled) {
      guard let alignment else {
        return try check(
          teachers: teachers, student: student, labels: labels, groups: groups,
          registry: registry, options: options, hooks: hooks)
      }
      let aligned = try alignment.aligned(
        teachers, student: student, labels: labels, groups: groups, registry,
        seed: options.seed, threads: options.threads, isCancelled: hooks.isCancelled)
      var options = options
      // Groups keep together what belongs together, where there are any.
      if groups == nil { options.order = .time }
      options.assumptions += aligned.notes
      return try check(
        teachers: aligned.teachers, student: aligned.student, labels: aligned.labels,
        groups: aligned.groups, registry: registry, options: options, hooks: hooks)
    }
  }

  /// What becomes of the estimates of a check that was stopped.
  static func kept(_ cache: TrialCache?) -> String {
    cache?.path.map { "\($0) keeps them, and the same call makes the others" }
      ?? "none of them is kept"
  }
}
