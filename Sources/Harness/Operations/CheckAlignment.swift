// SPDX-License-Identifier: MIT

package import EstimatorAPI

/// Teachers moved in time against the student: `mi check --lag`.
///
/// At lag L the student's and the labels' row t are taken with the teacher's row t - L: the teacher comes L rows
/// first. All teachers keep the same rows of the student, and no pair crosses from one group to another.
package struct CheckAlignment: Sendable {
  /// The lag; nil: that of the largest information, tested over all from -`most` to `most`.
  package let lag: Int?
  /// The largest lag that is tried.
  package let most: Int

  /// Reads a lag, a whole number or `auto`.
  ///
  /// - Throws: `invalidOption`.
  package init(lag text: String, most: Int) throws(EstimatorError) {
    self.most = most
    try within("max_lag", most, 1...10_000)
    guard text != "auto" else {
      lag = nil
      return
    }
    guard let number = Int(text), abs(number) <= 1_000_000 else {
      throw .option("lag", found: "\"\(text)\"", needed: "a whole number of rows, or auto")
    }
    lag = number
  }

  /// What a check is of once its teachers are moved.
  struct Aligned {
    let teachers: [NamedVariable]
    let student: NamedVariable
    let labels: NamedVariable
    let groups: Labels?
    /// What was found and done for each teacher.
    let notes: [EstimateWarning]
  }

  /// Moves the teachers.
  ///
  /// - Throws: `rowsDiffer`, `tooFewSamples`, or what the estimator of the lags throws.
  func aligned(
    _ teachers: [NamedVariable], student: NamedVariable, labels: NamedVariable, groups: Labels?,
    _ registry: EstimatorRegistry, seed: UInt64, threads: Int,
    isCancelled: @escaping @Sendable () -> Bool
  ) throws -> Aligned {
    let numbers = groups?.codes.map(Int.init)
    for other in teachers + [labels] where other.variable.count != student.variable.count {
      throw EstimatorError.rowsDiffer(x: student.variable.count, y: other.variable.count)
    }
    var lags: [Int] = []
    var notes: [EstimateWarning] = []
    for teacher in teachers {
      let (found, words) = try found(
        teacher, student, numbers, registry, seed: seed, threads: threads,
        isCancelled: isCancelled)
      lags.append(found)
      notes.append(EstimateWarning(code: "aligned", message: words))
    }
    let trials = Trials(count: student.variable.count, groups: numbers)
    let (before, after) = (lags.reduce(0, max), -lags.reduce(0, min))
    try trials.check(before: before, after: after)
    let rows = trials.rows(before: before, after: after)
    func moved(_ one: NamedVariable, by lag: Int) -> NamedVariable {
      NamedVariable(
        one.name, one.variable.selecting(rows: rows.map { $0 - lag }),
        isContinuous: one.isContinuous)
    }
    return Aligned(
      teachers: zip(teachers, lags).map { moved($0, by: $1) }, student: moved(student, by: 0),
      labels: moved(labels, by: 0), groups: groups?.selecting(rows: rows),
      notes: notes + [
        EstimateWarning(
          code: "aligned",
          message:
            "\(rows.count) of \(student.variable.count) rows have all their partners"
            + (groups == nil ? "; blocks of rows stay together, as with --order time." : "."))
      ])
  }

  /// The lag of one teacher, and how it was found.
  private func found(
    _ teacher: NamedVariable, _ student: NamedVariable, _ groups: [Int]?,
    _ registry: EstimatorRegistry, seed: UInt64, threads: Int,
    isCancelled: @escaping @Sendable () -> Bool
  ) throws -> (lag: Int, words: String) {
    if let lag {
      return (lag, "\(teacher.name) is taken \(Self.words(lag)) \(student.name), as told.")
    }
    var settings = LagsSettings(maxLag: most)
    settings.permutations = 199
    // Few shifts of a short series do not meet the peak again.
    settings.surrogates = 200 * most > student.variable.count ? "block" : "shift"
    let isContinuous = teacher.variable.samples != nil && student.variable.samples != nil
    let outcome = try LagsOperation(
      settings, estimator: isContinuous ? "pca+gaussian-copula" : nil, [:], registry,
      x: teacher.variable, y: student.variable, groups: groups, seed: seed, threads: threads,
      isCancelled: isCancelled
    ).run()
    let peak = outcome.lags[outcome.peak]
    let pValue = outcome.test?.pValue ?? 1
    let isFound = pValue <= 0.05
    let nats = (peak.estimate.information.nats * 1000).rounded() / 1000
    let by = isContinuous ? "gaussian-copula on up to four components of each" : "the default"
    return (
      isFound ? peak.lag : 0,
      "Of lags -\(most) to \(most) \(teacher.name) and \(student.name) share most with \(teacher.name) "
        + "\(Self.words(peak.lag)) \(student.name): \(nats) nats by \(by), p = "
        + "\((pValue * 10_000).rounded() / 10_000) over all lags"
        + (isFound
          ? "; so they are paired." : ", too little to move it; rows are paired as they are.")
    )
  }

  /// Where a teacher stands against the student.
  private static func words(_ lag: Int) -> String {
    let rows = "\(abs(lag)) row\(abs(lag) == 1 ? "" : "s")"
    return lag == 0 ? "at the row of" : lag > 0 ? "\(rows) before" : "\(rows) after"
  }
}
