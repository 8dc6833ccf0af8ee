// SPDX-License-Identifier: MIT

public import EstimatorAPI

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The mutual information of two numbers by adaptive partition of the plane of ranks.
///
/// The square of all rank pairs is cut in four at the middle of both sides, and so is every part in
/// which the rows are not spread as their margins say, by a chi-square test at 5% with 3 degrees of
/// freedom (7.815). With n_c rows in a final cell and a and b in its two margins,
///
///     I = sum (n_c/n) ln( n n_c / (a b) ).
///
/// Darbellay and Vajda 1999, "Estimation of the information by an adaptive partitioning of the
/// observation space" (doi:10.1109/18.761290). The whole square is always cut once, so that
/// patterns with four equal quadrants, a circle for one, are seen; a finer pattern that is balanced
/// in the four quarters of its cell is not, and its information is lost.
///
/// Depends on ranks alone. Ties share their lowest rank and are never split, and margins are
/// counted, not assumed. Bias: above 0 under independence, since 5% of the tests fail by chance
/// (more where cells hold few rows), and below the truth under strong dependence. An independent
/// check for one dimension against one. Cost: O(n log n).
///
/// ```swift
/// let estimate = try DarbellayVajdaEstimator().estimate(request)
/// estimate.diagnostics["cells"]  // how fine the partition became
/// ```
public struct DarbellayVajdaEstimator: StaticEstimator {
  /// One dimension against one.
  public static let descriptor = EstimatorDescriptor(
    id: "darbellay-vajda", version: "1",
    summary: "adaptive partition of ranks with a chi-square stop, one number a side",
    reference: "Darbellay, Vajda 1999, doi:10.1109/18.761290",
    traits: EstimatorTraits(
      kinds: [.continuous], minimumSamples: 4, maximumDimension: 2,
      invariances: [.swap, .rowOrder, .shift, .jointScale, .scale, .monotone],
      resampling: [.subsampling], groups: .unaffected))

  /// Takes no parameters.
  public init(parameters: ParameterValues) throws(EstimatorError) {}

  /// Estimates I(x; y).
  ///
  /// - Throws: `unsupportedKinds`, `dimensionOutOfRange`, `tooFewSamples` or `constantColumn`.
  public func estimate(_ request: EstimationRequest) throws(EstimatorError) -> Estimate {
    try Self.descriptor.checkAccepts(request)
    let (x, y) = try request.continuousPair(for: Self.descriptor)
    var partition = RankPartition(
      x: try RankedColumn(x, side: "x"), y: try RankedColumn(y, side: "y"))
    try request.checkCancellation()
    partition.build()
    let mean = partition.pointwise.reduce(0, +) / Double(request.count)
    return Estimate(
      Information(nats: mean), pointwise: partition.pointwise,
      diagnostics: [
        "cells": .integer(partition.cells),
        "ties": .integer(partition.x.tiedRows + partition.y.tiedRows),
      ])
  }
}

/// The ranks of a column, from 0, where ties share their lowest.
private struct RankedColumn {
  let ranks: [Int]
  /// The number of rows of a rank below r, at index r, for r from 0 to n.
  private let below: [Int]
  /// Rows that share their value with another.
  let tiedRows: Int

  init(_ samples: Samples, side: String) throws(EstimatorError) {
    let column = samples.values
    let order = column.indices.sorted { column[$0] < column[$1] }
    var ranks = [Int](repeating: 0, count: column.count)
    var sizes = [Int](repeating: 0, count: column.count)
    var rank = 0
    for (position, row) in order.enumerated() {
      if position > 0, column[order[position - 1]] < column[row] { rank = position }
      ranks[row] = rank
      sizes[rank] += 1
    }
    guard rank > 0 else { throw .constantColumn(side: side, column: 0, value: column[0]) }
    self.ranks = ranks
    tiedRows = sizes.reduce(0) { $0 + ($1 > 1 ? $1 : 0) }
    below = sizes.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1) }
  }

  /// The rows with a rank in the range.
  func count(_ range: Range<Int>) -> Int { below[range.upperBound] - below[range.lowerBound] }
}

/// The partition, built depth first; each final cell writes the values of its rows.
private struct RankPartition {
  let x: RankedColumn
  let y: RankedColumn
  private(set) var pointwise: [Double]
  private(set) var cells = 0

  init(x: RankedColumn, y: RankedColumn) {
    self.x = x
    self.y = y
    pointwise = [Double](repeating: 0, count: x.ranks.count)
  }

  mutating func build() {
    let all = 0..<pointwise.count
    divide(Array(all), all, all, isWhole: true)
  }

  private mutating func divide(
    _ rows: [Int], _ xs: Range<Int>, _ ys: Range<Int>, isWhole: Bool = false
  ) {
    guard !rows.isEmpty else { return }
    guard xs.count > 1, ys.count > 1 else { return close(rows, xs, ys) }
    let middleX = (xs.lowerBound + xs.upperBound) / 2
    let middleY = (ys.lowerBound + ys.upperBound) / 2
    let halvesX = [xs.lowerBound..<middleX, middleX..<xs.upperBound]
    let halvesY = [ys.lowerBound..<middleY, middleY..<ys.upperBound]
    var quarters: [[Int]] = [[], [], [], []]
    for row in rows {
      let quarter = (x.ranks[row] < middleX ? 0 : 2) + (y.ranks[row] < middleY ? 0 : 1)
      quarters[quarter].append(row)
    }
    var statistic = 0.0
    for (quarter, found) in quarters.enumerated() {
      let shareX = Double(x.count(halvesX[quarter / 2])) / Double(x.count(xs))
      let shareY = Double(y.count(halvesY[quarter % 2])) / Double(y.count(ys))
      let expected = Double(rows.count) * shareX * shareY
      // A half without rows, as ties leave them, expects none and has none.
      guard expected > 0 else { continue }
      statistic += (Double(found.count) - expected) * (Double(found.count) - expected) / expected
    }
    guard isWhole || statistic > Self.criticalValue else { return close(rows, xs, ys) }
    for (quarter, found) in quarters.enumerated() {
      divide(found, halvesX[quarter / 2], halvesY[quarter % 2])
    }
  }

  private mutating func close(_ rows: [Int], _ xs: Range<Int>, _ ys: Range<Int>) {
    let n = Double(pointwise.count)
    let value = log(Double(rows.count) * n / (Double(x.count(xs)) * Double(y.count(ys))))
    for row in rows { pointwise[row] = value }
    cells += 1
  }

  /// The 95% point of chi-square with 3 degrees of freedom.
  private static let criticalValue = 7.814727903251179
}
