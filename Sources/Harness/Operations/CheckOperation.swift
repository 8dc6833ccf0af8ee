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
  package let hooks: CheckHooks

  package init(
    teachers: [NamedVariable], student: NamedVariable, labels: NamedVariable, groups: Labels?,
    registry: EstimatorRegistry, options: CheckOptions, hooks: CheckHooks
  ) {
    self.teachers = teachers
    self.student = student
    self.labels = labels
    self.groups = groups
    self.registry = registry
    self.options = options
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
      try check(
        teachers: teachers, student: student, labels: labels, groups: groups, registry: registry,
        options: options, hooks: hooks)
    }
  }

  /// What becomes of the estimates of a check that was stopped.
  static func kept(_ cache: TrialCache?) -> String {
    cache?.path.map { "\($0) keeps them, and the same call makes the others" }
      ?? "none of them is kept"
  }
}
