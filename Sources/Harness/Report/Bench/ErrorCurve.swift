// SPDX-License-Identifier: MIT

/// The bias and the spread of one estimator along one quantity.
public struct ErrorCurve: Sendable, Hashable {
  /// The estimator's index in the summary.
  public let estimator: Int
  /// The points, by rising position.
  public let points: [Point]

  /// The tasks at one position together.
  public struct Point: Sendable, Hashable {
    /// Rows, nats or dimensions.
    public let position: Double
    /// The number of tasks that gave an estimate.
    public let tasks: Int
    /// The number of tasks that failed, left out of the means.
    public let failedTasks: Int
    /// The mean over tasks of the mean error, in nats.
    public let bias: Double
    /// Half the width of the 95 % band of `bias` over samples, the tasks being fixed: 1.96 standard
    /// errors; nil with one seed.
    public let biasBand: Double?
    /// The root of the mean over tasks of the variance over seeds, in nats; nil with one seed.
    public let sd: Double?
    /// Half the width of the 95 % band of `sd`, by normal theory.
    public let sdBand: Double?
  }

  /// What a curve runs along.
  public enum Axis: String, Sendable, CaseIterable {
    /// The number of rows, over the tasks that the estimator answered at every size: otherwise tasks
    /// that fail from some size on would bend the curve.
    case size
    /// The true mutual information, at the largest size.
    case information
    /// dx + dy, at the largest size.
    case dimension
  }
}

extension BenchSummary {
  /// A curve for each estimator that has trials.
  public func curves(along axis: ErrorCurve.Axis) -> [ErrorCurve] {
    let largest = sizes.last.map { [$0] } ?? []
    return estimators.indices.compactMap { estimator in
      var groups: [Double: PointSums] = [:]
      for n in axis == .size ? sizes : largest {
        for (index, task) in tasks.enumerated() {
          guard let cell = cell(estimator, index, n: n) else { continue }
          if axis == .size, !isAnswered(index, by: estimator) { continue }
          // Truths that agree to 1e-6 nats are one position.
          let position: Double =
            switch axis {
            case .size: Double(n)
            case .information: (task.nats * 1e6).rounded() / 1e6
            case .dimension: Double(task.dx + task.dy)
            }
          groups[position, default: PointSums()].add(cell, truth: task.nats)
        }
      }
      let points = groups.sorted { $0.key < $1.key }.compactMap { $1.point(at: $0) }
      return points.isEmpty ? nil : ErrorCurve(estimator: estimator, points: points)
    }
  }
}

extension BenchSummary {
  /// Whether an estimator has a result on a task at every size.
  private func isAnswered(_ task: Int, by estimator: Int) -> Bool {
    sizes.allSatisfy { cell(estimator, task, n: $0).map { !$0.isFailed } ?? false }
  }
}

/// Sums over the tasks at one position.
private struct PointSums {
  private var biases = Moments()
  private var failedTasks = 0
  private var variance: Double? = 0
  private var biasVariance: Double? = 0
  private var degrees = 0

  mutating func add(_ cell: BenchCell, truth: Double) {
    guard !cell.isFailed else {
      failedTasks += 1
      return
    }
    biases.add(cell.estimates.mean - truth)
    let own = cell.estimates.variance
    variance = variance.flatMap { sum in own.map { sum + $0 } }
    biasVariance = biasVariance.flatMap { sum in
      own.map { sum + $0 / Double(cell.estimates.count) }
    }
    degrees += max(0, cell.estimates.count - 1)
  }

  func point(at position: Double) -> ErrorCurve.Point? {
    guard biases.count > 0 else { return nil }
    let tasks = Double(biases.count)
    let sd = variance.map { ($0 / tasks).squareRoot() }
    return ErrorCurve.Point(
      position: position, tasks: biases.count, failedTasks: failedTasks, bias: biases.mean,
      biasBand: biasVariance.map { 1.96 * $0.squareRoot() / tasks },
      sd: sd,
      // The variance of s is about sigma^2 / (2 degrees of freedom).
      sdBand: sd.map { 1.96 * $0 / (2 * Double(max(degrees, 1))).squareRoot() })
  }
}
