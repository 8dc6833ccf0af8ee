// SPDX-License-Identifier: MIT

import EstimatorAPI

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// How the bandwidth is chosen; one for all axes.
enum BandwidthRule: String, CaseIterable {
  /// The one that maximizes the leave-one-out estimate (Zeng, Xia and Tong 2018).
  case jackknife
  /// (4 / ((d + 2) n))^(1 / (d + 4)) standard deviations: least error for normal densities.
  case silverman
  /// n^(-1 / (d + 4)) standard deviations.
  case scott
  /// Botev's improved Sheather-Jones, without a normal reference; one column against one.
  case isj
}

/// The leave-one-out estimate at the bandwidth of a rule.
struct KernelFit {
  var bandwidth: Double
  var pointwise: [Double]
  var isolated: Int
  var warnings: [EstimateWarning] = []

  var mean: Double { pointwise.reduce(0, +) / Double(pointwise.count) }

  init(
    _ space: KernelSpace, rule: BandwidthRule, cells: Int, request: EstimationRequest
  ) throws(EstimatorError) {
    // The room at the grid's ends is for the widest bandwidth that is tried.
    let widest = rule == .jackknife ? 2 * space.silverman : max(space.silverman, space.scott)
    let ratio = LeaveOneOutRatio(space, grid: space.grid(cells: cells, bandwidth: widest))
    let cell = ratio.grid.cell
    try request.checkCancellation()
    func fit(_ bandwidth: Double) throws(EstimatorError) -> KernelFit {
      try request.checkCancellation()
      let (pointwise, isolated) = ratio.values(bandwidth: bandwidth, threads: request.threads)
      return KernelFit(bandwidth: bandwidth, pointwise: pointwise, isolated: isolated)
    }
    switch rule {
    case .silverman: self = try fit(space.silverman)
    case .scott: self = try fit(space.scott)
    case .isj:
      let share = BotevBandwidth(ratio.spectrum, rows: space.rows).bandwidth()
      // Wider than the room at the ends would let the reflection in.
      let length = cell * Double(cells)
      let found = share.map { min($0 * length, space.isBounded ? 0.25 * length : widest) }
      self = try fit(found ?? space.silverman)
      if found == nil {
        warnings.append(
          EstimateWarning(
            code: "bandwidthRule",
            message: "Botev's rule has no solution on these rows, as where they are spread evenly; "
              + "Silverman's bandwidth \(space.silverman) was used."))
      }
    case .jackknife:
      self = try Self.maximum(center: space.silverman, cell: cell, fit: fit)
    }
    if bandwidth < cell {
      warnings.append(
        EstimateWarning(
          code: "coarseGrid",
          message: "The bandwidth \(bandwidth) is below the width \(cell) of a cell; "
            + "use a larger grid."))
    }
  }

  private init(bandwidth: Double, pointwise: [Double], isolated: Int) {
    self.bandwidth = bandwidth
    self.pointwise = pointwise
    self.isolated = isolated
  }

  /// The largest estimate: from twice the center down by steps of the root of 2 to a 16th or to one
  /// cell, then at the vertex of the parabola through the best and its neighbors.
  private static func maximum(
    center: Double, cell: Double, fit: (Double) throws(EstimatorError) -> KernelFit
  ) throws(EstimatorError) -> KernelFit {
    let ladder = (-2...8).map { center * pow(2, -Double($0) / 2) }.filter { $0 >= cell }
    guard let first = ladder.first else { return try fit(center) }
    var best = try fit(first)
    var place = 0
    var means = [best.mean]
    for (index, bandwidth) in ladder.enumerated().dropFirst() {
      let next = try fit(bandwidth)
      means.append(next.mean)
      if next.mean > best.mean { (best, place) = (next, index) }
      // Two steps past a maximum it is one; the narrow bandwidths cost as much as the others.
      if index >= place + 3 { break }
    }
    if place == ladder.count - 1 {
      best.warnings.append(
        EstimateWarning(
          code: "bandwidthEdge",
          message: "The estimate still grows at the narrowest bandwidth tried, \(best.bandwidth): "
            + "the truth may be above it, or rows repeat. A larger grid allows narrower ones."))
    } else if place > 0, place + 1 < means.count {
      let (left, middle, right) = (means[place - 1], means[place], means[place + 1])
      let offset = (left - right) / (2 * (left - 2 * middle + right))
      let refined = try fit(ladder[place] * pow(2, -offset / 2))
      if refined.mean > best.mean { best = refined }
    }
    return best
  }
}
