// SPDX-License-Identifier: MIT

public import EstimatorAPI

/// A named list of ground truths.
public struct TaskSuite: Sendable {
  /// The name, for example `bmi-v1`.
  public let name: String
  /// One line of what it is.
  public let summary: String
  /// The tasks, with different ids.
  public let tasks: [any GroundTruth]

  /// Creates a suite.
  public init(name: String, summary: String, tasks: [any GroundTruth]) {
    self.name = name
    self.summary = summary
    self.tasks = tasks
  }

  /// The built-in suites' names.
  public static var names: [String] { builtIn.map(\.name) }

  /// The built-in suite of this name.
  ///
  /// - Throws: `unknownSuite` with the names there are.
  public static func named(_ name: String) throws(EstimatorError) -> TaskSuite {
    guard let entry = builtIn.first(where: { $0.name == name }) else {
      let near = nearestNames(to: name, among: names)
      throw EstimatorError(
        .unknownSuite,
        "There is no suite \"\(name)\"." + question(near)
          + " The built-in suites are \(names.joined(separator: ", ")).")
    }
    return TaskSuite(name: entry.name, summary: entry.summary, tasks: entry.tasks())
  }

  /// The tasks whose id matches a pattern as of file names, where `*` stands for any text, `?` for
  /// one character and `[abc]` for one of several.
  public func filtered(_ glob: String) -> TaskSuite {
    TaskSuite(
      name: name, summary: summary, tasks: tasks.filter { matches($0.id, glob: glob) })
  }

  /// The task of this id.
  ///
  /// - Throws: `unknownTask` with the nearest ids.
  public func task(_ id: String) throws(EstimatorError) -> any GroundTruth {
    guard let task = tasks.first(where: { $0.id == id }) else {
      let near = nearestNames(to: id, among: tasks.map(\.id))
      throw EstimatorError(
        .unknownTask, "There is no task \"\(id)\" in suite \(name)." + question(near))
    }
    return task
  }

  /// The built-in task of this id, in whichever suite it stands.
  ///
  /// - Throws: `unknownTask` with the nearest ids.
  public static func task(_ id: String) throws(EstimatorError) -> any GroundTruth {
    // Suite by suite: the published ones come first and cost nothing to make.
    var ids: [String] = []
    for entry in builtIn {
      let tasks = entry.tasks()
      if let task = tasks.first(where: { $0.id == id }) { return task }
      ids += tasks.map(\.id)
    }
    throw EstimatorError(
      .unknownTask,
      "There is no task \"\(id)\" in any built-in suite."
        + question(nearestNames(to: id, among: ids)))
  }
}

extension EstimatorError.Code {
  /// No suite has this name.
  public static let unknownSuite = Self(rawValue: "unknownSuite")
  /// No task has this id.
  public static let unknownTask = Self(rawValue: "unknownTask")
  /// A suite file says something that cannot be.
  public static let invalidSuite = Self(rawValue: "invalidSuite")
}

private func question(_ names: [String]) -> String {
  names.isEmpty ? "" : " Did you mean \(names.joined(separator: " or "))?"
}
