// SPDX-License-Identifier: MIT

public import EstimatorAPI
import Estimators

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Labels against labels with a given table of joint probabilities.
public struct JointTable: GroundTruth {
  /// A name with the parameters.
  public let id: String
  /// One line of what it is.
  public let summary: String
  /// The joint probabilities: classes of x by classes of y.
  public let probabilities: [[Double]]
  /// The mutual information: the sum of p ln(p / (p_x p_y)).
  public let information: Information
  private let ofX: [Double]
  private let ofY: [Double]

  /// Creates a table from weights that are not negative; they are divided by their sum.
  ///
  /// - Throws: `shapeMismatch` for rows of different lengths, `invalidParameter` for weights that are
  ///   negative or all zero.
  public init(id: String, summary: String, weights: [[Double]]) throws(EstimatorError) {
    guard let first = weights.first, !first.isEmpty,
      weights.allSatisfy({ $0.count == first.count })
    else {
      throw .shapeMismatch(
        "table \(id)", found: "rows of \(weights.map(\.count))", needed: "rows of one length")
    }
    let total = weights.joined().reduce(0, +)
    guard total > 0, total.isFinite, weights.joined().allSatisfy({ $0 >= 0 }) else {
      throw .invalidParameter(
        "weights", found: "a sum of \(total)", needed: "numbers of at least 0, not all 0",
        estimator: "table \(id)")
    }
    self.init(id: id, summary: summary, checked: weights.map { $0.map { $0 / total } })
  }

  init(id: String, summary: String, checked table: [[Double]]) {
    self.id = id
    self.summary = summary
    probabilities = table
    let ofX = table.map { $0.reduce(0, +) }
    let ofY = table[0].indices.map { j in table.reduce(0) { $0 + $1[j] } }
    var nats = 0.0
    for (i, row) in table.enumerated() {
      for (j, p) in row.enumerated() where p > 0 { nats += p * log(p / (ofX[i] * ofY[j])) }
    }
    information = Information(nats: nats)
    (self.ofX, self.ofY) = (ofX, ofY)
  }

  /// 1: labels.
  public var dx: Int { 1 }

  /// 1: labels.
  public var dy: Int { 1 }

  /// Labels on both sides.
  public var kind: PairKind { .discrete }

  /// Zero: the information is a closed form.
  public var informationError: Information { .zero }

  /// Draws `count` independent rows.
  public func sample(_ count: Int, seed: UInt64) -> SamplePair {
    var source = RandomSource(seed: seed, samplerStream)
    let width = Int32(ofY.count)
    let cells = drawClasses(count, of: Array(probabilities.joined()), using: &source)
    return SamplePair(
      x: .labels(trusted(cells.map { $0 / width }, classCount: ofX.count)),
      y: .labels(trusted(cells.map { $0 % width }, classCount: ofY.count)))
  }

  /// ln p / (p_x p_y) of each row's cell.
  public func pointwise(_ pair: SamplePair) -> [Double]? {
    guard let x = pair.x.labels, let y = pair.y.labels, x.classCount == ofX.count,
      y.classCount == ofY.count
    else { return nil }
    return zip(x.codes, y.codes).map { i, j in
      log(probabilities[Int(i)][Int(j)] / (ofX[Int(i)] * ofY[Int(j)]))
    }
  }

  /// A channel that keeps a label of the given probabilities, or with probability `noise` replaces it
  /// by an independent one.
  static func channel(
    _ id: String, _ summary: String, of probabilities: [Double], noise: Double
  ) -> JointTable {
    let total = probabilities.reduce(0, +)
    let p = probabilities.map { $0 / total }
    return JointTable(
      id: id, summary: summary,
      checked: p.indices.map { i in
        p.indices.map { j in p[i] * (noise * p[j] + (i == j ? 1 - noise : 0)) }
      })
  }

  /// A random table with `filled` cells of exponential weight in every row, the others empty.
  static func sparse(
    _ id: String, _ summary: String, rows: Int, columns: Int, filled: Int, seed: UInt64
  ) -> JointTable {
    var source = RandomSource(seed: seed, samplerStream, 4)
    var table = (0..<rows).map { _ -> [Double] in
      var row = [Double](repeating: 0, count: columns)
      for column in source.subset(filled, of: columns) { row[column] = -log(1 - source.uniform()) }
      return row
    }
    let total = table.joined().reduce(0, +)
    for i in table.indices { table[i] = table[i].map { $0 / total } }
    return JointTable(id: id, summary: summary, checked: table)
  }
}
