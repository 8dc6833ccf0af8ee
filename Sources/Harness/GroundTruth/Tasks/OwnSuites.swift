// SPDX-License-Identifier: MIT

import EstimatorAPI

/// The suites that are not published elsewhere.
enum OwnSuites {
  /// Gaussians of prescribed information from 1 x 1 to 64 x 64 columns.
  static var gaussian: [any GroundTruth] {
    [(1, 1), (2, 2), (5, 5), (16, 16), (64, 64), (1, 16), (4, 32)].flatMap { dx, dy in
      [0, 0.1, 0.5, 1, 2, 4].map { (nats: Double) in
        GaussianTruth(dx: dx, dy: dy, information: Information(nats: nats))
      }
    }
  }

  /// Continuous against labels.
  static var labels: [any GroundTruth] {
    let equal = { (count: Int) in [Double](repeating: 1, count: count) }
    var tasks: [any GroundTruth] = []
    // Two to fifty classes, from independent over overlapping to nearly separate.
    for (classes, levels) in [
      (2, [0, 0.1, 0.35, 0.65]), (10, [0, 0.25, 1, 2, 2.25]), (50, [1, 3]),
    ] {
      for dimension in [1, 5, 20] where classes < 50 || dimension == 20 {
        for nats in levels { tasks.append(mixture(dimension, equal(classes), nats)) }
      }
    }
    // Unbalanced.
    tasks.append(mixture(5, [0.9, 0.1], 0.2))
    tasks.append(mixture(5, [0.99, 0.01], 0.04))
    tasks.append(mixture(10, [0.4, 0.3, 0.15, 0.1, 0.04, 0.01], 0.9))
    // Classes that differ in radius only.
    for dimension in [2, 5] {
      tasks.append(ConcentricGaussians(dimension: dimension, classCount: 5, labeled: true))
    }
    // Wrong labels.
    for share in [0.05, 0.2, 0.5] {
      tasks.append(NoisyLabels(mixture(5, equal(10), 2), wrongShare: share))
      tasks.append(NoisyLabels(mixture(5, equal(2), 0.6), wrongShare: share))
    }
    tasks.append(UniformMixture(classCount: 5, labeled: true))
    return tasks
  }

  /// Few latent pairs in many columns: straight with noise, and on curved sheets without.
  static var latent: [any GroundTruth] {
    var tasks: [any GroundTruth] = []
    for (rank, dimension) in [(1, 10), (2, 50), (5, 100), (10, 200)] {
      for nats in [0.5, 2.0] {
        let information = Information(nats: nats)
        tasks.append(
          LatentGaussian(rank: rank, dx: dimension, dy: dimension, information: information))
        tasks.append(
          BenchmarkTask(
            "sheet-\(rank)-\(dimension)-\(dimension)-\(nats)",
            "\(rank) latent Gaussian pairs on curved sheets in \(dimension) x \(dimension) columns",
            GaussianTruth(dx: rank, dy: rank, information: information),
            x: [.embedding(into: dimension, seed: 1)], y: [.embedding(into: dimension, seed: 2)]))
      }
    }
    return tasks
  }

  /// Numbers with atoms.
  static var mixed: [any GroundTruth] {
    let uniform: [any GroundTruth] = [2, 5, 20].map { UniformMixture(classCount: $0) }
    let poisson: [any GroundTruth] = [0, 0.15, 0.5].map { ZeroInflatedPoisson(inflation: $0) }
    return uniform + poisson
  }

  /// Labels against labels.
  static var discrete: [any GroundTruth] {
    var tasks: [any GroundTruth] = []
    for count in [2, 10, 100] {
      let uniform = [Double](repeating: 1, count: count)
      let zipf = (1...count).map { 1 / Double($0) }
      for noise in [0.2, 0.8, 1] {
        tasks.append(
          JointTable.channel(
            "table-uniform-\(count)-\(noise)",
            "Uniform label of \(count) and a copy, independent with probability \(noise)",
            of: uniform, noise: noise))
        tasks.append(
          JointTable.channel(
            "table-zipf-\(count)-\(noise)",
            "Zipf label of \(count) and a copy, independent with probability \(noise)",
            of: zipf, noise: noise))
      }
    }
    for (rows, columns, filled) in [(20, 20, 3), (100, 50, 5)] {
      tasks.append(
        JointTable.sparse(
          "table-sparse-\(rows)-\(columns)-\(filled)",
          "Random table of \(rows) x \(columns) labels with \(filled) cells in every row",
          rows: rows, columns: columns, filled: filled, seed: 1))
    }
    return tasks
  }

  /// Both sides of the decision tasks; sides that tasks share stand once.
  static var decisions: [any GroundTruth] {
    var seen: Set<String> = []
    return DecisionTask.builtIn.flatMap { [$0.teacherStudent, $0.studentLabels] }
      .filter { seen.insert($0.id).inserted }
  }

  /// A mixture that exists by construction.
  private static func mixture(
    _ dimension: Int, _ proportions: [Double], _ nats: Double
  ) -> GaussianMixtureTruth {
    do throws(EstimatorError) {
      return try GaussianMixtureTruth(
        dimension: dimension, classProportions: proportions, information: Information(nats: nats))
    } catch {
      preconditionFailure("\(error)")
    }
  }
}
