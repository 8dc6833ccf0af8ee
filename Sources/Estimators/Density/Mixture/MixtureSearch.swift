// SPDX-License-Identifier: MIT

/// A joint mixture with its two marginals.
struct MixtureRatio: Sendable {
  let joint: GaussianMixture
  let x: GaussianMixture
  let y: GaussianMixture
  let dx: Int

  /// Nil where a block is not positive definite.
  init?(_ joint: GaussianMixture, dx: Int) {
    guard let x = joint.marginal(0..<dx), let y = joint.marginal(dx..<joint.means[0].count) else {
      return nil
    }
    (self.joint, self.x, self.y, self.dx) = (joint, x, y, dx)
  }

  func densities(_ rows: Matrix) -> (joint: [Double], x: [Double], y: [Double]) {
    let columns = rows.transposed
    let (n, d) = (rows.rows, rows.columns)
    return (
      joint.logDensities(columns),
      x.logDensities(columns.block(rows: 0..<dx, columns: 0..<n)),
      y.logDensities(columns.block(rows: dx..<d, columns: 0..<n))
    )
  }
}

extension MixtureRatio: DensityRatio {}

/// Chooses the number of components by the likelihood of rows that were held out.
struct MixtureSearch: Sendable {
  static let ladder = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64]

  let starts: Int
  let maximumComponents: Int
  let seed: UInt64
  let threads: Int
  let isCancelled: @Sendable () -> Bool

  /// What the search found.
  struct Outcome: Sendable {
    /// The mixture of the training rows that did best.
    let mixture: GaussianMixture
    /// The mean ln density of the held-out rows, by number of components tried.
    let scores: [(components: Int, score: Double)]
  }

  /// Fits on `training` and scores on `held`; stops after two sizes in a row without gain.
  ///
  /// Nil where it was cancelled or nothing could be fitted.
  func run(_ training: Matrix, held: Matrix) -> Outcome? {
    let fit = MixtureFit(training)
    let columns = held.transposed
    var best: (mixture: GaussianMixture, score: Double)?
    var scores: [(components: Int, score: Double)] = []
    var worse = 0
    for count in Self.ladder where count <= maximumComponents && 5 * count <= training.rows {
      let tries = count == 1 ? 1 : starts
      let fits = parallelMap(tries, threads: threads) { start in
        var random = RandomSource(seed: seed, 0x474D_4D, UInt64(count), UInt64(start))
        return fit.fit(count, using: &random, tolerance: 1e-4, isCancelled: isCancelled)
      }
      if isCancelled() { return nil }
      // Of several starts the one with the largest likelihood on its own rows.
      let found = fits.compactMap { $0 }.max { $0.likelihood < $1.likelihood }
      guard let found else { continue }
      let (score, _) = meanAndError(found.mixture.logDensities(columns))
      scores.append((count, score))
      if score > best?.score ?? -.infinity {
        best = (found.mixture, score)
        worse = 0
      } else {
        worse += 1
        if worse == 2 { break }
      }
    }
    guard let best else { return nil }
    return Outcome(mixture: best.mixture, scores: scores)
  }
}
