// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators
import Foundation
import Testing

@Suite("binning")
struct BinningEstimatorTests {
  @Test("Equals NumPy's bins and scikit-learn's score", arguments: BinningGolden.shared.binned)
  func golden(golden: BinningGolden.Binned) throws {
    let n = golden.labels.count
    let x = Variable.samples(try Samples(rowMajor: golden.x, count: n, dimension: golden.dx))
    let y = Variable.samples(try Samples(rowMajor: golden.y, count: n, dimension: golden.dy))
    let labels = Variable.labels(try Labels(golden.labels))
    let cases: [(String, Variable, Variable, Double)] = [
      ("equal-width", x, y, golden.equalWidth), ("equal-mass", x, y, golden.equalMass),
      ("equal-width", x, labels, golden.equalWidthLabels),
      ("equal-mass", labels, x, golden.equalMassLabels),
    ]
    for (rule, x, y, expected) in cases {
      let texts = ["rule": rule, "bins": "\(golden.bins)", "correction": "none"]
      let estimate = try BinningEstimator(texts).estimate(EstimationRequest(x: x, y: y))
      #expect(abs(estimate.information.nats - expected) < 1e-12, "\(rule)")
    }
  }

  @Test("A value on an edge opens the bin above; the largest closes the last")
  func edges() {
    let edges = BinEdges([0, 1, 2, 3, 4], rule: .equalWidth, bins: 4)
    #expect(edges.inner == [1, 2, 3])
    #expect([0, 0.5, 1, 3, 4].map { edges.bin(of: $0) } == [0, 0, 1, 3, 3])
  }

  @Test("Equal mass without ties differs by at most one row", arguments: [2, 3, 7, 10, 97])
  func equalMass(bins: Int) {
    let column = (0..<101).map { Double(($0 * 37) % 101) }
    let edges = BinEdges(column, rule: .equalMass, bins: bins)
    var sizes = [Int](repeating: 0, count: bins)
    for value in column { sizes[Int(edges.bin(of: value))] += 1 }
    #expect((sizes.max() ?? 0) - (sizes.min() ?? 0) <= 1)
  }

  @Test("Ties stay together and leave fewer bins")
  func ties() {
    let edges = BinEdges([0, 0, 0, 0, 0, 0, 1, 2], rule: .equalMass, bins: 4)
    #expect(edges.inner == [1])
    #expect(edges.tiedRows == 6)
    #expect(BinEdges([0, 0, 0, 0, 0, 0, 0, 1], rule: .equalMass, bins: 2).inner == [1])
  }

  @Test("A range beyond the largest number still has edges in order")
  func hugeRange() {
    let edges = BinEdges([-1.5e308, 0, 1.5e308], rule: .equalWidth, bins: 3)
    #expect(!edges.inner.contains { !$0.isFinite })
    #expect([-1.5e308, 0, 1.5e308].map { edges.bin(of: $0) } == [0, 1, 2])
  }

  @Test("The default number of bins leaves 5 rows a cell of the grid")
  func defaultBins() throws {
    let column = Variable.samples(try Samples((0..<500).map(Double.init)))
    let labels = Variable.labels(try Labels((0..<500).map { $0 % 4 }))
    #expect(BinningEstimator.defaultBins(try EstimationRequest(x: column, y: column)) == 10)
    #expect(BinningEstimator.defaultBins(try EstimationRequest(x: column, y: labels)) == 25)
  }

