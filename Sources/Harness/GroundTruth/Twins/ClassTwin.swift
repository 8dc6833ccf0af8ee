// SPDX-License-Identifier: MIT

public import EstimatorAPI
import Estimators

/// A twin of the user's labelled data: a Gaussian for each class, with the data's own class shares,
/// means and covariances, so that its mutual information is known and its shape is the data's.
///
/// An estimator that is right on jointly Gaussian data may be far off on data that fall into
/// clusters: a Gaussian copula detects only part of a dependence that goes through classes. The twin
/// tells.
///
/// The information is a Monte Carlo mean of the exact log density ratio over 40,000 draws of a fixed
/// seed; its stated error is three standard errors of that mean.
public struct ClassTwin: GroundTruth {
  /// `class-twin` with the shape.
  public let id: String
  /// One line.
  public let summary: String
  /// The dimension of x.
  public let dx: Int
  /// The dimension of y; 1 for labels.
  public let dy: Int
  /// Continuous against continuous, or against the labels themselves.
  public let kind: PairKind
  /// The mean log density ratio.
  public private(set) var information = Information.zero
  /// Three standard errors of that mean.
  public private(set) var informationError = Information.zero

  /// The number of classes.
  var classCount: Int { joint.shares.count }

  private let joint: ClassGaussians
  private let x: ClassGaussians
  /// The marginal of y; nil where y is the labels.
  private let y: ClassGaussians?
  private let cache: (any NumbersMemo)?
  private let threads: Int

  /// A twin of two continuous variables that share the classes of `labels`.
  ///
  /// The cache keeps its information. Nil where a column does not vary.
  package init?(
    x: Samples, y: Samples, labels: Labels, cache: (any NumbersMemo)? = nil, threads: Int = 1
  ) {
    var rows: [Double] = []
    for row in 0..<x.count {
      rows += x.values[row * x.dimension..<(row + 1) * x.dimension]
      rows += y.values[row * y.dimension..<(row + 1) * y.dimension]
    }
    guard
      let both = try? Samples(
        rowMajor: rows, count: x.count, dimension: x.dimension + y.dimension),
      let joint = ClassGaussians(both, labels: labels),
      let xMarginal = joint.marginal(0..<x.dimension),
      let yMarginal = joint.marginal(x.dimension..<both.dimension)
    else { return nil }
    self.init(
      joint: joint, x: xMarginal, y: yMarginal, dx: x.dimension, dy: y.dimension, noise: 1,
      cache: cache, threads: threads)
  }

  /// A twin of a continuous variable and its labels.
  ///
  /// The cache keeps its information. Nil where a column does not vary.
  package init?(x: Samples, labels: Labels, cache: (any NumbersMemo)? = nil, threads: Int = 1) {
    guard let joint = ClassGaussians(x, labels: labels) else { return nil }
    self.init(
      joint: joint, x: joint, y: nil, dx: x.dimension, dy: 1, noise: 1, cache: cache,
      threads: threads)
  }

  /// The same classes with more noise or less, and so with less information or more.
  ///
  /// Above 1 each side gets independent noise of (factor - 1) times its covariance within the class;
  /// below 1 that covariance shrinks to the factor of itself. Nil where it is no longer positive
  /// definite.
  func noise(_ factor: Double) -> ClassTwin? {
    let columns = 0..<dx
    let blocks = y == nil ? [columns] : [columns, dx..<dx + dy]
    guard let joint = joint.noise(factor, blocks: blocks), let x = joint.marginal(columns) else {
      return nil
    }
    guard y != nil else {
      return ClassTwin(
        joint: joint, x: joint, y: nil, dx: dx, dy: dy, noise: factor, cache: cache,
        threads: threads)
    }
    guard let y = joint.marginal(dx..<dx + dy) else { return nil }
    return ClassTwin(
      joint: joint, x: x, y: y, dx: dx, dy: dy, noise: factor, cache: cache, threads: threads)
  }

