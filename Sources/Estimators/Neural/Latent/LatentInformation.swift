// SPDX-License-Identifier: MIT

package import EstimatorAPI

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The mutual information of a few latent columns by ksg-1, with its bias taken off by a Gaussian
/// twin.
///
/// KSG errs downward as dimension and information grow. The twin is Gaussian data of the same
/// number of rows with the latents' own canonical correlations: its truth is known, so its error
/// is, and it is taken off:
///
///     I = KSG(latents) + truth(twin) - KSG(twin)
///
/// For Gaussian latents the bias cancels; for latents whose dependence is not linear the twin has
/// little information and little error, and KSG is left as it is.
package struct LatentInformation: Sendable {
  /// The number of neighbors.
  package let neighbors: Int
  /// How many twins are averaged; 0 is plain KSG.
  package let twins: Int

  /// KSG, what the twins added, and the sum, in nats.
  package struct Value: Sendable {
    /// KSG of the latents.
    package var plain: Double
    /// Truth minus KSG of the twins.
    package var correction: Double
    /// The corrected information.
    package var nats: Double { plain + correction }
  }

  /// Measures rows of latents (rows x m each).
  ///
  /// - Throws: what ksg-1 throws.
  package func measure(
    x: Matrix, y: Matrix, seed: UInt64, watch: TrainingWatch
  ) throws(EstimatorError) -> Value {
    let (x, y) = (Self.unitVariance(x), Self.unitVariance(y))
    let plain = try ksg(x, y, seed: seed, watch)
    let canonical = CanonicalAnalysis(x: x, y: y)
    let m = canonical.correlations.count
    guard twins > 0, m == x.columns, m == y.columns else {
      return Value(plain: plain, correction: 0)
    }
    // Independent columns have r^2 up to about 4 m / n (the edge of the Wishart spectrum); what is
    // above is too large by about (1 - r^2) (m - 1) / n. At r = 1 the twin would be a copy.
    let (edge, excess) = (4 * Double(m) / Double(x.rows), Double(m - 1) / Double(x.rows))
    let correlations = canonical.correlations.map { r in
      r * r < edge ? 0 : min(max(r * r - (1 - r * r) * excess, 0), 1 - 1e-9).squareRoot()
    }
    guard correlations.contains(where: { $0 > 0 }) else {
      return Value(plain: plain, correction: 0)
    }
    let truth = correlations.reduce(0) { $0 - log(1 - $1 * $1) / 2 }
    // From canonical variables back to columns of the latents' own scales and directions, because
    // KSG's bias depends on them: with u = x A and A' S A = 1, x = u A' S.
    let scale = 1 / Double(x.rows)
    let backX = multiply(canonical.x.transposed, gram(x, scale: scale))
    let backY = multiply(canonical.y.transposed, gram(y, scale: scale))
    var sum = 0.0
    for twin in 0..<twins {
      try watch.check()
      var random = RandomSource(seed: seed, 0x5457_494E, UInt64(twin))
      var (u, v) = (x, y)
      for i in 0..<x.rows {
        for j in 0..<m {
          let r = correlations[j]
          u[i, j] = random.normal()
          v[i, j] = r * u[i, j] + (1 - r * r).squareRoot() * random.normal()
        }
      }
      sum += truth - (try ksg(multiply(u, backX), multiply(v, backY), seed: seed, watch))
    }
    return Value(plain: plain, correction: sum / Double(twins))
  }

  /// Columns of mean 0 and variance 1, so that the max-norm weighs them alike.
  private static func unitVariance(_ latents: Matrix) -> Matrix {
    var result = latents.centered()
    for j in 0..<result.columns {
      let square = (0..<result.rows).reduce(0) { $0 + result[$1, j] * result[$1, j] }
      guard square > 0 else { continue }
      let factor = (Double(result.rows) / square).squareRoot()
      for i in 0..<result.rows { result[i, j] *= factor }
    }
    return result
  }

  private func ksg(
    _ x: Matrix, _ y: Matrix, seed: UInt64, _ watch: TrainingWatch
  ) throws(EstimatorError) -> Double {
    let request = try EstimationRequest(
      x: .samples(x.samples()), y: .samples(y.samples()), seed: seed,
      isCancelled: watch.isCancelled)
    return try KSG1Estimator(["k": "\(neighbors)"]).estimate(request).information.nats
  }
}