  @Test("Memory follows occupied cells: 40 columns of 1,000 bins", .timeLimit(.minutes(1)))
  func manyColumns() throws {
    var random = RandomSource(seed: testSeed(3))
    let x = try Samples(rowMajor: random.normals(20 * 2000), count: 2000, dimension: 20)
    let y = try Samples(rowMajor: random.normals(20 * 2000), count: 2000, dimension: 20)
    let request = try EstimationRequest(x: .samples(x), y: .samples(y))
    let texts = ["bins": "1000", "correction": "none"]
    let estimate = try BinningEstimator(texts).estimate(request)
    #expect(abs(estimate.information.nats - log(2000.0)) < 1e-12)
    #expect(estimate.warnings.map(\.code) == ["saturation"])
    let error = #expect(throws: EstimatorError.self) {
      try BinningEstimator(["bins": "1000", "correction": "nsb"]).estimate(request)
    }
    #expect(error?.code == .invalidParameter)
  }

  @Test("Equal mass does not see a monotone map")
  func monotone() throws {
    let (x, y) = try gaussian(0.6, n: 1000, seed: 11)
    let mapped = try Samples(x.values.map { exp(5 * $0) })
    let first = try binned(x, y)
    let second = try binned(mapped, y)
    #expect(second.information == first.information)
  }

  @Test(
    "Finds the information of a Gaussian pair",
    arguments: [
      (rho: 0.0, n: 20_000, tolerance: 0.0125), (rho: 0.5, n: 20_000, tolerance: 0.02),
      (rho: 0.9, n: 20_000, tolerance: 0.04), (rho: 0.9, n: 1000, tolerance: 0.12),
    ])
  func gaussianTruth(rho: Double, n: Int, tolerance: Double) throws {
    // The mean of five is 0.008, 0.007, 0.01 and 0.08 low with a standard deviation of 0.001, 0.003, 0.003
    // and 0.008.
    let found = try mean(overDraws: 5) {
      let (x, y) = try gaussian(rho, n: n, seed: UInt64(2 + $0))
      return try binned(x, y).information.nats
    }
    expect(found, within: tolerance, of: -0.5 * log(1 - rho * rho))
  }

  @Test("Known bias: the plug-in is high under independence, few bins are low under dependence")
  func biasDirections() throws {
    let independent = try (0..<20).map { seed in
      let (x, y) = try gaussian(0, n: 500, seed: UInt64(seed))
      return try binned(x, y, ["bins": "10", "correction": "none"]).information.nats
    }
    // (10 - 1)^2 / 2n = 0.081
    let bias = independent.reduce(0, +) / 20
    expect(bias, above: 0.07)
    expect(bias, below: 0.1)
    let (x, y) = try gaussian(0.95, n: 50_000, seed: 1)
    let truth = -0.5 * log(1 - 0.95 * 0.95)
    try expect(binned(x, y, ["bins": "4"]).information.nats, below: truth - 0.2)
  }

  @Test("Known bias of the shuffle correction: none under independence, low under dependence")
  func shuffleBias() throws {
    var independent = 0.0
    for seed in 0..<200 {
      let (x, y) = try gaussian(0, n: 200, seed: UInt64(seed))
      let texts = ["bins": "10", "correction": "shuffle"]
      independent += try binned(x, y, texts).information.nats / 200
    }
    // The spread of one is 0.04, of the mean of 200 0.003.
    expect(independent, within: 0.012, of: 0)
    let (x, y) = try gaussian(0.95, n: 500, seed: 3)
    let shuffle = try binned(x, y, ["bins": "20", "correction": "shuffle"]).information.nats
    let jackknife = try binned(x, y, ["bins": "20", "correction": "jackknife"]).information.nats
    expect(shuffle, below: jackknife - 0.1)
  }

  @Test("A constant column and a single bin are refused")
  func refusals() throws {
    let x = try Samples(rowMajor: [1, 5, 2, 5, 3, 5, 4, 5], count: 4, dimension: 2)
    let y = try Samples([1, 2, 3, 4])
    #expect(throws: EstimatorError.constantColumn(side: "x", column: 1, value: 5)) {
      try binned(x, y)
    }
    let error = #expect(throws: EstimatorError.self) { try BinningEstimator(["bins": "1"]) }
    #expect(error?.code == .invalidParameter)
  }

  private func binned(
    _ x: Samples, _ y: Samples, _ texts: [String: String] = [:]
  ) throws -> Estimate {
    try BinningEstimator(texts).estimate(EstimationRequest(x: .samples(x), y: .samples(y)))
  }

  private func gaussian(_ rho: Double, n: Int, seed: UInt64) throws -> (Samples, Samples) {
    var random = RandomSource(seed: testSeed(seed), 77)
    let x = random.normals(n)
    let y = x.map { rho * $0 + (1 - rho * rho).squareRoot() * random.normal() }
    return (try Samples(x), try Samples(y))
  }
}
