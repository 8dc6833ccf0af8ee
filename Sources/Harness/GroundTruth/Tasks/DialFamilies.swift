// SPDX-License-Identifier: MIT

import EstimatorAPI

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Families of tasks with one dial.
///
/// They follow the experiments of Czyz et al. 2023 (arXiv 2306.11078) and 2025 (arXiv 2310.10240).
enum DialFamilies {
  /// More and more information between two pairs of columns in 3 x 3: plain, spiral, half-cube.
  static var highInformation: [any GroundTruth] {
    let bases = [0, 0.5, 1, 1.5, 2, 3, 4, 5].map { (nats: Double) -> JointNormal in
      // I = -ln(1 - rho^2) for two pairs.
      JointNormal(
        id: "high-mi-3-3-\(nats)", summary: "Multinormal 3 x 3 (2-pair), \(nats) nats",
        shape: Correlations.pairs(3, 3, 2, (-expm1(-nats)).squareRoot()))
    }
    let plain: [any GroundTruth] = bases
    let spirals: [any GroundTruth] = bases.map { base in
      BenchmarkTask(
        "spiral-\(base.id)", "Spiral @ \(base.summary)", base,
        x: [.spiral(speed: 1.0 / 9, plane: (0, 1))], y: [.spiral(speed: 1.0 / 9, plane: (1, 2))])
    }
    let cubes: [any GroundTruth] = bases.map { base in
      BenchmarkTask("half_cube-\(base.id)", "Half-cube @ \(base.summary)", base, both: [.halfCube])
    }
    return plain + spirals + cubes
  }

  /// One nat in 10 x 10 columns: from one latent variable that all columns share to ten pairs, then
  /// from ten pairs to one.
  static var sparsity: [any GroundTruth] {
    let d = 10
    // Ends of the dial: the weight of the shared variable that alone gives one nat.
    let full = increasingRoot(between: 0, and: 10) { latentNats(d, d, alpha: $0, lambda: 0) - 1 }
    let shared = (0..<10).map { step -> JointNormal in
      // Rounded down to four digits for the id; the pairs' weight makes up for it.
      let alpha = (full * Double(9 - step) / 9 * 1e4).rounded(.down) / 1e4
      return latent(d, pairs: d, alpha: alpha)
    }
    return shared + (1..<d).reversed().map { latent(d, pairs: $0, alpha: 0) }
  }

  /// A spiral of growing speed: rho = 0.8 between x's first column and y, x of two columns.
  static var spiral: [any GroundTruth] {
    let base = JointNormal(
      id: "multinormal-pair-2-1-0.8", summary: "Multinormal 2 x 1 (1-pair)",
      shape: Correlations.pairs(2, 1, 1, 0.8))
    return [0, 0.1, 0.3, 0.5, 0.7, 1, 1.5].map { (speed: Double) in
      BenchmarkTask(
        "spiral-0.8-\(speed)", "Spiral 2 x 1, speed \(speed)", base,
        x: [.spiral(speed: speed, plane: (0, 1))])
    }
  }

  /// Longer and longer tails: powers of the 2-pair Gaussian, and Student distributions on it.
  static var tails: [any GroundTruth] {
    let base = PublishedTasks.twoPair(3)
    let powers: [any GroundTruth] = (0..<10).map { step in
      let exponent = ((1 + 4 * Double(step) / 9) * 1e3).rounded() / 1e3
      return BenchmarkTask(
        "power-\(exponent)-\(base.id)", "Power \(exponent) @ \(base.summary)", base,
        both: [.power(exponent)])
    }
    let students: [any GroundTruth] = stride(from: 1, through: 19, by: 2).map { dof in
      JointStudent(
        id: "student-sparse-3-3-2-2.0-\(dof)", summary: "Student-t 3 x 3 (2-pair, dof=\(dof))",
        shape: Correlations.pairs(3, 3, 2, Correlations.shared(strength: 2)), dof: dof)
    }
    return powers + students
  }

  /// More and more rows whose y is noise: hidden among the signal, or far out; then a fifth of the
  /// rows with noise from narrow to wide.
  static var contamination: [any GroundTruth] {
    let shares = [0.001, 0.01, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5]
    let dials =
      shares.map { (share: $0, variance: 1.0) } + shares.map { (share: $0, variance: 25.0) }
      + (-7...7).filter { $0 != 0 }.map { (share: 0.2, variance: exp2(Double($0))) }
    return dials.map { dial in
      ContaminatedPairs(dx: 2, dy: 2, share: dial.share, noiseVariance: dial.variance)
    }
  }

  /// One nat: `pairs` latent pairs beside a variable of weight alpha shared by all columns.
  private static func latent(_ d: Int, pairs: Int, alpha: Double) -> JointNormal {
    let lambda = increasingRoot(between: 0, and: 10) {
      latentNats(d, pairs, alpha: alpha, lambda: $0) - 1
    }
    return JointNormal(
      id: "sparsity-\(d)-\(d)-\(pairs)-\(alpha)",
      summary:
        "Multinormal \(d) x \(d), \(pairs) pairs beside a shared variable of weight \(alpha)",
      shape: Correlations.latent(dimension: d, pairs: pairs, alpha: alpha, lambda: lambda))
  }

  private static func latentNats(
    _ d: Int, _ pairs: Int, alpha: Double, lambda: Double
  ) -> Double {
    Correlations.latent(dimension: d, pairs: pairs, alpha: alpha, lambda: lambda)
      .normalInformation
  }
}
