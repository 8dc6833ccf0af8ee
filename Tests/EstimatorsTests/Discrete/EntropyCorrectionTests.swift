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

  @Test("NSB needs no more than the counts: huge alphabets stay finite")
  func nsbOfHugeAlphabet() {
    let profile = CountProfile(counts: [3, 2, 1, 1, 1, 1, 1])
    let found = [1e3, 1e6, 1e12, 1e40].map { nsbEntropy(profile, alphabet: $0) }
    for (smaller, larger) in zip(found, found.dropFirst()) {
      #expect(smaller < larger)
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
}
