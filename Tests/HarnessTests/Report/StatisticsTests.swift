// SPDX-License-Identifier: MIT

import Foundation
import Harness
import Testing

/// Golden/statistics/statistics.json, by make.py from SciPy.
private struct StatisticsGolden: Decodable {
  struct SignedRank: Decodable {
    let name: String
    let differences: [Double]
    let p: Double
  }
  struct Paired: Decodable {
    let differences: [Double]
    let p: Double
    let degrees: Double
    let standardError: Double
  }
  struct Welch: Decodable {
    let left: [Double]
    let right: [Double]
    let p: Double
    let degrees: Double
  }
  struct Holm: Decodable {
    let p: [Double]
    let adjusted: [Double]
  }

  let signedRank: [SignedRank]
  let paired: [Paired]
  let welch: [Welch]
  let holm: [Holm]

  init() throws {
    let url = try #require(Bundle.module.resourceURL)
      .appending(path: "Golden/statistics/statistics.json")
    self = try JSONDecoder().decode(Self.self, from: Data(contentsOf: url))
  }
}

@Suite struct StatisticsTests {
  @Test func signedRankEqualsSciPyAndTheEnumerationOfSigns() throws {
    let golden = try StatisticsGolden().signedRank
    #expect(golden.count == 11)
    for row in golden {
      let p = signedRankPValue(row.differences)
      #expect(abs(p - row.p) <= 1e-12 + 1e-10 * row.p, "\(row.name): \(p) for \(row.p)")
      let mirrored = signedRankPValue(row.differences.map { -$0 })
      #expect(abs(mirrored - p) < 1e-12, "\(row.name)")
    }
  }

  @Test func aFailureCountsAsTheLargestDifference() {
    let differences = [0.1, -0.2, 0.3, 0.4, 0.5, 0.6]
    let failed = [.infinity, -0.2, 0.3, 0.4, 0.5, 0.6]
    let large = [1e9, -0.2, 0.3, 0.4, 0.5, 0.6]
    #expect(signedRankPValue(failed) == signedRankPValue(large))
    #expect(signedRankPValue(failed) != signedRankPValue(differences))
    #expect(signedRankSum(failed) > 0)
    #expect(signedRankSum(failed.map { -$0 }) < 0)
  }

  @Test func nothingToCompareIsNoEvidence() {
    #expect(signedRankPValue([]) == 1)
    #expect(signedRankPValue([0, 0]) == 1)
    #expect(StudentTest(paired: [0.1]) == nil)
    #expect(StudentTest(paired: [0, 0, 0])?.pValue == 1)
    #expect(StudentTest(paired: [0.25, 0.25, 0.25])?.pValue == 0)
    #expect(holmAdjusted([]).isEmpty)
  }

  @Test func studentsTestsEqualSciPy() throws {
    let golden = try StatisticsGolden()
    for row in golden.paired {
      let test = try #require(StudentTest(paired: row.differences))
      #expect(abs(test.pValue - row.p) < 1e-12)
      #expect(test.degrees == row.degrees)
      #expect(abs(test.standardError - row.standardError) < 1e-15)
    }
    for row in golden.welch {
      let test = try #require(StudentTest(of: moments(row.left), and: moments(row.right)))
      #expect(abs(test.pValue - row.p) < 1e-12)
      #expect(abs(test.degrees - row.degrees) < 1e-10)
    }
  }

  @Test func holmEqualsTheDefinition() throws {
    for row in try StatisticsGolden().holm {
      for (found, expected) in zip(holmAdjusted(row.p), row.adjusted) {
        #expect(abs(found - expected) < 1e-15)
      }
    }
  }

  @Test func momentsSurviveALargeMean() {
    let large = moments([1e9 + 1, 1e9 + 2, 1e9 + 3])
    #expect(large.mean == 1e9 + 2)
    #expect(large.variance == 1)
    #expect(Moments().variance == nil)
  }
}

private func moments(_ values: [Double]) -> Moments {
  var moments = Moments()
  for value in values { moments.add(value) }
  return moments
}
