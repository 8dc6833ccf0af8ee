// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators
import Foundation
import Testing

@Suite struct ColumnProfileTests {
  private static func normals(_ n: Int = 2000, seed: UInt64 = 1) -> [Double] {
    var random = RandomSource(seed: testSeed(seed))
    return random.normals(n)
  }

  @Test func continuousNumbersHaveNoStep() {
    for (name, values) in [
      ("normal", Self.normals()), ("exponential", Self.normals().map { exp(3 * $0) }),
      ("float32", Self.normals().map { Double(Float($0)) }),
      ("large offset", Self.normals().map { 1e6 + $0 }),
    ] {
      let profile = ColumnProfile(values)
      #expect(profile.kind == .continuous, "\(name)")
      #expect(profile.step == nil, "\(name)")
    }
  }

  @Test(arguments: [0.001, 0.1, 0.25, 1.0 / 3, 0.9, 1, 5, 1e-4])
  func aGridIsFoundWithItsStep(step: Double) throws {
    // 30 standard deviations per step apart would be few values; here the grid has 100 places or so.
    let values = Self.normals().map { ($0 * 20).rounded() * step + 7 }
    let profile = ColumnProfile(values)
    #expect(profile.kind == .recorded)
    #expect(abs(try #require(profile.step) / step - 1) < 1e-6)
    expect(profile.tiedShare, above: 0.9)
  }

  /// An end that stands several steps off must not end the search for the step.
  @Test func aGridWithAGapBeforeItIsFound() {
    let values = [0, 7, 9] + (12...149).map(Double.init)
    #expect(ColumnProfile(values).step == 1)
    #expect(ColumnProfile(values.map { 5 * $0 }).step == 5)
  }

  @Test func decimalsOfSinglePrecisionAreOnTheirGrid() throws {
    let values = Self.normals().map { Double(Float(($0 * 10).rounded() / 10)) }
    #expect(abs(try #require(ColumnProfile(values).step) - 0.1) < 1e-6)
  }

  @Test func anEvenGridHasNoTiesAndIsRecordedAllTheSame() {
    let profile = ColumnProfile((0..<500).map { Double($0) })
    #expect(profile.kind == .recorded)
    #expect(profile.step == 1)
    #expect(profile.tiedShare == 0)
    #expect(profile.isWhole)
  }

  @Test func aGridFinerThanTheRowsMatterLittle() {
    // A million places for 200 rows: 1 in 100,000 pairs agrees.
    let values = Self.normals(200).map { ($0 * 1e6).rounded() }
    #expect(ColumnProfile(values).kind == .continuous)
  }

  @Test func gridsThatAreNotEvenShowByTheirTies() {
    let values = Self.normals().map { pow(10, ($0 * 10).rounded() / 10) }
    let profile = ColumnProfile(values)
    #expect(profile.kind == .recorded)
    #expect(profile.step == nil)
  }

  @Test func ratingsAndFlagsAreFewValues() {
    var random = RandomSource(seed: testSeed(2))
    let ratings = (0..<300).map { _ in Double(1 + random.below(5)) }
    #expect(ColumnProfile(ratings).kind == .fewValues)
    #expect(ColumnProfile(ratings.map { $0 > 2 ? 1 : 0 }).kind == .fewValues)
    expect(ColumnProfile(ratings).effectiveValues, within: 0.2, of: 5)
  }

  @Test func zerosBesideNumbersAreAnAtom() throws {
    var random = RandomSource(seed: testSeed(3))
    let rain = (0..<1000).map { _ in random.uniform() < 0.4 ? 0 : -log(random.uniform()) }
    let profile = ColumnProfile(rain)
    #expect(profile.kind == .atoms)
    #expect(profile.atoms.map(\.value) == [0])
    expect(profile.atoms[0].share, within: 0.08, of: 0.4)
    #expect(!profile.isRestRecorded)
    // Capped at both ends, in tenths.
    let capped = rain.map { min(max(($0 * 10).rounded() / 10, 0), 1.5) }
    let both = ColumnProfile(capped.map { $0 == 0 ? 0 : $0 })
    #expect(Set(both.atoms.map(\.value)) == [0, 1.5] || both.kind == .recorded)
  }

  @Test func roundedNormalsHaveNoAtoms() {
    for step in [0.1, 0.25, 0.5] {
      #expect(ColumnProfile(Self.normals().map { ($0 / step).rounded() * step }).atoms.isEmpty)
    }
  }

  @Test func oneValueIsConstant() {
    let profile = ColumnProfile([3, 3, 3])
    #expect(profile.kind == .constant)
    #expect(profile.entropyNats == 0)
    #expect(profile.distinct == 1)
  }
}
