// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators
import Foundation
import Testing

@Suite("discrete")
struct DiscreteEstimatorTests {
  @Test("A copy of a fair coin has ln 2")
  func coin() throws {
    let estimate = try estimate([0, 0, 1, 1], [1, 1, 0, 0], "none")
    #expect(estimate.information.nats == log(2.0))
    #expect(estimate.standardError?.nats == 0)
  }

  @Test("A balanced square has exactly 0")
  func balancedSquare() throws {
    let estimate = try estimate([0, 0, 1, 1], [0, 1, 0, 1], "none")
    #expect(abs(estimate.information.nats) < 1e-15)
    #expect(estimate.pointwise == [0, 0, 0, 0])
  }

  @Test("A table by hand: [[3, 1], [1, 3]]")
  func tableByHand() throws {
    let x = [0, 0, 0, 0, 1, 1, 1, 1]
    let y = [0, 0, 0, 1, 0, 1, 1, 1]
    // shares 3/8 with p/(p p) = 3/2, shares 1/8 with 1/2
    let plugIn = 0.75 * log(1.5) + 0.25 * log(0.5)
    let found = try estimate(x, y, "none")
    #expect(abs(found.information.nats - plugIn) < 1e-15)
    #expect(abs((found.standardError?.nats ?? 0) - sqrt(0.1875 * pow(log(3.0), 2) / 8)) < 1e-15)
    guard case .number(let entropyX) = found.diagnostics["entropyXNats"] else {
      Issue.record("no entropy of x")
      return
    }
    #expect(abs(entropyX - log(2.0)) < 1e-15)
    #expect(found.diagnostics["occupiedCells"] == .integer(4))
    #expect(found.diagnostics["singletons"] == .integer(2))
    // (Kx - 1 + Ky - 1 - (Kxy - 1)) / 2n = -1/16
    let corrected = try estimate(x, y, "miller-madow").information.nats
    #expect(abs(corrected - (plugIn - 1.0 / 16)) < 1e-15)
  }

  @Test("Equals scikit-learn on larger tables", arguments: BinningGolden.shared.discrete.indices)
  func golden(index: Int) throws {
    let golden = BinningGolden.shared.discrete[index]
    let plugIn = try estimate(golden.x, golden.y, "none")
    #expect(abs(plugIn.information.nats - golden.nats) < 1e-12)
    #expect(abs((plugIn.standardError?.nats ?? 0) - golden.standardErrorNats) < 1e-12)
    let shuffled = try estimate(golden.x, golden.y, "shuffle").information.nats
    #expect(abs(shuffled - (golden.nats - golden.shuffledNats)) < 1e-12)
  }

  @Test(
    "Given labels it is the mean over their classes, and has terms only where each class has them",
    arguments: ["none", "miller-madow"])
  func givenLabels(correction: String) throws {
    let x = [0, 0, 0, 1, 1, 1, 0, 1, 0, 1]
    let y = [0, 0, 1, 1, 1, 0, 1, 1, 1, 1]
    let z = [0, 0, 0, 0, 0, 0, 1, 1, 1, 1]
    let found = try DiscreteEstimator(["correction": correction]).estimate(
      EstimationRequest(
        x: .labels(try Labels(x.map { "\($0)" })), y: .labels(try Labels(y.map { "\($0)" })),
        given: .labels(try Labels(z.map { "\($0)" }))))
    // y is 1 in all rows of the second class, which shares nothing.
    let first = try estimate(Array(x[0..<6]), Array(y[0..<6]), correction)
    #expect(abs(found.information.nats - 0.6 * first.information.nats) < 1e-15)
    #expect(found.diagnostics["givenClasses"] == .texts(["0", "1"]))
    #expect(found.diagnostics["natsPerClass"] == .numbers([first.information.nats, 0]))
    #expect(found.pointwise == first.pointwise.map { $0 + [0, 0, 0, 0] })
  }

  @Test("The plug-in estimate is the mean of its pointwise values")
  func pointwise() throws {
    let golden = BinningGolden.shared.discrete[2]
    let estimate = try estimate(golden.x, golden.y, "none")
    let values = try #require(estimate.pointwise)
    let mean = values.reduce(0, +) / Double(values.count)
    #expect(abs(mean - estimate.information.nats) < 1e-13)
    #expect(try self.estimate(golden.x, golden.y, "shuffle").pointwise == nil)
  }

  @Test(
    "Order of rows and sides and names of classes change no bit",
    arguments: DiscreteCorrection.names)
  func invariances(correction: String) throws {
    let golden = BinningGolden.shared.discrete[3]
    let first = try estimate(golden.x, golden.y, correction)
    let reversed = try estimate(golden.x.reversed(), golden.y.reversed(), correction)
    #expect(reversed.information == first.information)
    #expect(reversed.standardError == first.standardError)
    let renamed = try estimate(golden.x.map { ($0 * 7) % 41 }, golden.y, correction)
    #expect(renamed.information == first.information)
    let swapped = try estimate(golden.y, golden.x, correction)
    #expect(abs(swapped.information.nats - first.information.nats) < 1e-12)
  }

  @Test("The exact mean over shuffles is the mean of 4,000 shuffles")
  func shuffledMean() throws {
    let golden = BinningGolden.shared.discrete[1]
    var random = RandomSource(seed: testSeed(5))
    let draws = try (0..<4000).map { _ in
      let order = random.permutation(golden.y.count)
      return try estimate(golden.x, order.map { golden.y[$0] }, "none").information.nats
    }
    let mean = draws.reduce(0, +) / 4000
    let variance = draws.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 3999
    expect(mean, within: 4 * (variance / 4000).squareRoot(), of: golden.shuffledNats)
  }

  @Test("Rows that are nearly all alone raise the warning")
  func saturation() throws {
    let estimate = try estimate(Array(0..<40), (0..<40).map { $0 % 20 }, "none")
    #expect(estimate.warnings.map(\.code) == ["saturation"])
  }

  @Test("One class in all rows is refused by name")
  func constantLabels() throws {
    let error = #expect(throws: EstimatorError.self) {
      try estimate([1, 1, 1], [0, 1, 0], "none")
    }
    #expect(error?.code == .constantColumn)
    #expect(error?.description == "The labels x are \"1\" in every row; they must vary.")
  }

  @Test("Continuous data are refused")
  func continuous() throws {
    let x = Variable.samples(try Samples([1, 2, 3]))
    let y = Variable.labels(try Labels([0, 1, 0]))
    let error = #expect(throws: EstimatorError.self) {
      try DiscreteEstimator().estimate(try EstimationRequest(x: x, y: y))
    }
    #expect(error?.code == .unsupportedKinds)
  }

  private func estimate(_ x: [Int], _ y: [Int], _ correction: String) throws -> Estimate {
    let request = try EstimationRequest(x: .labels(Labels(x)), y: .labels(Labels(y)))
    return try DiscreteEstimator(["correction": correction]).estimate(request)
  }
}
