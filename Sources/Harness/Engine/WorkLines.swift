// SPDX-License-Identifier: MIT

// What an engine (Ray, a queue, a shell script) and this program say to each other, as lines of JSON.
//
//   mi ... plan    ->  one PlanHead, then a WorkLine for each unit that the store lacks
//   WorkLine       ->  mi ... work  ->  a ResultLine for each, as it ends
//   ResultLine     ->  mi bench commit  ->  a CommitAnswer for each transaction
//
// A unit that ended every worker it was given to goes to the commit as {"id", "lost": "why", "unit"}.
// An engine looks at `id`, `kind` and `seconds` alone and passes the rest on as it is: what a unit is,
// what a row is and which row wins are decided here.

/// The first line of a plan.
public struct PlanHead: Sendable, Hashable, Codable {
  /// Units in the plan's shard.
  public let planned: Int
  /// Units whose result was there before; they have no line.
  public let present: Int
  /// The file that results belong in, if the plan chose it.
  public let store: String?
  /// The units that have a line, by kind.
  public private(set) var kinds: [String: Kind] = [:]

  /// Units that take about equally long.
  public struct Kind: Sendable, Hashable, Codable {
    /// How many there are.
    public fileprivate(set) var count = 0
    /// The seconds that they are expected to take together on one core.
    public fileprivate(set) var seconds = 0.0
  }

  /// The head of lines.
  init(planned: Int, lines: [WorkLine<some Codable & Sendable>], store: String? = nil) {
    self.planned = planned
    self.store = store
    present = planned - lines.count
    for line in lines {
      kinds[line.kind, default: Kind()].count += 1
      kinds[line.kind, default: Kind()].seconds += line.seconds
    }
  }
}

/// A unit of work.
public struct WorkLine<Unit: Codable & Sendable>: Sendable, Codable {
  /// The unit's number in its plan.
  public let id: Int
  /// Units of one kind take about equally long, so that an engine may learn the time of the others.
  public let kind: String
  /// The seconds that it is expected to take.
  public let seconds: Double
  /// What is to be done.
  public let unit: Unit

  /// Creates a line.
  public init(id: Int, kind: String, seconds: Double, unit: Unit) {
    self.id = id
    self.kind = kind
    self.seconds = seconds
    self.unit = unit
  }
}

/// What came of a unit of work.
public struct ResultLine: Sendable, Hashable, Codable {
  /// The unit's number.
  public let id: Int
  /// The seconds from the request to the answer: the estimate with the sample and the talk.
  public let wall: Double
  /// The code of the failure; nil where there is a result.
  public let failure: String?
  /// The row, where the unit is a trial.
  public let trial: TrialRow?
  /// The rows, where the unit is a student with its teachers.
  public let pairs: [DistilledRow]?

  /// Creates the result of a trial.
  public init(id: Int, wall: Double, trial: TrialRow) {
    self.id = id
    self.wall = wall
    self.trial = trial
    failure = trial.columns.outcome == "estimate" ? nil : trial.columns.outcome
    pairs = nil
  }

  /// Creates the result of a student.
  public init(id: Int, wall: Double, pairs: [DistilledRow]) {
    self.id = id
    self.wall = wall
    self.pairs = pairs
    failure = nil
    trial = nil
  }
}

/// What a committing process reports for each transaction: all lines up to this number are durable.
public struct CommitAnswer: Sendable, Hashable, Codable {
  /// Lines that were committed since the start, in the order they came.
  public let committed: Int
  /// Rows among them that were new.
  public let added: Int
}
