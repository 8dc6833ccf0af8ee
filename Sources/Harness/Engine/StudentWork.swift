// SPDX-License-Identifier: MIT

public import EstimatorAPI

/// A student with all its teachers as a unit of work; the data are files that the worker has too.
public struct StudentUnit: Sendable, Hashable, Codable {
  let student: String
  /// What the store calls the pairs: all that decides them, the hashes of the data among it.
  let configurations: [String]
}

extension DistillationStudy {
  /// The students of whom a teacher is not in a store.
  ///
  /// - Throws: `DataError` where the store cannot be read.
  public func work(
    missingIn store: ResultStore
  ) throws(DataError) -> (head: PlanHead, lines: [WorkLine<StudentUnit>]) {
    let seconds = try store.secondsOfPair() ?? 0.02 * Double(data.labels.variable.count)
    var lines: [WorkLine<StudentUnit>] = []
    for (id, student) in data.views.enumerated() {
      let configurations = keys(of: student)
      var isMissing = false
      for (teacher, key) in zip(teachers(of: student), configurations) where !isMissing {
        let pair = try store.distilledPair(key)
        isMissing = pair?.student != student.name || pair?.outcome.name != teacher.name
      }
      guard isMissing else { continue }
      lines.append(
        WorkLine(
          id: id, kind: "student", seconds: seconds * Double(configurations.count),
          unit: StudentUnit(student: student.name, configurations: configurations)))
    }
    return (PlanHead(planned: data.views.count, lines: lines), lines)
  }

  /// Distills the students that come as lines.
  ///
  /// - Throws: as ``run(store:registry:hooks:)``, and `DataError` for a line that is of other data or
  ///   options.
  public func serve(
    registry: EstimatorRegistry, isCancelled: @escaping @Sendable () -> Bool, lines: WorkLines
  ) throws {
    // What is estimated lives as long as this process: students share the labels' scorecards.
    let hooks = CheckHooks(isCancelled: isCancelled, cache: TrialCache())
    let cache = TeacherCache()
    try lines.serve { (id, unit: StudentUnit, clock) in
      guard let student = data.views.first(where: { $0.name == unit.student }),
        keys(of: student) == unit.configurations
      else {
        throw DataError(
          .malformed,
          "\(unit.student) was planned with other data or options than the worker has.")
      }
      let pairs = try distilled(
        student, teachers(of: student), NamedVariable("labels", data.labels.variable), cache,
        registry, hooks)
      let seconds = clock()
      return ResultLine(
        id: id, wall: seconds,
        pairs: zip(pairs, unit.configurations).map {
          DistilledRow($0, configuration: $1, seconds: seconds / Double(pairs.count))
        })
    }
  }

  private func teachers(
    of student: (name: String, loaded: LoadedVariable)
  ) -> [(name: String, loaded: LoadedVariable)] {
    data.views.filter { $0.name != student.name }
  }

  private func keys(of student: (name: String, loaded: LoadedVariable)) -> [String] {
    teachers(of: student).map { configuration(student: student.loaded, teacher: $0.loaded) }
  }
}
