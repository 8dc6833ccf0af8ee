// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators
import Testing

@Suite struct GroupedSplitTests {
  /// (rows, groups, folds): sizes from even to one group of half the rows.
  @Test(arguments: [(200, 40, 5), (200, 12, 3), (101, 101, 5), (300, 20, 1)])
  func groupsStayTogetherAndEveryRowIsEvaluatedOnce(rows: Int, groups: Int, folds: Int) throws {
    let codes = (0..<rows).map { ($0 * $0) % groups }
    let splits = try RowSplit.splits(rows: rows, folds: folds, groups: codes, seed: 2)
    for split in splits {
      #expect((split.training + split.stopping + split.evaluation).sorted() == Array(0..<rows))
      let parts = [split.training, split.stopping, split.evaluation].map { rows in
        Set(rows.map { codes[$0] })
      }
      #expect(parts[0].isDisjoint(with: parts[1]))
      #expect(parts[0].isDisjoint(with: parts[2]))
      #expect(parts[1].isDisjoint(with: parts[2]))
    }
    guard folds > 1 else { return }
    #expect(splits.flatMap(\.evaluation).sorted() == Array(0..<rows))
  }

  @Test func eachRowAsItsOwnGroupKeepsTheSizes() throws {
    let alone = try RowSplit.splits(rows: 103, folds: 5, seed: 2)
    let grouped = try RowSplit.splits(rows: 103, folds: 5, groups: Array(0..<103), seed: 2)
    for (a, b) in zip(alone, grouped) {
      #expect(Set(a.training) == Set(b.training))
      #expect(Set(a.stopping) == Set(b.stopping))
      #expect(Set(a.evaluation) == Set(b.evaluation))
    }
  }

  /// mine has five folds, lmi two.
  @Test(arguments: [("mine", 4), ("lmi", 2)])
  func tooFewGroupsAreRefusedInASentence(id: String, groups: Int) throws {
    let pair = try NeuralBoundTests.gaussian(200, 2, rho: 0.5)
    let request = try NeuralBoundTests.request(pair, groups: (0..<200).map { $0 % groups })
    let estimator = try NeuralBoundTests.make(id, [:])
    let error = #expect(throws: EstimatorError.self) { try estimator.estimate(request) }
    #expect(error?.code == .tooFewSamples)
    #expect(error?.description.contains("The rows come in \(groups) groups") == true)
  }

  /// Each row eight times, with a little noise, independent sides: a network that may learn seven
  /// copies of a row knows the eighth.
  ///
  /// With the copies named as a group it must not.
  @Test func copiesOfARowDoNotLeakThroughTheirGroup() throws {
    var random = RandomSource(seed: testSeed(21))
    let originals = (0..<60).map { _ in random.normals(4) }
    var (x, y): ([Double], [Double]) = ([], [])
    for copy in 0..<480 {
      let row = originals[copy % 60].map { $0 + 0.05 * random.normal() }
      x += row[0..<2]
      y += row[2..<4]
    }
    let pair = (
      x: try Samples(rowMajor: x, count: 480, dimension: 2),
      y: try Samples(rowMajor: y, count: 480, dimension: 2)
    )
    let estimator = try NeuralBoundTests.make(
      "mine",
      ["hidden": "128,128", "steps": "2000", "patience": "2000", "learningRate": "0.005"])
    let leaking = try estimator.estimate(NeuralBoundTests.request(pair)).information.nats
    let request = try NeuralBoundTests.request(pair, groups: (0..<480).map { $0 % 60 })
    let kept = try estimator.estimate(request).information.nats
    expect(leaking, above: 0.3)
    // A network that overfits what it may see reads below 0, by much at some seeds, and leaks nothing.
    expect(max(kept, 0), below: 0.1)
  }
}
