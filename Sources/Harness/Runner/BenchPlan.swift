// SPDX-License-Identifier: MIT

public import EstimatorAPI
import Estimators

/// An estimator with its parameters, as a study runs it.
public struct BenchConfiguration: Sendable {
  /// What the estimator is.
  public let descriptor: EstimatorDescriptor
  /// The value of every parameter.
  public let parameters: ParameterValues
  /// The parameters as they are written in a key.
  public let canonicalParameters: String
  /// The estimator, ready to run.
  public let estimator: any MutualInformationEstimator

  /// Makes the estimator.
  ///
  /// - Throws: `unknownEstimator`, `unknownParameter` or `invalidParameter`.
  public init(
    _ choice: EstimatorChoice, registry: EstimatorRegistry
  ) throws(EstimatorError) {
    let entry = try registry.entry(choice.id)
    descriptor = entry.descriptor
    parameters = try entry.descriptor.resolve(choice.parameters)
    canonicalParameters = parameters.canonicalJSON
    estimator = try entry.make(parameters)
  }
}

/// A fixed part of a study: trial keys are dealt to `count` shards by their hash.
///
/// The part belongs to the key, not to the plan: adding estimators or sizes to a study moves no
/// trial from one shard to another.
public struct Shard: Sendable, Hashable {
  /// Which part, from 1 to `count`.
  public let index: Int
  /// The number of parts.
  public let count: Int

  /// The whole study.
  public static let whole = Shard(index: 1, count: 1)

  /// Creates a shard.
  public init(index: Int, count: Int) {
    precondition(count >= 1 && (1...count).contains(index), "shard \(index) of \(count)")
    self.index = index
    self.count = count
  }

  /// Whether the key falls into this part.
  public func contains(_ key: TrialKey) -> Bool {
    guard count > 1 else { return true }
    let text =
      "\(key.estimator) \(key.version) \(key.parameters) \(key.task) \(key.n) \(key.seed)"
    // The mixing step of a random source spreads FNV's low bits before the remainder.
    var source = RandomSource(seed: fnv1a(text))
    return source.next() % UInt64(count) == UInt64(index - 1)
  }
}

/// A study: every configuration on every task it takes, at every size, with every seed.
public struct BenchPlan: Sendable {
  /// The estimators.
  public let configurations: [BenchConfiguration]
  /// The tasks.
  public let tasks: [any GroundTruth]
  /// The suite the tasks came from.
  public let suite: String
  /// Rows drawn.
  public let sizes: [Int]
  /// Seeds; each names one sample of a task at a size, the same for every estimator.
  public let seeds: [Int]
  /// The part of the study to run.
  public let shard: Shard

  /// Creates a plan.
  public init(
    configurations: [BenchConfiguration], tasks: [any GroundTruth], suite: String, sizes: [Int],
    seeds: [Int], shard: Shard = .whole
  ) {
    self.configurations = configurations
    self.tasks = tasks
    self.suite = suite
    self.sizes = sizes
    self.seeds = seeds
    self.shard = shard
  }

  /// The trials of the shard, seeds outermost: a run that is cut short has looked at everything.
  ///
  /// An estimator that does not take a task's kind of pair has no trial there.
  public var trials: [PlannedTrial] {
    var trials: [PlannedTrial] = []
    for seed in seeds {
      for n in sizes {
        for (taskIndex, task) in tasks.enumerated() {
          for (index, configuration) in configurations.enumerated()
          where configuration.descriptor.traits.kinds.contains(task.kind) {
            let key = TrialKey(
              estimator: configuration.descriptor.id, version: configuration.descriptor.version,
              parameters: configuration.canonicalParameters, task: task.id, n: n, seed: seed)
            guard shard.contains(key) else { continue }
            trials.append(PlannedTrial(key: key, configuration: index, task: taskIndex))
          }
        }
      }
    }
    return trials
  }

  /// The number of pairs of an estimator and a task whose kind it does not take.
  public var unsuited: Int {
    configurations.reduce(0) { sum, configuration in
      sum + tasks.count { !configuration.descriptor.traits.kinds.contains($0.kind) }
    }
  }
}

/// A trial to run: its key, and the positions of its estimator and its task in the plan.
public struct PlannedTrial: Sendable {
  /// The key.
  public let key: TrialKey
  /// The index of the configuration in the plan.
  public let configuration: Int
  /// The index of the task in the plan.
  public let task: Int
}
