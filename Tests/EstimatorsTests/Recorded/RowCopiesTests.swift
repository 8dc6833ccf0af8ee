// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators
import Foundation
import Testing

@Suite struct RowCopiesTests {
  /// Rows drawn with replacement from `n` rows of two sides.
  private func resampled(
    _ n: Int, seed: UInt64 = 1, _ pair: (inout RandomSource) -> (Double, Double)
  ) throws -> (x: Variable, y: Variable) {
    var random = RandomSource(seed: testSeed(seed))
    let rows = (0..<n).map { _ in pair(&random) }
    let drawn = (0..<n).map { _ in rows[random.below(n)] }
    return (
      .samples(try Samples(rowMajor: drawn.map(\.0), count: n, dimension: 1)),
      .samples(try Samples(rowMajor: drawn.map(\.1), count: n, dimension: 1))
    )
  }

  @Test func rowsDrawnWithReplacementCountOnce() throws {
    let (x, y) = try resampled(1000) { ($0.normal(), $0.normal()) }
    let plan = DefaultPlan(x, y)
    let copies = try #require(plan.copies)
    // 1 - 1/e of the rows are drawn at least once, with a standard deviation of 10 rows.
    expect(Double(copies.distinctRows.count), within: 50, of: 632)
    #expect(plan.x.count == copies.distinctRows.count)
    #expect(plan.estimator == "auto")
    #expect(plan.notes.first?.contains("copies") == true)
    let distinct = Set(try #require(x.samples).values)
    #expect(plan.x.samples.map { Set($0.values) } == distinct)
  }

  @Test func copiesTakeTheNumberOfTheirRow() throws {
    let (x, y) = try resampled(200, seed: 2) { ($0.normal(), $0.normal()) }
    let copies = try #require(DefaultPlan(x, y).copies)
    let values = try #require(x.samples).values
    let kept = copies.distinctRows.map { values[$0] }
    #expect(copies.spread(kept) == values)
  }

  @Test func roundedNumbersAreNoCopies() throws {
    // Where y is a function of x, rows agree in both sides wherever x does.
    let (x, y) = try resampled(2000, seed: 3) { random in
      let value = (random.normal() * 10).rounded() / 10
      return (value, value * value)
    }
    #expect(DefaultPlan(x, y).copies == nil)
  }

  @Test func valuesRepeatedOnOneSideAloneAreNoCopies() throws {
    // One side is measured once for five rows each, such as a speaker's age.
    var random = RandomSource(seed: testSeed(4))
    let persons = random.normals(100)
    let x = Variable.samples(
      try Samples(rowMajor: (0..<500).map { persons[$0 / 5] }, count: 500, dimension: 1))
    let y = Variable.samples(
      try Samples(rowMajor: random.normals(500), count: 500, dimension: 1))
    #expect(DefaultPlan(x, y).copies == nil)
  }

  @Test func zerosThatCoincideAreNoCopies() throws {
    var random = RandomSource(seed: testSeed(5))
    let rows = (0..<1000).map { row -> (Double, Double) in
      row % 2 == 0 ? (0, 0) : (random.normal(), random.normal())
    }
    let zeros = DefaultPlan(
      .samples(try Samples(rowMajor: rows.map(\.0), count: 1000, dimension: 1)),
      .samples(try Samples(rowMajor: rows.map(\.1), count: 1000, dimension: 1)))
    #expect(zeros.copies == nil)
  }

  @Test func codesOfCategoriesAreNoCopies() throws {
    // Two codes without a grid for each of 40 categories, as target encoding makes them.
    var random = RandomSource(seed: testSeed(6))
    let codes = random.normals(80)
    let categories = (0..<2000).map { _ in random.below(40) }
    let plan = DefaultPlan(
      .samples(try Samples(rowMajor: categories.map { codes[$0] }, count: 2000, dimension: 1)),
      .samples(try Samples(rowMajor: categories.map { codes[40 + $0] }, count: 2000, dimension: 1)))
    #expect(plan.copies == nil)
  }
}
