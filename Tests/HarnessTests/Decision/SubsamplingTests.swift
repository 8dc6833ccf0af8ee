// SPDX-License-Identifier: MIT

import EstimatorAPI
import Harness
import Testing

@Suite struct SubsamplingTests {
  @Test func drawsAreHalfTheRowsWithoutRepetition() {
    for draw in Subsampling(count: 101, draws: 30, seed: testSeed(5)).draws {
      #expect(draw.count == 50)
      #expect(Set(draw).count == 50)
      #expect(draw.allSatisfy { (0..<101).contains($0) })
    }
  }

  @Test func theSeedDecides() {
    let first = Subsampling(count: 40, draws: 3, seed: testSeed(1)).draws
    #expect(first == Subsampling(count: 40, draws: 3, seed: testSeed(1)).draws)
    #expect(first != Subsampling(count: 40, draws: 3, seed: testSeed(2)).draws)
  }

  /// The mean of 400 numbers has the variance s^2 / 400; that of the draws, scaled, must agree.
  @Test func theScaledVarianceIsThatOfTheWholeSample() {
    let values = (0..<400).map { Double(($0 * 7919) % 401) }
    let n = Double(values.count)
    let mean = values.reduce(0, +) / n
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (n - 1)
    let subsampling = Subsampling(count: 400, draws: 4000, seed: testSeed(9))
    let means = subsampling.draws.map { rows in
      rows.reduce(0) { $0 + values[$1] } / Double(rows.count)
    }
    let center = means.reduce(0, +) / 4000
    let spread = means.reduce(0) { $0 + ($1 - center) * ($1 - center) } / 3999
    let ratio = spread * subsampling.varianceScale / (variance / n)
    // The relative standard error of a variance of 4000 draws is sqrt(2 / 3999) = 0.022.
    expect(ratio, within: 0.09, of: 1)
  }
}
