// SPDX-License-Identifier: MIT

import EstimatorAPI
import GRDB

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// What a trial should cost, learned from the seconds in a store.
///
/// The mean of its like on the same task at the same size; where there is none, on all tasks at that
/// size; where there is none, from the nearest sizes, as a power of n. A mean and not a median, as
/// what is wanted is the sum over many trials.
public struct CostModel: Sendable {
  private var ofTask: [Like: Double] = [:]
  private var bySize: [Configuration: [Int: Double]] = [:]

  private struct Configuration: Hashable {
    let estimator: String
    let parameters: String
  }

  private struct Like: Hashable {
    let configuration: Configuration
    let task: String
    let n: Int
  }

  /// The growth with n that is taken where one size alone was seen: n log n in practice.
  static let exponent = 1.2
  /// Seconds a row for what was never seen: a neighbor search in few dimensions.
  static let secondsPerRow = 2e-6

  /// Reads what a store knows.
  ///
  /// - Throws: `DataError` where it cannot be read.
  public init(_ store: ResultStore) throws(DataError) {
    let rows = try store.read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT estimator, parameters, task.name, n, sum(seconds), count(*) FROM trial
          JOIN configuration ON configuration.id = configuration JOIN task ON task.id = task
          GROUP BY 1, 2, 3, 4
          """
      ).map { row in
        (
          Like(
            configuration: Configuration(estimator: row[0], parameters: row[1]), task: row[2],
            n: row[3]), row[4] as Double, row[5] as Int
        )
      }
    }
    var sums: [Configuration: [Int: (seconds: Double, count: Int)]] = [:]
    for (like, seconds, count) in rows {
      ofTask[like] = seconds / Double(count)
      let sum = sums[like.configuration, default: [:]][like.n, default: (0, 0)]
      sums[like.configuration, default: [:]][like.n] = (sum.seconds + seconds, sum.count + count)
    }
    bySize = sums.mapValues { $0.mapValues { $0.seconds / Double($0.count) } }
  }

  /// The seconds that a trial should take.
  public func seconds(_ key: TrialKey) -> Double {
    let configuration = Configuration(estimator: key.estimator, parameters: key.parameters)
    if let known = ofTask[Like(configuration: configuration, task: key.task, n: key.n)] {
      return known
    }
    guard let sizes = bySize[configuration], !sizes.isEmpty else {
      return Self.secondsPerRow * Double(key.n)
    }
    if let known = sizes[key.n] { return known }
    // The two sizes nearest in ratio tell the power; one alone is given the usual one.
    let near = sizes.sorted {
      abs(log(Double($0.key) / Double(key.n))) < abs(log(Double($1.key) / Double(key.n)))
    }
    var power = Self.exponent
    if near.count >= 2, near[0].value > 0, near[1].value > 0 {
      let slope =
        log(near[1].value / near[0].value) / log(Double(near[1].key) / Double(near[0].key))
      power = min(max(slope, 0), 3)
    }
    return near[0].value * pow(Double(key.n) / Double(near[0].key), power)
  }
}
