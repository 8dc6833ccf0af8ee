// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators
import Foundation
import Harness
import Testing

@Suite struct ClassTwinTests {
  /// Three classes on a line, two columns for x and one for y, which meet only through the class.
  private func data(_ n: Int, spread: Double) throws -> (x: Samples, y: Samples, labels: Labels) {
    var random = RandomSource(seed: testSeed(5))
    let codes = (0..<n).map { _ in random.below(3) }
    let x = codes.flatMap { [spread * Double($0) + random.normal(), random.normal()] }
    let y = codes.map { spread * Double($0) + random.normal() }
    return (
      try Samples(rowMajor: x, count: n, dimension: 2), try Samples(y), try Labels(codes)
    )
  }

  @Test(arguments: [0.5, 2, 6])
  func meanPointwiseInformationIsTheTruth(spread: Double) throws {
    let (x, y, labels) = try data(600, spread: spread)
    let twins = [
      try #require(ClassTwin(x: x, y: y, labels: labels)),
      try #require(ClassTwin(x: x, labels: labels)),
    ]
    for twin in twins {
      let ratios = try #require(twin.pointwise(twin.sample(40_000, seed: testSeed(77))))
      let mean = ratios.reduce(0, +) / 40_000
      let squares = ratios.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      let error = (squares / 39_999 / 40_000).squareRoot()
      // Both are means over 40,000 independent draws.
      expect(mean, within: 4 * error * 2.0.squareRoot(), of: twin.information.nats)
      expect(twin.informationError.nats, below: 0.02)
    }
  }

  @Test func farClassesShareTheirEntropy() throws {
    let (x, y, labels) = try data(3000, spread: 40)
    let entropy = log(3.0)
    let pair = try #require(ClassTwin(x: x, y: y, labels: labels))
    let mixed = try #require(ClassTwin(x: x, labels: labels))
    // Through the class alone; within a class x and y are independent up to sampling noise.
    expect(pair.information.nats, within: 0.03, of: entropy)
    expect(mixed.information.nats, within: 0.01, of: entropy)
  }

  @Test func theTwinHasTheDataSharesMeansAndVariances() throws {
    let (x, _, labels) = try data(2000, spread: 2)
    let twin = try #require(ClassTwin(x: x, labels: labels))
    let drawn = twin.sample(40_000, seed: testSeed(1))
    let codes = try #require(drawn.y.labels)
    let rows = try #require(drawn.x.samples)
    for (mine, theirs) in zip(codes.classSizes, labels.classSizes) {
      expect(Double(mine) / 40_000, within: 0.01, of: Double(theirs) / 2000)
    }
    for (mine, theirs) in zip(columnMeans(rows), columnMeans(x)) {
      expect(mine, within: 0.04, of: theirs)
    }
    expect(covariance(rows)[0, 0] / covariance(x)[0, 0], within: 0.04, of: 1)
  }

  @Test func aConstantColumnHasNoTwin() throws {
    let x = try Samples(rowMajor: [1, 5, 2, 5, 3, 5, 4, 5], count: 4, dimension: 2)
    #expect(ClassTwin(x: x, labels: try Labels([0, 0, 1, 1])) == nil)
  }
}
