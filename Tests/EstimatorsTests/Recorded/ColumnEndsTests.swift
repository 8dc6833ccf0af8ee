// SPDX-License-Identifier: MIT

import Estimators
import Foundation
import Testing

@Suite struct ColumnEndsTests {
  /// 2000 uniform numbers.
  private func uniforms(_ seed: UInt64) -> [Double] {
    var random = RandomSource(seed: testSeed(seed))
    return (0..<2000).map { _ in random.uniform() }
  }

  // An end is told by the ratio of two gaps with a relative standard deviation of about 0.2 at 2000
  // rows: 1 at a sharp end and 2 or more in a tail, and the line is at 1.5.
  private func share(_ condition: (ColumnEnds) -> Bool, of make: (UInt64) -> [Double]) -> Double {
    Double((0..<100).count { condition(ColumnProfile(make($0 + 1)).ends) }) / 100
  }

  @Test func tailsAreNotSharp() {
    func normals(_ seed: UInt64) -> [Double] {
      var random = RandomSource(seed: testSeed(seed))
      return random.normals(2000)
    }
    expect(share({ $0.isSharpBelow || $0.isSharpAbove }, of: normals), below: 0.1)
  }

  @Test func amountsEndAtZero() {
    func exponentials(_ seed: UInt64) -> [Double] { uniforms(seed).map { -log(1 - $0) } }
    expect(share({ $0.isSharpBelow && !$0.isSharpAbove }, of: exponentials), above: 0.85)
  }

  @Test(arguments: [(360, 1, 0), (360, 0, -180), (2 * Double.pi, 0, 0), (24, 0.25, 0)])
  func anglesAndTimesOfDayHaveAPeriod(period: Double, step: Double, low: Double) {
    func angles(_ seed: UInt64) -> [Double] {
      uniforms(seed).map { value in
        let angle = low + period * value
        return step > 0 ? (angle / step).rounded(.down) * step : angle
      }
    }
    expect(share({ $0.period == period }, of: angles), above: 0.82)
  }

  @Test func sharesAndOtherRangesHaveNoPeriod() {
    expect(
      share({ $0.period == nil && $0.isSharpBelow && $0.isSharpAbove }, of: uniforms), above: 0.82)
    #expect(share({ $0.period == nil }, of: { uniforms($0).map { 300 * $0 } }) == 1)
    #expect(share({ $0.period == nil }, of: { uniforms($0).map { 360 * $0 + 500 } }) == 1)
  }
}
