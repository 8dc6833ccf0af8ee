// SPDX-License-Identifier: MIT

import Estimators
import Foundation
import Testing

@Suite("Entropies of discrete variables")
struct EntropyCorrectionTests {
  @Test("Equal SciPy's sums over cells", arguments: EntropyCorrection.allCases)
  func golden(correction: EntropyCorrection) throws {
    for golden in BinningGolden.shared.entropies {
      let expected = try #require(golden.nats[correction.rawValue])
      let profile = CountProfile(counts: golden.counts)
      let found = correction.entropy(profile, alphabet: golden.alphabet)
      // make.py's jackknife cancels n-fold, and its NSB integrates over another variable.
      let tolerance = [.nsb: 2e-9, .jackknife: 1e-11][correction] ?? 1e-12
      #expect(abs(found - expected) < tolerance, "\(golden.counts) of \(golden.alphabet)")
    }
  }

  @Test("A cell that is sure has no entropy", arguments: EntropyCorrection.allCases)
  func certainty(correction: EntropyCorrection) {
    let found = correction.entropy(CountProfile(counts: [1000]), alphabet: 1)
    // Grassberger's is unbiased for Poisson counts, and off by about 1/n for a fixed total.
    #expect(abs(found) < (correction == .grassberger ? 1e-3 : 1e-15))
  }

  @Test("All agree where every cell has many rows", arguments: EntropyCorrection.allCases)
  func consistency(correction: EntropyCorrection) {
    let profile = CountProfile(counts: [500_000, 250_000, 125_000, 125_000])
    let truth = 1.75 * log(2.0)
    #expect(abs(correction.entropy(profile, alphabet: 4) - truth) < 5e-6)
  }

  @Test("The jackknife equals leaving out each row in turn")
  func jackknifeTwin() {
    let counts = [6, 4, 1, 1, 3]
    let n = 15.0
    var without = 0.0
    for i in counts.indices {
      var rest = counts
      rest[i] -= 1
      without += Double(counts[i]) * plugInEntropy(CountProfile(counts: rest))
    }
    let plugIn = plugInEntropy(CountProfile(counts: counts))
    let twin = n * plugIn - (n - 1) / n * without
    #expect(abs(jackknifeEntropy(CountProfile(counts: counts)) - twin) < 1e-12)
  }

  @Test("NSB grows with the alphabet and has a limit")
  func nsbOfHugeAlphabet() {
    let profile = CountProfile(counts: [3, 2, 1, 1, 1, 1, 1])
    let found = [1e3, 1e6, 1e12, 1e40, 1e99].map { nsbEntropy(profile, alphabet: $0) }
    for (smaller, larger) in zip(found, found.dropFirst()) {
      // It has a limit, which it reaches within rounding.
      #expect(larger > smaller - 1e-12)
      #expect(larger.isFinite)
    }
  }

  @Test("NSB of rows all different approaches ln K")
  func nsbWithoutCoincidence() {
    let profile = CountProfile(counts: [Int](repeating: 1, count: 400))
    let found = nsbEntropy(profile, alphabet: 1000)
    #expect(found > log(990.0))
    #expect(found < log(1000.0))
  }

  /// The mean error over 300 draws of n rows; its standard deviation is 0.01 to 0.015, and that of SciPy's
  /// 100 draws that told the biases 0.02.
  @Test(
    "Known bias on Zipf's law: 200 cells, 100 rows",
    arguments: [
      (EntropyCorrection.none, low: -0.75, high: -0.65), (.millerMadow, -0.51, -0.40),
      (.jackknife, -0.33, -0.22), (.grassberger, -0.29, -0.17), (.chaoShen, -0.25, -0.13),
      (.shrinkage, -0.10, 0.06), (.nsb, -0.20, -0.085),
    ])
  func biasOnZipf(correction: EntropyCorrection, low: Double, high: Double) {
    let bias = meanError(correction, weights: (1...200).map { 1 / Double($0) }, rows: 100)
    expect(bias, above: low)
    expect(bias, below: high)
  }

  @Test("Shrinkage is high where a large alphabet is hardly used; NSB is not")
  func biasOnSkewed() {
    let weights = (0..<1000).map { pow(0.5, Double($0)) }
    let shrinkage = meanError(.shrinkage, weights: weights, rows: 100)
    let nsb = meanError(.nsb, weights: weights, rows: 100)
    expect(shrinkage, above: 0.05)
    // 0.006 with a standard deviation of 0.009.
    expect(nsb, within: 0.045, of: 0)
    expect(meanError(.none, weights: weights, rows: 100), below: 0)
  }

  private func meanError(
    _ correction: EntropyCorrection, weights: [Double], rows: Int
  ) -> Double {
    let total = weights.reduce(0, +)
    let truth = -weights.reduce(0) { $0 + ($1 > 0 ? $1 / total * log($1 / total) : 0) }
    var random = RandomSource(seed: testSeed(9))
    var sum = 0.0
    for _ in 0..<300 {
      var counts = [Int](repeating: 0, count: weights.count)
      for _ in 0..<rows {
        var target = random.uniform() * total
        let cell = weights.firstIndex { weight in
          target -= weight
          return target < 0
        }
        counts[cell ?? 0] += 1
      }
      let profile = CountProfile(counts: counts)
      sum += correction.entropy(profile, alphabet: Double(weights.count)) - truth
    }
    return sum / 300
  }
}
