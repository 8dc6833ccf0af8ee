// SPDX-License-Identifier: MIT

import EstimatorAPI

/// I(x; y | z) from distances to the k-th neighbor in (x, y, z), for continuous z.
///
/// With n_xz, n_yz and n_z the numbers of other rows in row i's neighborhood, as seen in (x, z), in
/// (y, z) and in z alone:
///
/// - `frenzelPompe`: psi(k) - psi(n_xz + 1) - psi(n_yz + 1) + psi(n_z + 1) with neighborhoods that
///   end before the k-th neighbor (Frenzel and Pompe 2007, doi:10.1103/PhysRevLett.99.204101). Where
///   that neighbor is at distance 0, all rows at distance 0 are counted, and k is their number.
/// - `mesnerShalizi`: psi(n_xyz) - psi(n_xz) - psi(n_yz) + psi(n_z) with neighborhoods that include
///   the k-th neighbor and all as far (Mesner and Shalizi 2019, arXiv:1912.03387).
struct ConditionalNeighbors {
  enum Rule: Sendable { case frenzelPompe, mesnerShalizi }

  let descriptor: EstimatorDescriptor
  let parameters: ParameterValues
  let ks: [Int]
  let rule: Rule

  /// - Throws: `tooFewSamples` unless n > k, `constantColumn`, `cancelled`.
  func estimate(_ request: EstimationRequest, given: Samples) throws(EstimatorError) -> Estimate {
    let (samplesX, samplesY) = try request.continuousPair(for: descriptor)
    let n = request.count
    let largest = ks[ks.count - 1]
    guard n > largest else {
      throw .tooFewSamples(found: n, needed: largest.oneMore, estimator: descriptor.id)
    }
    var sides: [Columns] = []
    var spread: [TiedColumn] = []
    for (stream, (name, samples)) in [("x", samplesX), ("y", samplesY), ("z", given)].enumerated() {
      let input = try NeighborInput(
        samples, side: name, stream: UInt64(stream), parameters: parameters, seed: request.seed)
      sides.append(input.points)
      spread += input.spread
    }
    let window = try NeighborParameters.theilerWindow(parameters)
    if window > 0 {
      return try frenzelPompe(sides, spread, request, window: window)
    }
    let closed = rule == .mesnerShalizi
    let counts = try conditionalCounts(
      x: sides[0], y: sides[1], z: sides[2], ks: ks, closed: closed, threads: request.threads,
      progress: request.progress, isCancelled: request.isCancelled)
    let psi = DigammaTable(upTo: n)
    // The counts include the row itself: n_xz + 1 as they are, n_xz less one.
    let itself = closed ? 1 : 0
    var pointwise = [Double](repeating: 0, count: n)
    var perK: [Double] = []
    for counts in counts {
      var sum = 0.0
      for i in 0..<n {
        let term =
          psi[counts.joint[i] - itself] - psi[counts.xz[i] - itself] - psi[counts.yz[i] - itself]
          + psi[counts.z[i] - itself]
        pointwise[i] += term / Double(ks.count)
        sum += term
      }
      perK.append(sum / Double(n))
    }
    var diagnostics = try NeighborParameters.diagnostics(parameters, ks: ks, spread: spread)
    diagnostics["natsPerK"] = .numbers(perK)
    diagnostics["atomRows"] = .numbers(counts.map { Double($0.atoms) })
    diagnostics["conditional"] = .text(
      closed ? "Mesner and Shalizi, closed neighborhoods" : "Frenzel and Pompe")
    diagnostics["meanRowsNearInZ"] = .numbers(
      counts.map { Double($0.z.reduce(0, +)) / Double(n) })
    var warnings: [EstimateWarning] = []
    if rule == .frenzelPompe {
      let ties = TieReport(
        tiesX: coincidentRows(sides[0]), tiesY: coincidentRows(sides[1]),
        duplicates: coincidentRows(Columns(Columns(sides[0], sides[1]), sides[2])), count: n)
      diagnostics.merge(ties.diagnostics) { _, new in new }
      let tiesZ = coincidentRows(sides[2])
      diagnostics["tiesZ"] = .integer(tiesZ)
      if ties.tiesX + ties.tiesY + tiesZ > 0 {
        warnings.append(
          EstimateWarning(
            code: "ties",
            message: "\(ties.tiesX) of \(n) rows share their x with another row, \(ties.tiesY) "
              + "their y and \(tiesZ) their z; \(descriptor.id) assumes continuous data. For values "
              + "that repeat use mixed-ksg."))
      }
    }
    return Estimate(
      Information(nats: perK.reduce(0, +) / Double(ks.count)), pointwise: pointwise,
      diagnostics: diagnostics, warnings: warnings)
  }

  /// Frenzel and Pompe's form where neighbors within a window of rows do not count.
  private func frenzelPompe(
    _ sides: [Columns], _ spread: [TiedColumn], _ request: EstimationRequest, window: Int
  ) throws(EstimatorError) -> Estimate {
    let n = request.count
    let counts = try TheilerCounts(
      sides: sides, subspaces: [[0, 2], [1, 2], [2]], ks: ks, window: window,
      estimator: descriptor.id, threads: request.threads, isCancelled: request.isCancelled)
    let psi = DigammaTable(upTo: n + 1)
    var pointwise = [Double](repeating: 0, count: n)
    var perK: [Double] = []
    for (slot, k) in ks.enumerated() {
      let near = counts.near[slot]
      var sum = 0.0
      for row in 0..<n {
        let term =
          psi[k] - psi[Int(near[0][row]) + 1] - psi[Int(near[1][row]) + 1]
          + psi[Int(near[2][row]) + 1]
        pointwise[row] += term / Double(ks.count)
        sum += term
      }
      perK.append(sum / Double(n))
    }
    var diagnostics = try NeighborParameters.diagnostics(parameters, ks: ks, spread: spread)
    diagnostics["natsPerK"] = .numbers(perK)
    return Estimate(
      Information(nats: perK.reduce(0, +) / Double(ks.count)), pointwise: pointwise,
      diagnostics: diagnostics)
  }
}
