// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators
import Foundation
import Harness
import Testing

/// The scale of a column on which its classes are normal.
@Suite struct ClassScoresTests {
  /// Normal classes of variance 1, `apart` between neighbors.
  private func classes(
    _ count: Int, apart: Double, n: Int, seed: UInt64
  ) -> (values: [Double], codes: [Int]) {
    var random = RandomSource(seed: testSeed(seed))
    let codes = (0..<n).map { $0 % count }
    return (codes.map { apart * Double($0) + random.normal() }, codes)
  }

  private func correlation(_ a: [Double], _ b: [Double]) -> Double {
    let n = Double(a.count)
    let (ma, mb) = (a.reduce(0, +) / n, b.reduce(0, +) / n)
    let ab = zip(a, b).reduce(0) { $0 + ($1.0 - ma) * ($1.1 - mb) }
    let aa = a.reduce(0) { $0 + ($1 - ma) * ($1 - ma) }
    let bb = b.reduce(0) { $0 + ($1 - mb) * ($1 - mb) }
    return ab / (aa * bb).squareRoot()
  }

  // Over seeds the correlation is 0.9995 with a standard deviation of 0.0003; normal scores alone
  // have 0.938 with two classes that are six deviations apart.
  @Test(arguments: [(2, 1.0), (2, 3), (2, 6), (5, 2), (10, 1)])
  func normalClassesAreFoundAgainBehindABend(count: Int, apart: Double) {
    let (values, codes) = classes(count, apart: apart, n: 2000, seed: 1)
    let bent = values.map { exp(0.7 * $0) }
    let scores = ClassScores.scores(bent, classes: codes, classCount: count)
    #expect(correlation(scores, values) > 0.995)
  }

  @Test func aRisingMapChangesNoBit() {
    let (values, codes) = classes(3, apart: 2, n: 500, seed: 2)
    let plain = ClassScores.scores(values, classes: codes, classCount: 3)
    #expect(ClassScores.scores(values.map { sinh($0) }, classes: codes, classCount: 3) == plain)
    #expect(
      ClassScores.scores(values.map { -1 / (40 + $0) }, classes: codes, classCount: 3) == plain)
  }

  @Test func equalValuesStayEqualAndOrderStays() {
    let (values, codes) = classes(3, apart: 2, n: 600, seed: 3)
    let rounded = values.map { $0.rounded() }
    let scores = ClassScores.scores(rounded, classes: codes, classCount: 3)
    let pairs = zip(rounded, scores).sorted { ($0.0, $0.1) < ($1.0, $1.1) }
    for (left, right) in zip(pairs, pairs.dropFirst()) {
      #expect((left.0 == right.0) == (left.1 == right.1))
      #expect(left.1 <= right.1)
    }
  }

  @Test func aConstantColumnStaysAndClassesWithoutSpreadAreNoTrap() {
    #expect(
      ClassScores.scores([2, 2, 2, 2], classes: [0, 1, 0, 1], classCount: 2) == [2, 2, 2, 2])
    let told = ClassScores.scores([0, 1, 0, 1, 0, 1], classes: [0, 1, 0, 1, 0, 1], classCount: 2)
    #expect(told.allSatisfy(\.isFinite) && told[0] < told[1])
  }

  @Test func numbersAsLabelsGiveNormalScores() throws {
    let values = [3.0, 1, 2, 5, 4]
    let view = try ClassScores.scores(
      .samples(Samples(values)), labels: .samples(Samples([1, 2, 3, 4, 5])))
    let found = try #require(view.samples).values
    for (score, rank) in zip(found, [3.0, 1, 2, 5, 4]) {
      #expect(abs(score - normalQuantile((rank - 0.5) / 5)) < 1e-12)
    }
  }
}
