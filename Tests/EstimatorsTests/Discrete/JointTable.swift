// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators
import Foundation

/// A joint distribution of two labels with known information, to draw from.
struct JointTable: CustomStringConvertible {
  let description: String
  /// p(x, y), rows x.
  let shares: [[Double]]
  /// I(X; Y) in nats, from the shares themselves.
  let information: Double
  private let cumulative: [Double]

  init(_ name: String, weights: [[Double]]) {
    let total = weights.joined().reduce(0, +)
    description = "\(name) \(weights.count) x \(weights[0].count)"
    let shares = weights.map { $0.map { $0 / total } }
    self.shares = shares
    var sum = 0.0
    cumulative = shares.joined().map { share in
      sum += share
      return sum
    }
    let rows = shares.map { $0.reduce(0, +) }
    let columns = weights[0].indices.map { j in shares.reduce(0) { $0 + $1[j] } }
    var information = 0.0
    for (i, row) in shares.enumerated() {
      for (j, share) in row.enumerated() where share > 0 {
        information += share * log(share / (rows[i] * columns[j]))
      }
    }
    self.information = information
  }

  /// `count` independent rows; every class is named, drawn or not.
  func draw(_ count: Int, using random: inout RandomSource) throws -> EstimationRequest {
    let width = shares[0].count
    let cells = (0..<count).map { _ in
      var low = 0
      var high = cumulative.count - 1
      let target = random.uniform()
      while low < high {
        let middle = (low + high) / 2
        if cumulative[middle] <= target { low = middle + 1 } else { high = middle }
      }
      return low
    }
    let names = { (count: Int) in (0..<count).map(String.init) }
    return try EstimationRequest(
      x: .labels(Labels(codes: cells.map { Int32($0 / width) }, names: names(shares.count))),
      y: .labels(Labels(codes: cells.map { Int32($0 % width) }, names: names(width))))
  }

  /// All classes equally likely and independent: 0 nats.
  static func independent(_ k: Int) -> JointTable {
    JointTable("independent", weights: square(k) { _, _ in 1 })
  }

  /// Half of the rows have y = x, the others are independent; classes equally likely.
  static func uniform(_ k: Int) -> JointTable {
    JointTable("uniform", weights: square(k) { i, j in (i == j ? Double(k) : 0) + 1 })
  }

  /// As ``uniform(_:)`` with shares proportional to 1 / rank on both sides.
  static func zipf(_ k: Int) -> JointTable {
    let share = (1...k).map { 1 / Double($0) }
    let total = share.reduce(0, +)
    return JointTable(
      "Zipf",
      weights: square(k) { i, j in (i == j ? share[i] * total : 0) + share[i] * share[j] })
  }

  /// Every x goes to 2 or 3 of the y and never to the others.
  static func sparse(_ k: Int) -> JointTable {
    JointTable(
      "sparse",
      weights: square(k) { i, j in
        let hop = (j - i + k) % k
        return (hop == 0 ? 4 : 0) + (hop == (i * i) % k ? 2 : 0) + (hop == (i * 7 + 3) % k ? 1 : 0)
      })
  }

  /// A normal pair of correlation 0.6, cut into k bins of equal mass on each side.
  static func gaussian(_ k: Int) -> JointTable {
    let rho = 0.6
    let points = 40
    return JointTable(
      "Gaussian",
      weights: square(k) { i, j in
        (0..<points).reduce(0) { sum, point in
          let x = normalQuantile((Double(i) + (Double(point) + 0.5) / Double(points)) / Double(k))
          let below = { (edge: Int) -> Double in
            if edge == 0 { return 0 }
            if edge == k { return 1 }
            let y = normalQuantile(Double(edge) / Double(k))
            return normalCDF((y - rho * x) / (1 - rho * rho).squareRoot())
          }
          return sum + below(j + 1) - below(j)
        }
      })
  }

  private static func square(_ k: Int, _ weight: (Int, Int) -> Double) -> [[Double]] {
    (0..<k).map { i in (0..<k).map { j in weight(i, j) } }
  }
}
