// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators
import Testing

@Suite struct RowGroupTests {
  /// 12 groups of 2 to 4 rows, each group of one to three classes.
  private let groups = [Int]((0..<36).map { $0 % 12 })

  @Test func groupsTradePlacesWhole() throws {
    let exchange = try #require(GroupExchange(groups))
    var random = RandomSource(seed: 4)
    var moved = 0
    for _ in 0..<50 {
      let rows = exchange.rows(using: &random)
      #expect(rows.sorted() == Array(0..<36))
      for group in 0..<12 {
        let places = groups.indices.filter { groups[$0] == group }
        #expect(Set(places.map { groups[rows[$0]] }).count == 1, "a group was torn apart")
      }
      moved += rows == Array(0..<36) ? 0 : 1
    }
    #expect(moved >= 49)
  }

  @Test func everyRowTakesThePlaceOfOneOfItsClass() throws {
    let classes: [Int32] = groups.indices.map { Int32(($0 / 12 + $0 % 2) % 2) }
    let exchange = try #require(GroupExchange(groups, classes: classes))
    var random = RandomSource(seed: 5)
    let rows = exchange.rows(using: &random)
    #expect(rows != Array(0..<36))
    for (place, row) in rows.enumerated() { #expect(classes[place] == classes[row]) }
  }

  @Test func groupsOfAllSizesCannotTradePlaces() {
    #expect(GroupExchange((0..<8).flatMap { [Int](repeating: $0, count: $0 + 1) }) == nil)
    // 4! = 24 rearrangements say nothing at level 0.05 of two sides and little of one.
    #expect(GroupExchange([0, 0, 1, 1, 2, 2, 3, 3]) == nil)
  }

  /// Each row five times: a mixture that may hold out one of five copies has seen the other four.
  @Test(arguments: ["gmm", "auto"]) func densitiesHoldOutWholeGroups(id: String) throws {
    var random = RandomSource(seed: 6)
    let n = 200
    let (a, b) = (random.normals(n / 5), random.normals(n / 5))
    let x = try Samples((0..<n).map { a[$0 % (n / 5)] + 0.01 * random.normal() })
    let y = try Samples((0..<n).map { b[$0 % (n / 5)] + 0.01 * random.normal() })
    let groups = (0..<n).map { $0 % (n / 5) }
    let estimator = try EstimatorRegistry.builtIn().make(
      id, id == "gmm" ? ["maxComponents": "8", "draws": "2000"] : ["fast": "true", "twins": "1"])
    func facts(_ groups: [Int]?) throws -> [String: DiagnosticValue] {
      try estimator.estimate(
        EstimationRequest(x: .samples(x), y: .samples(y), groups: groups, seed: 3)
      ).diagnostics
    }
    let (alone, kept) = (try facts(nil), try facts(groups))
    #expect(alone != kept)
    #expect(try facts(groups.map { 1000 - $0 }) == kept, "the names of groups matter")
  }

  @Test func aRequestForgetsNoGroups() throws {
    let x = Variable.samples(try Samples((0..<6).map(Double.init)))
    let request = try EstimationRequest(
      x: x, y: x, groups: [5, 5, 6, 6, 7, 7], seed: 9, threads: 3)
    #expect(try request.selecting(rows: [0, 3, 5]).groups == [5, 6, 7])
    let other = try request.with(x: x, y: x)
    #expect(other.groups == request.groups && other.seed == 9 && other.threads == 3)
    #expect(throws: EstimatorError.self) { try EstimationRequest(x: x, y: x, groups: [1, 2]) }
  }
}
