// SPDX-License-Identifier: MIT

import Estimators
import Testing

@Suite struct NormalityTests {
  struct Case: Decodable {
    let name: String
    let values: [Double]
    let p: Double
  }

  /// Golden values by R's nortest, Golden/normality/make.R.
  @Test func pValuesAreThoseOfNortest() throws {
    for row in try goldenJSON("normality/normality.json", as: [Case].self) {
      let found = shapiroFranciaPValue(sorted: row.values)
      #expect(abs(found - row.p) <= 1e-7 * row.p, "\(row.name): \(found), expected \(row.p)")
    }
  }

  /// 4000 normal samples: the share rejected at 1% is within four standard errors (0.16%) of it, and
  /// a tenth of it for the normal approximation.
  @Test(arguments: [50, 500]) func levelIsKept(n: Int) {
    var random = RandomSource(seed: testSeed(3), UInt64(n))
    let rejected = (0..<4000).count { _ in
      shapiroFranciaPValue(sorted: random.normals(n).sorted()) < 0.01
    }
    expect(Double(rejected) / 4000, within: 0.0075, of: 0.01, "\(rejected) of 4000")
  }

  @Test func whatIsNoSampleOfNormalsIsRejected() {
    #expect(shapiroFranciaPValue(sorted: [Double](repeating: 3, count: 9)) == 0)
    #expect(shapiroFranciaPValue(sorted: [-1e200, -1e190, 0, 1, 2, 1e300]) == 0)
    #expect(shapiroFranciaPValue(sorted: [1, 2, 50]) == 1)
  }
}
