// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators
import Testing

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

@Suite struct TrainingTests {
  @Test(arguments: [(100, 2), (101, 5), (57, 1), (999, 7)])
  func foldsNeverShareARowAndEvaluateEachOnce(rows: Int, folds: Int) throws {
    let splits = try RowSplit.splits(rows: rows, folds: folds, seed: 4)
    #expect(splits.count == folds)
    for split in splits {
      #expect((split.training + split.stopping + split.evaluation).sorted() == Array(0..<rows))
    }
    guard folds > 1 else { return }
    #expect(splits.flatMap(\.evaluation).sorted() == Array(0..<rows))
  }

  @Test func onlyTrainingRowsSetTheScale() throws {
    let rows = try Samples([1, 3, 5, 1e9])
    let input = try NetworkInput(.samples(rows), side: "x")
    let scale = Standardization(input, rows: [0, 1, 2])
    #expect(scale.means == [3])
    #expect(abs(scale.deviations[0] - (8.0 / 3).squareRoot()) < 1e-15)
  }

  @Test func labelsBecomeOneColumnAClassThatHasRows() throws {
    let labels = try Labels(codes: [2, 0, 2, 3], names: ["a", "none", "b", "c"])
    let input = try NetworkInput(.labels(labels), side: "y")
    #expect(input.dimension == 3)
    #expect(input.values == [1, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 1])
  }

  @Test func batchesNeverHoldARowTwiceAndAnEpochHoldsMostOnce() {
    let rows = Buffer<Double>((0..<10).map(Double.init))
    var batches = Minibatches(
      PairRows(x: rows, y: rows, count: 10), size: 4, random: RandomSource(seed: testSeed(1)))
    for _ in 0..<20 {
      var seen: Set<Double> = []
      for _ in 0..<2 {
        batches.draw()
        #expect(batches.x.values == batches.y.values)
        seen.formUnion(batches.x.values)
      }
      #expect(seen.count == 8)
    }
  }

  @Test(arguments: [1, 3, 6, 7, 100])
  func shiftsAreDerangements(count: Int) {
    let rows = Buffer<Double>((0..<7).map(Double.init))
    var batches = Minibatches(
      PairRows(x: rows, y: rows, count: 7), size: 7, random: RandomSource(seed: testSeed(1)))
    for _ in 0..<20 {
      let shifts = batches.drawShifts(count)
      #expect(shifts.count == 1 + min(count, 6))
      #expect(shifts[0] == 0)
      #expect(Set(shifts).count == shifts.count)
      #expect(shifts.dropFirst().allSatisfy { (1..<7).contains($0) })
    }
  }

  /// Kingma and Ba's algorithm 1, literally.
  @Test func adamFollowsItsPaper() {
    var random = RandomSource(seed: testSeed(8))
    let parameters = Buffer<Double>([0.5, -1])
    let gradients = Buffer<Double>(2)
    var adam = Adam<Double>(count: 2)
    var (theta, m, v) = ([0.5, -1.0], [0.0, 0], [0.0, 0])
    for t in 1...50 {
      for i in 0..<2 {
        let g = random.normal() + theta[i]
        gradients.start[i] = g
        m[i] = 0.9 * m[i] + 0.1 * g
        v[i] = 0.999 * v[i] + 0.001 * g * g
        let first = m[i] / (1 - pow(0.9, Double(t)))
        let second = v[i] / (1 - pow(0.999, Double(t)))
        theta[i] -= 0.01 * first / (second.squareRoot() + 1e-8)
      }
      adam.step(parameters, gradients: gradients, rate: 0.01)
    }
    for i in 0..<2 { #expect(abs(parameters.start[i] - theta[i]) < 1e-12) }
  }

  /// The fitted Gaussian against the density itself, where shrinking does not show.
  @Test func baselineIsTheLogDensityRatio() throws {
    let n = 200_000
    var random = RandomSource(seed: testSeed(12))
    let (x, y) = (Buffer<Float>(2 * n), Buffer<Float>(n))
    for i in 0..<n {
      let (a, b) = (random.normal(), random.normal())
      x.start[2 * i] = Float(a)
      x.start[2 * i + 1] = Float(b)
      y.start[i] = Float(0.6 * a + 0.3 * b + 0.55.squareRoot() * random.normal())
    }
    let baseline = try #require(GaussianBaseline(x: x, y: y, rows: n))
    let (fx, fy) = (baseline.features(x: x, rows: n), baseline.features(y: y, rows: n))
    let scores = Buffer<Double>(12)
    let width = baseline.pairs + 1
    let scorer = BaselineScorer(rows: 6, width: width)
    scorer.add(x: fx.start, y: fy.start, rows: 6, shifts: [0, 2], scores: scores.start)
    for (k, shift) in [0, 2].enumerated() {
      for i in 0..<6 {
        let mean = 0.6 * Double(x.start[2 * i]) + 0.3 * Double(x.start[2 * i + 1])
        let value = Double(y.start[(i + shift) % 6])
        // ln p(y | x) - ln p(y), y given x of variance 0.55 and y of variance 1.
        let expected =
          -log(0.55) / 2 - (value - mean) * (value - mean) / 1.1 + value * value / 2
        expect(scores.start[6 * k + i], within: 0.05, of: expected)
      }
    }
  }

  @Test func baselineOfIndependentDataIsMostlyNothing() {
    let empty = (0..<20).count { seed in
      var random = RandomSource(seed: testSeed(seed), 3)
      let x = Buffer<Float>(random.normals(1000 * 4))
      let y = Buffer<Float>(random.normals(1000 * 4))
      return GaussianBaseline(x: x, y: y, rows: 1000) == nil
    }
    expect(empty, atLeast: 5)
  }
}
