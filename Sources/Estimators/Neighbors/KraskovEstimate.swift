// SPDX-License-Identifier: MIT

import EstimatorAPI

/// One variable, ready for the search.
package struct KraskovSide: Sendable {
  let points: Columns
  /// The numbers in ascending order, where the points lie on a line.
  let sorted: [Double]?
  /// The columns that were spread because their values tie.
  let spread: [TiedColumn]
}

/// What `ksg-1` and `ksg-2` share: everything but the formula.
struct KraskovEstimate {
  let descriptor: EstimatorDescriptor
  let parameters: ParameterValues
  let ks: [Int]
  let algorithm: KraskovAlgorithm

  /// One variable, ready for the search; refuses labels and constant columns.
  func side(
    _ variable: Variable, isX: Bool, seed: UInt64
  ) throws(EstimatorError) -> KraskovSide {
    guard let samples = variable.samples else { throw .unsupportedKinds(.mixed, descriptor) }
    let input = try NeighborInput(
      samples, side: isX ? "x" : "y", stream: isX ? 0 : 1, parameters: parameters, seed: seed)
    let points = input.points
    return KraskovSide(
      points: points, sorted: points.dimension == 1 ? radixSorted(points.values) : nil,
      spread: input.spread)
  }

  /// The mean of the rows' terms, over all values of k.
  ///
  /// A term is
  ///
  ///     constant(n, k) - psi(n_x + shift) - psi(n_y + shift)
  ///
  /// where `ceiling` is the largest value that a k allows.
  func estimate(
    x: KraskovSide, y: KraskovSide, of request: EstimationRequest, shift: Int,
    constant: (_ n: Int, _ k: Int) -> Double, ceiling: (_ n: Int, _ k: Int) -> Double
  ) throws(EstimatorError) -> Estimate {
    let n = request.count
    let largest = ks[ks.count - 1]
    guard n > largest else {
      throw .tooFewSamples(found: n, needed: largest.oneMore, estimator: descriptor.id)
    }
    let window = try NeighborParameters.theilerWindow(parameters)
    if window > 0 {
      return try estimate(x: x, y: y, of: request, shift: shift, constant: constant, window: window)
    }
    try MemoryNeed.check(
      rows: n, columns: x.points.dimension + y.points.dimension, ks: ks.count)
    let counts = try neighborCounts(
      x: x.points, y: y.points, sorted: (x.sorted, y.sorted), ks: ks,
      algorithm: algorithm, threads: request.threads,
      progress: request.progress, isCancelled: request.isCancelled)

    let largestCount = (counts.x + counts.y).reduce(0) { max($0, $1.reduce(0) { max($0, $1) }) }
    let psi = DigammaTable(upTo: Int(largestCount) + 1)
    let constants = ks.map { constant(n, $0) }
    let chunks = parallelMap((n + Self.chunk - 1) / Self.chunk, threads: request.threads) {
      terms(of: $0 * Self.chunk..<min(($0 + 1) * Self.chunk, n), counts, constants, psi, shift)
    }
    let perK = ks.indices.map { slot in chunks.reduce(0) { $0 + $1.sums[slot] } / Double(n) }
    let nats = perK.reduce(0, +) / Double(ks.count)
    let ceilings = ks.map { ceiling(n, $0) }
    var diagnostics = try NeighborParameters.diagnostics(
      parameters, ks: ks, spread: x.spread + y.spread)
    diagnostics["natsPerK"] = .numbers(perK)
    diagnostics["ceilingNats"] = .number(ceilings.reduce(0, +) / Double(ks.count))
    let ties = TieReport(
      tiesX: counts.tiesX, tiesY: counts.tiesY, duplicates: counts.duplicates, count: n)
    diagnostics.merge(ties.diagnostics) { _, new in new }
    var warnings = ties.warnings
    if let warning = ceilingWarning(nats: nats, ceilings: ceilings, n: n) {
      warnings.append(warning)
    }
    return Estimate(
      Information(nats: nats), pointwise: chunks.flatMap(\.pointwise), diagnostics: diagnostics,
      warnings: warnings)
  }

  /// The same formula where neighbors within a window of rows do not count; each row's n is that of
  /// the rows that it is compared with, and itself.
  private func estimate(
    x: KraskovSide, y: KraskovSide, of request: EstimationRequest, shift: Int,
    constant: (_ n: Int, _ k: Int) -> Double, window: Int
  ) throws(EstimatorError) -> Estimate {
    let n = request.count
    let counts = try TheilerCounts(
      sides: [x.points, y.points], subspaces: [[0], [1]], ks: ks, window: window,
      region: algorithm == .square ? .square : .rectangle, estimator: descriptor.id,
      threads: request.threads, isCancelled: request.isCancelled)
    let psi = DigammaTable(upTo: n + 1)
    var pointwise = [Double](repeating: 0, count: n)
    var perK: [Double] = []
    for (slot, k) in ks.enumerated() {
      var sum = 0.0
      for row in 0..<n {
        let near = counts.near[slot]
        let term =
          constant(Int(counts.candidates[row]) + 1, k) - psi[Int(near[0][row]) + shift]
          - psi[Int(near[1][row]) + shift]
        pointwise[row] += term / Double(ks.count)
        sum += term
      }
      perK.append(sum / Double(n))
    }
    var diagnostics = try NeighborParameters.diagnostics(
      parameters, ks: ks, spread: x.spread + y.spread)
    diagnostics["natsPerK"] = .numbers(perK)
    return Estimate(
      Information(nats: perK.reduce(0, +) / Double(ks.count)), pointwise: pointwise,
      diagnostics: diagnostics)
  }

  /// Rows whose terms are added together; the same at any number of threads, as are the sums.
  private static let chunk = 8192

  /// The rows' terms, averaged over all k, and the sum of each k's.
  private func terms(
    of rows: Range<Int>, _ counts: NeighborCounts, _ constants: [Double], _ psi: DigammaTable,
    _ shift: Int
  ) -> (pointwise: [Double], sums: [Double]) {
    var pointwise = [Double](repeating: 0, count: rows.count)
    let sums = constants.indices.map { slot in
      let (countX, countY) = (counts.x[slot][rows], counts.y[slot][rows])
      var sum = 0.0
      for (i, (x, y)) in zip(countX, countY).enumerated() {
        let term = constants[slot] - psi[Int(x) + shift] - psi[Int(y) + shift]
        pointwise[i] += term / Double(constants.count)
        sum += term
      }
      return sum
    }
    return (pointwise, sums)
  }

  /// A warning from four fifths of the ceiling on: there the estimate follows n, not the data.
  private func ceilingWarning(nats: Double, ceilings: [Double], n: Int) -> EstimateWarning? {
    let ceiling = ceilings.reduce(0, +) / Double(ceilings.count)
    guard nats > 0.8 * ceiling else { return nil }
    return EstimateWarning(
      code: "ceiling",
      message: "The estimate of \(Self.short(nats)) nats is near \(Self.short(ceiling)), the most "
        + "that \(descriptor.id) can say with \(n) rows; the truth may be far above.")
  }

  private static func short(_ nats: Double) -> String {
    "\((nats * 1000).rounded() / 1000)"
  }
}
