// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators
import Foundation
import Harness
import Testing

/// The baselines against NumPy (Golden/baselines/make.py).
@Suite struct BaselineTests {
  private struct Golden: Decodable {
    let features: [Double]
    let dimension: Int
    let labels: [Int]
    let numbers: [Double]
    let theta: [Double]
    let sources: Int
    let source: [Int]
    let logMEClasses: Double
    let logMENumbers: Double
    let hScore: Double
    let transRate: Double
    let leep: Double
    let nce: Double
  }

  private let golden: Golden
  private let features: Samples
  private let labels: Labels

  init() throws {
    let folder = try #require(Bundle.module.resourcePath)
    let file = URL(fileURLWithPath: folder + "/Golden/baselines/baselines.json")
    golden = try JSONDecoder().decode(Golden.self, from: Data(contentsOf: file))
    features = try Samples(
      rowMajor: golden.features, count: golden.labels.count, dimension: golden.dimension)
    labels = try Labels(golden.labels)
  }

  @Test func logMEIsTheGreatestEvidence() throws {
    let ofClasses = try #require(logME(features, .labels(labels)))
    #expect(abs(ofClasses - golden.logMEClasses) < 1e-7)
    let ofNumbers = try #require(logME(features, .samples(Samples(golden.numbers))))
    #expect(abs(ofNumbers - golden.logMENumbers) < 1e-7)
  }

  @Test func hScoreIsTheWhitenedVarianceBetweenClasses() throws {
    #expect(abs(try #require(hScore(features, labels)) - golden.hScore) < 1e-10)
  }

  @Test func hScoreOfDependentColumnsIsUnknown() throws {
    let doubled = golden.features.flatMap { [$0, $0] }
    let samples = try Samples(rowMajor: doubled, count: doubled.count / 2, dimension: 2)
    let twice = try Labels(golden.features.indices.map { $0 % 2 })
    #expect(hScore(samples, twice).map { $0 > 1 } != true)
  }

  @Test func transRateIsTheDropOfTheCodingRate() throws {
    #expect(abs(try #require(transRate(features, labels)) - golden.transRate) < 1e-10)
  }

  @Test func leepGoesThroughTheSourceClasses() {
    let theta = Matrix(
      rows: golden.labels.count, columns: golden.sources, values: golden.theta)
    #expect(abs(leep(theta: theta, labels: golden.labels, classCount: 3) - golden.leep) < 1e-12)
  }

  @Test func nceIsTheNegativeConditionalEntropy() {
    #expect(
      abs(nce(source: golden.source, labels: golden.labels, classCount: 3) - golden.nce) < 1e-12)
    #expect(nce(source: golden.labels, labels: golden.labels, classCount: 3) == 0)
  }
}
