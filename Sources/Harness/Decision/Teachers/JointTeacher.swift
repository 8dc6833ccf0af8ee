// SPDX-License-Identifier: MIT

import EstimatorAPI

/// All teachers side by side as one more candidate: their columns in one view.
///
/// By the chain rule it shares at least as much with the student as any of them alone; in a
/// representation of K components it need not.
func jointTeacher(_ teachers: [NamedVariable]) throws(EstimatorError) -> NamedVariable {
  let name = teachers.map(\.name).joined(separator: "+")
  guard teachers.count > 1 else {
    throw EstimatorError(
      .shapeMismatch, "A joint teacher needs at least 2 teachers; there is 1, \(name).")
  }
  var views: [Samples] = []
  for teacher in teachers {
    guard let samples = teacher.variable.samples else {
      throw EstimatorError(
        .shapeMismatch,
        "A joint teacher needs continuous teachers; \(teacher.name) is labels.")
    }
    views.append(samples)
  }
  return NamedVariable(name, .samples(try concatenated(views)))
}
