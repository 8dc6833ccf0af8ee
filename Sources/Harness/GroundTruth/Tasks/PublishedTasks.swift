// SPDX-License-Identifier: MIT

/// The tasks of the public benchmark, by their published names.
///
/// Suite `bmi-v1` is the list of Czyz et al. 2023 (NeurIPS, arXiv 2306.11078), `bmi-v2` what Czyz et
/// al. 2025 (TMLR, arXiv 2310.10240) add. The information of each is a closed form or our own quadrature; the published values of the
/// second list are Monte Carlo means and differ by up to 0.0036 nats.
enum PublishedTasks {
  /// The 40 tasks of the first paper.
  static var first: [any GroundTruth] {
    [
      // One column against one.
      bivariate,
      BenchmarkTask(
        "normal_cdf-1v1-normal-0.75", "Normal CDF @ Bivariate normal 1 x 1", bivariate,
        both: [.normalCDF]),
      AdditiveUniform(epsilon: 0.1),
      AdditiveUniform(epsilon: 0.75),
      BenchmarkTask(
        "1v1-bimodal-0.75", "Bimodal 1 x 1", bivariate,
        x: [.mixtureQuantile([(weight: 0.3, mean: 0), (weight: 0.7, mean: 5)])],
        y: [.mixtureQuantile([(weight: 0.5, mean: -1), (weight: 0.5, mean: 3)])]),
      BenchmarkTask(
        "wiggly-1v1-normal-0.75", "Wiggly @ Bivariate normal 1 x 1", bivariate, x: [.wigglyX],
        y: [.wigglyY]),
      BenchmarkTask(
        "half_cube-1v1-normal-0.75", "Half-cube @ Bivariate normal 1 x 1", bivariate,
        both: [.halfCube]),
      student(1, dof: 1),
      asinhStudent(1, dof: 1),
      // An embedding: the one task whose transform adds a column.
      BenchmarkTask(
        "swissroll_x-normal_cdf-1v1-normal-0.75", "Swiss roll 2 x 1", bivariate,
        x: [.normalCDF, .swissRoll], y: [.normalCDF]),

      // Gaussians.
      dense(2), dense(3), dense(5), dense(25), dense(50),
      twoPair(2), twoPair(3), twoPair(5), twoPair(25),

      // Long tails.
      student(2, dof: 1), student(2, dof: 2), student(3, dof: 2), student(3, dof: 3),
      student(5, dof: 2), student(5, dof: 3),

      // The 2-pair Gaussian behind transforms.
      twoPair(3, "normal_cdf", "Normal CDF", .normalCDF),
      twoPair(5, "normal_cdf", "Normal CDF", .normalCDF),
      twoPair(25, "normal_cdf", "Normal CDF", .normalCDF),
      twoPair(3, "half_cube", "Half-cube", .halfCube),
      twoPair(5, "half_cube", "Half-cube", .halfCube),
      twoPair(25, "half_cube", "Half-cube", .halfCube),
      spiralTwoPair(3), spiralTwoPair(5), spiralTwoPair(25),
      spiralUniformTwoPair(3), spiralUniformTwoPair(5), spiralUniformTwoPair(25),
      asinhStudent(2, dof: 1), asinhStudent(3, dof: 2), asinhStudent(5, dof: 2),
    ]
  }

  /// The 13 tasks that the second paper adds.
  static var second: [any GroundTruth] {
    [
      PublishedMixtures.crossed, PublishedMixtures.letters,
      BenchmarkTask(
        "2v1-waves-12-5.0-3.0", "Waves 2 x 1", PublishedMixtures.columns,
        x: [
          .wave(amplitude: 5, frequency: 3), .columns(scales: [0.1, 0.5], shifts: [-0.8, 0]),
        ]),
      // Two balls at +-(1.5, 1.5 | 1.5): drawn along an axis, then turned by 45 degrees.
      BenchmarkTask(
        "2v1-galaxy-0.5-3.0", "Galaxy 2 x 1", PublishedMixtures.balls,
        x: [
          .rotation(angle: .pi / 4, plane: (0, 1)), .spiral(speed: 0.5, plane: (0, 1)),
        ]),
      ConcentricGaussians(dimension: 3, classCount: 5),
      ConcentricGaussians(dimension: 5, classCount: 5),
      ConcentricGaussians(dimension: 3, classCount: 10),
      ConcentricGaussians(dimension: 5, classCount: 10),
      ConcentricGaussians(dimension: 25, classCount: 5),
      inliers(5, share: 0.2), inliers(25, share: 0.2), inliers(5, share: 0.5),
      inliers(25, share: 0.5),
    ]
  }

  static let bivariate = JointNormal(
    id: "1v1-normal-0.75", summary: "Bivariate normal 1 x 1",
    shape: Correlations.dense(1, 1, 0.75))

  private static func dense(_ d: Int) -> JointNormal {
    JointNormal(
      id: "multinormal-dense-\(d)-\(d)-0.5", summary: "Multinormal \(d) x \(d) (dense)",
      shape: Correlations.dense(d, d, 0.5))
  }

  /// Latent variables of weight 2 shared by the first two columns of each side.
  static func twoPair(_ d: Int) -> JointNormal {
    JointNormal(
      id: "multinormal-sparse-\(d)-\(d)-2-2.0", summary: "Multinormal \(d) x \(d) (2-pair)",
      shape: Correlations.pairs(d, d, 2, Correlations.shared(strength: 2)))
  }

  private static func twoPair(
    _ d: Int, _ prefix: String, _ name: String, _ transform: Transform
  ) -> BenchmarkTask {
    let base = twoPair(d)
    return BenchmarkTask(
      "\(prefix)-\(base.id)", "\(name) @ \(base.summary)", base, both: [transform])
  }

  private static func spiralTwoPair(_ d: Int) -> BenchmarkTask {
    let base = twoPair(d)
    return BenchmarkTask(
      "spiral-\(base.id)", "Spiral @ \(base.summary)", base,
      x: [.spiral(speed: 1 / Double(d), plane: (0, 1))],
      y: [.spiral(speed: 1 / Double(d), plane: (1, 2))])
  }

  private static func spiralUniformTwoPair(_ d: Int) -> BenchmarkTask {
    let base = twoPair(d)
    return BenchmarkTask(
      "spiral-normal_cdf-\(base.id)", "Spiral @ Normal CDF @ \(base.summary)", base,
      x: [.normalCDF, .spiral(speed: 1 / Double(d), plane: (0, 1))],
      y: [.normalCDF, .spiral(speed: 1 / Double(d), plane: (1, 2))])
  }

  private static func student(_ d: Int, dof: Int) -> JointStudent {
    JointStudent(
      id: "student-identity-\(d)-\(d)-\(dof)", summary: "Student-t \(d) x \(d) (dof=\(dof))",
      shape: Correlations.identity(d, d), dof: dof)
  }

  private static func asinhStudent(_ d: Int, dof: Int) -> BenchmarkTask {
    let base = student(d, dof: dof)
    return BenchmarkTask("asinh-\(base.id)", "Asinh @ \(base.summary)", base, both: [.asinh])
  }

  private static func inliers(_ d: Int, share: Double) -> BenchmarkTask {
    BenchmarkTask(
      "mult-sparse-w-inliers-\(d)-\(d)-2-2.0-\(share)",
      "Multinormal \(d) x \(d) (sparse, \(Int(100 * share))% inliers)",
      ContaminatedPairs(
        dx: d, dy: d, correlation: Correlations.shared(strength: 2), share: share))
  }
}
