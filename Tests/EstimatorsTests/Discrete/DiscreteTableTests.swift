// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators
import Foundation
import Testing

/// Measures every correction on tables of known information; prints the tables of the article
/// DiscreteEntropies, which is to be brought up to date from what this prints.
@Suite(
  "Which correction when",
  .enabled(if: ProcessInfo.processInfo.environment["MI_SLOW_TESTS"] == "1"))
struct DiscreteTableTests {
  private let names = DiscreteCorrection.names
  private let replicates = 40

  @Test("Where there is dependence, the default errs least; overall within 5% of the least")
  func measure() throws {
    print("| truth, table | n | " + names.joined(separator: " | ") + " |")
    var all: [[Double]] = []
    var dependent: [[Double]] = []
    for k in [4, 10, 30, 100] {
      let tables: [JointTable] = [
        .independent(k), .uniform(k), .zipf(k), .sparse(k), .gaussian(k),
      ]
      for table in tables {
        for n in [30, 100, 300, 1000, 3000, 10_000] {
          let errors = try rootMeanSquares(table, n)
          all.append(errors)
          if table.information > 1e-9 { dependent.append(errors) }
          printRow(String(format: "%.2f %@", table.information, table.description), n, errors)
        }
      }
    }
    let ratiosOfAll = excess(all)
    let ratiosOfDependent = excess(dependent)
    printRow("error over the least of the row, all rows", all.count, ratiosOfAll)
    printRow("the same, rows with dependence", dependent.count, ratiosOfDependent)
    #expect(ratiosOfDependent[0] == ratiosOfDependent.min())
    expect(ratiosOfAll[0], atMost: 1.05 * (ratiosOfAll.min() ?? 0))
  }

  /// The geometric mean over rows of each correction's error, the least error of the row being 1.
  private func excess(_ rows: [[Double]]) -> [Double] {
    names.indices.map { index in
      exp(rows.reduce(0) { $0 + log($1[index] / ($1.min() ?? 1)) } / Double(rows.count))
    }
  }

  /// The root mean square error of each correction.
  private func rootMeanSquares(_ table: JointTable, _ n: Int) throws -> [Double] {
    let squares = parallelMap(replicates, threads: 2) { replicate -> Result<[Double], any Error> in
      var random = RandomSource(
        seed: testSeed(1), UInt64(table.shares.count), UInt64(n), UInt64(replicate))
      return Result {
        let request = try table.draw(n, using: &random)
        return try names.map { name in
          let estimate = try DiscreteEstimator(["correction": name]).estimate(request)
          let error = estimate.information.nats - table.information
          return error * error
        }
      }
    }
    var sums = [Double](repeating: 0, count: names.count)
    for row in squares {
      for (index, square) in try row.get().enumerated() { sums[index] += square }
    }
    return sums.map { ($0 / Double(replicates)).squareRoot() }
  }

  private func printRow(_ title: String, _ n: Int, _ numbers: [Double]) {
    let texts = numbers.map { String(format: "%.3f", $0) }
    print("| \(title) | \(n) | " + texts.joined(separator: " | ") + " |")
  }
}
