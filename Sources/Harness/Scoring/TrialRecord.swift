// SPDX-License-Identifier: MIT

public import EstimatorAPI

/// What makes two trials the same trial: a store holds each key once.
public struct TrialKey: Sendable, Hashable, Codable {
  /// The estimator's id.
  public let estimator: String
  /// The version of the estimator's results.
  public let version: String
  /// All its parameters, as ``EstimatorAPI/ParameterValues/canonicalJSON``.
  public let parameters: String
  /// The task's id.
  public let task: String
  /// The number of rows drawn.
  public let n: Int
  /// The seed, not negative.
  public let seed: Int

  /// Creates a key.
  public init(
    estimator: String, version: String, parameters: String, task: String, n: Int, seed: Int
  ) {
    self.estimator = estimator
    self.version = version
    self.parameters = parameters
    self.task = task
    self.n = n
    self.seed = seed
  }
}

/// One row of a store: a trial, what came of it and what it cost.
public struct TrialRecord: Sendable, Hashable {
  /// Which trial.
  public let key: TrialKey
  /// The estimate, or the reason why there is none.
  public let outcome: Trial.Outcome
  /// The time of the estimate alone, in seconds.
  public let seconds: Double
  /// The growth of peak resident memory over the trial, in bytes; nil where it was not measured.
  ///
  /// See ``MemoryMeter`` for what that is.
  public let peakMemory: Int?
  /// The machine's name.
  public let host: String
  /// When the row was written, ISO 8601 in UTC; nil before that.
  public let created: String?

  /// Creates a record.
  public init(
    key: TrialKey, outcome: Trial.Outcome, seconds: Double, peakMemory: Int?, host: String,
    created: String? = nil
  ) {
    self.key = key
    self.outcome = outcome
    self.seconds = seconds
    self.peakMemory = peakMemory
    self.host = host
    self.created = created
  }
}

/// What a store keeps of a task, so that a report needs nothing but the store.
public struct TaskRecord: Sendable, Hashable, Codable {
  /// The task's id.
  public let id: String
  /// The suite it was first run in.
  public let suite: String
  /// The kind of the pair.
  public let kind: PairKind
  /// The number of columns of x; 1 for labels.
  public let dx: Int
  /// The number of columns of y; 1 for labels.
  public let dy: Int
  /// The true mutual information, in nats.
  public let nats: Double
  /// A bound on the numeric error of `nats`; 0 for closed forms.
  public let natsError: Double

  /// Creates a record.
  public init(
    id: String, suite: String, kind: PairKind, dx: Int, dy: Int, nats: Double, natsError: Double
  ) {
    self.id = id
    self.suite = suite
    self.kind = kind
    self.dx = dx
    self.dy = dy
    self.nats = nats
    self.natsError = natsError
  }

  /// The record of a ground truth in a suite, under its id or another name.
  public init(_ truth: any GroundTruth, suite: String, name: String? = nil) {
    self.init(
      id: name ?? truth.id, suite: suite, kind: truth.kind, dx: truth.dx, dy: truth.dy,
      nats: truth.information.nats, natsError: truth.informationError.nats)
  }

  /// Whether the id matches a pattern as of file names.
  public func matches(_ glob: String) -> Bool { Harness.matches(id, glob: glob) }

  /// Whether two records of one id have the same truth, up to their stated errors.
  func agrees(with other: TaskRecord) -> Bool {
    kind == other.kind && dx == other.dx && dy == other.dy
      && abs(nats - other.nats) <= max(1e-9, natsError + other.natsError)
  }
}
