// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators
import Testing

@Suite("column pairs")
struct ColumnPairsTests {
  private static func table(rows: Int, columns: Int, rounded: Bool = false) throws -> Samples {
    var random = RandomSource(seed: 5, UInt64(rows), UInt64(columns))
    var values: [Double] = []
    for _ in 0..<rows {
      let shared = random.normal()
      for column in 0..<columns {
        let value = shared * Double(column) / 3 + random.normal()
        values.append(rounded ? (value * 4).rounded() / 4 : value)
      }
    }
    return try Samples(rowMajor: values, count: rows, dimension: columns)
  }

  @Test(arguments: ["ksg-1", "ksg-2", "gaussian", "rank+ksg-1", "binning"], [false, true])
  func `each pair has the bits of the estimate alone`(id: String, rounded: Bool) throws {
    let table = try Self.table(rows: 120, columns: 4, rounded: rounded)
    let estimator = try EstimatorRegistry.builtIn().make(id)
    for threads in [1, 2] {
      let outcomes = try ColumnPairs(table, target: nil).estimates(
        by: estimator, seed: 3, threads: threads)
      #expect(outcomes.count == 6)
      for outcome in outcomes {
        let request = try EstimationRequest(
          x: .samples(Samples(table.column(outcome.x))),
          y: .samples(Samples(table.column(#require(outcome.y)))), seed: 3)
        var alone = try estimator.estimate(request)
        alone.pointwise = nil
        #expect(try outcome.result.get() == alone)
      }
    }
  }

  @Test(arguments: [["jitter": "0.01"], ["scale": "standardize"], ["k": "1,4,9"]])
  func `parameters that touch a side are the same`(parameters: [String: String]) throws {
    let table = try Self.table(rows: 90, columns: 3, rounded: true)
    let estimator = try EstimatorRegistry.builtIn().make("ksg-1", parameters)
    for outcome in try ColumnPairs(table, target: nil).estimates(
      by: estimator, seed: 7, threads: 1)
    {
      let request = try EstimationRequest(
        x: .samples(Samples(table.column(outcome.x))),
        y: .samples(Samples(table.column(#require(outcome.y)))), seed: 7)
      #expect(
        try outcome.result.get().information == (try estimator.estimate(request).information))
    }
  }

  @Test func `labels and wide targets are paired with each column`() throws {
    let table = try Self.table(rows: 100, columns: 3)
    let labels = try Labels((0..<100).map { $0 % 3 })
    let wide = try Self.table(rows: 100, columns: 2)
    for (id, target) in [("ross", Variable.labels(labels)), ("ksg-1", .samples(wide))] {
      let estimator = try EstimatorRegistry.builtIn().make(id)
      let outcomes = try ColumnPairs(table, target: target).estimates(
        by: estimator, seed: 0, threads: 2)
      #expect(outcomes.map(\.x) == [0, 1, 2])
      for outcome in outcomes {
        let request = try EstimationRequest(
          x: .samples(Samples(table.column(outcome.x))), y: target)
        #expect(
          try outcome.result.get().information == (try estimator.estimate(request).information))
      }
    }
  }

  @Test func `a constant column fails alone`() throws {
    var values = (0..<40).flatMap { row -> [Double] in [Double(row), 1, Double(row * row % 17)] }
    values[0] = 0.5
    let table = try Samples(rowMajor: values, count: 40, dimension: 3)
    let outcomes = try ColumnPairs(table, target: nil).estimates(
      by: KSG1Estimator(), seed: 0, threads: 1)
    let codes = outcomes.map { outcome -> EstimatorError.Code? in
      if case .failure(let error) = outcome.result { error.code } else { nil }
    }
    #expect(codes == [.constantColumn, nil, .constantColumn])
  }

  @Test func `cancelling ends all pairs`() throws {
    let table = try Self.table(rows: 50, columns: 4)
    let error = #expect(throws: EstimatorError.self) {
      try ColumnPairs(table, target: nil).estimates(
        by: KSG1Estimator(), seed: 0, threads: 2, isCancelled: { true })
    }
    #expect(error?.code == .cancelled)
  }
}