  private init(
    joint: ClassGaussians, x: ClassGaussians, y: ClassGaussians?, dx: Int, dy: Int, noise: Double,
    cache: (any NumbersMemo)?, threads: Int
  ) {
    self.joint = joint
    self.x = x
    self.y = y
    self.dx = dx
    self.dy = dy
    self.cache = cache
    self.threads = threads
    let (own, left, right) = (joint, x, y)
    kind = y == nil ? .mixed : .continuous
    id =
      "class-twin-\(joint.shares.count)-\(dx)-\(dy)" + (noise == 1 ? "" : "-noise-\(noise)")
    summary =
      "\(joint.shares.count) Gaussian classes fitted to the data, \(dx) + \(dy) columns"
      + (noise == 1 ? "" : ", \(noise) times their variance")
    let known = cache.numbers(
      .classTwin(version: 1, dx: dx, dy: dy, fittedTo: joint.hash.text)
    ) {
      // In batches, as each holds a matrix for every class.
      let (batches, size) = (20, 2000)
      let ratios = parallelMap(batches, threads: threads) { batch in
        var random = RandomSource(seed: 0x7717, UInt64(batch))
        let (codes, points) = own.sample(size, using: &random)
        return Self.logRatios(codes, points, joint: own, x: left, y: right)
      }.flatMap(\.self)
      let count = Double(ratios.count)
      return [
        ratios.reduce(0, +) / count, 3 * standardDeviation(ratios) / count.squareRoot(),
      ]
    }
    information = Information(nats: known[0])
    informationError = Information(nats: known[1])
  }

  /// Draws rows.
  public func sample(_ count: Int, seed: UInt64) -> SamplePair {
    var random = RandomSource(seed: seed)
    let (codes, points) = joint.sample(count, using: &random)
    let rows = points.transposed
    do throws(EstimatorError) {
      let left = try samples(rows, 0..<dx)
      guard y == nil else {
        return SamplePair(x: .samples(left), y: .samples(try samples(rows, dx..<dx + dy)))
      }
      let names = joint.shares.indices.map { "\($0)" }
      return SamplePair(
        x: .samples(left), y: .labels(try Labels(codes: codes.map(Int32.init), names: names)))
    } catch {
      preconditionFailure("a Gaussian draw is not finite: \(error)")
    }
  }

  /// The exact log density ratio of each row.
  public func pointwise(_ pair: SamplePair) -> [Double]? {
    guard let left = pair.x.samples else { return nil }
    let xPoints = Matrix(rows: left.count, columns: dx, values: left.values)
    if let labels = pair.y.labels {
      return logRatios(labels.codes.map(Int.init), xPoints.transposed)
    }
    guard let right = pair.y.samples else { return nil }
    var rows = Matrix(rows: left.count, columns: dx + dy)
    for i in 0..<left.count {
      for j in 0..<dx { rows[i, j] = left.values[i * dx + j] }
      for j in 0..<dy { rows[i, dx + j] = right.values[i * dy + j] }
    }
    return logRatios([], rows.transposed)
  }

  private func samples(_ rows: Matrix, _ columns: Range<Int>) throws(EstimatorError) -> Samples {
    let block = rows.block(rows: 0..<rows.rows, columns: columns)
    return try Samples(rowMajor: block.values, count: rows.rows, dimension: columns.count)
  }

  private func logRatios(_ codes: [Int], _ points: Matrix) -> [Double] {
    Self.logRatios(codes, points, joint: joint, x: x, y: y)
  }

  /// `points` has a point in each column; `codes` counts only against labels, where y is nil.
  private static func logRatios(
    _ codes: [Int], _ points: Matrix, joint: ClassGaussians, x: ClassGaussians, y: ClassGaussians?
  ) -> [Double] {
    let densities = joint.logDensities(points)
    let mixture = joint.logMixture(densities)
    guard let y else { return codes.indices.map { densities[codes[$0]][$0] - mixture[$0] } }
    let all = 0..<points.columns
    let both = 0..<points.rows
    let (left, right) = (both.prefix(x.dimension), both.suffix(y.dimension))
    let one = x.logMixture(x.logDensities(points.block(rows: left, columns: all)))
    let other = y.logMixture(y.logDensities(points.block(rows: right, columns: all)))
    return mixture.indices.map { mixture[$0] - one[$0] - other[$0] }
  }
}
