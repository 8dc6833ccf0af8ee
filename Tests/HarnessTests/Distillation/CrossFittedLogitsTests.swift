// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators
import Harness
import Testing

@Suite struct CrossFittedLogitsTests {
  private func logits(
    _ view: [Double], _ n: Int, _ classes: [Int], groups: Labels? = nil, threads: Int = 1
  ) throws -> Samples {
    try crossFittedLogits(
      Matrix(rows: n, columns: view.count / n, values: view),
      target: try DistillationTarget(NamedVariable("y", .labels(try Labels(classes)))),
      grouping: GroupedRows(count: n, groups: groups), shape: .linear, seed: 1, threads: threads)
  }

  private func correlation(_ x: [Double], _ y: [Double]) -> Double {
    let n = Double(x.count)
    let (mx, my) = (x.reduce(0, +) / n, y.reduce(0, +) / n)
    var (xy, xx, yy) = (0.0, 0.0, 0.0)
    for (a, b) in zip(x, y) {
      xy += (a - mx) * (b - my)
      xx += (a - mx) * (a - mx)
      yy += (b - my) * (b - my)
    }
    return xy / (xx * yy).squareRoot()
  }

  /// 40 columns of noise fit 150 labels well in sample; held out they say nothing of them.
  @Test func theyAreHeldOut() throws {
    var random = RandomSource(seed: testSeed(2))
    let n = 150
    let heard = try mean(overDraws: 10) { _ in
      let classes = (0..<n).map { _ in random.below(2) }
      let found = try logits(random.normals(40 * n), n, classes)
      #expect(found.dimension == 1)
      return correlation(found.column(0), classes.map(Double.init))
    }
    // The mean of ten has a standard deviation of 0.04.
    expect(heard, within: 0.2, of: 0)
  }

  @Test func theyHearTheLabels() throws {
    var random = RandomSource(seed: testSeed(3))
    let n = 300
    let x = random.normals(n)
    let classes = x.map { $0 + 0.5 * random.normal() > 0 ? 1 : 0 }
    let found = try logits(x, n, classes)
    expect(abs(correlation(found.column(0), x)), above: 0.95)
  }

  /// A column that only names the group predicts the label inside of a group and nowhere else.
  @Test func groupsAreScoredByModelsThatSawNoneOfThem() throws {
    var random = RandomSource(seed: testSeed(4))
    let (n, groupCount) = (400, 20)
    let groups = (0..<n).map { $0 % groupCount }
    let named = groups.flatMap { group in (0..<groupCount).map { $0 == group ? 1.0 : 0.0 } }
    var (alone, whole) = (0.0, 0.0)
    for _ in 0..<6 {
      let of = (0..<groupCount).map { _ in random.below(2) }
      let classes = groups.map { of[$0] }
      func heard(_ samples: Samples) -> Double {
        abs(correlation(samples.column(0), classes.map(Double.init)))
      }
      alone += try heard(logits(named, n, classes)) / 6
      whole += try heard(logits(named, n, classes, groups: Labels(groups))) / 6
    }
    expect(alone, above: 0.9)
    // 20 groups agree by chance: 0.39 in the mean of six, with a standard deviation of 0.07.
    expect(whole, below: 0.7)
  }

  @Test func threeClassesAreTwoColumnsAtAnyNumberOfThreads() throws {
    var random = RandomSource(seed: testSeed(5))
    let n = 120
    let x = random.normals(2 * n)
    let classes = (0..<n).map { x[2 * $0] > 0.5 ? 2 : x[2 * $0 + 1] > 0 ? 1 : 0 }
    let one = try logits(x, n, classes)
    #expect(one.dimension == 2)
    #expect(one == (try logits(x, n, classes, threads: 3)))
  }
}
