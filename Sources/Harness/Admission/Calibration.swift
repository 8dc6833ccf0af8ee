// SPDX-License-Identifier: MIT

public import EstimatorAPI

/// The response of an estimator to known information, and its inverse.
///
/// The curve goes through the mean estimates of a scorecard's levels, made monotone by pooling
/// adjacent violators (weighted isotonic regression), and is linear between them. Below its first
/// point it goes on with the slope of the first piece, so that estimates of no information keep
/// scattering to both sides of zero; above its last point it ends.
public struct Calibration: Sendable, Hashable, Codable {
  /// A point of the curve.
  public struct Point: Sendable, Hashable, Codable {
    /// The exact information, in nats.
    public let truth: Double
    /// The monotone mean estimate, in nats.
    public let mean: Double
    /// The standard error of that mean, in nats.
    public let meanError: Double
    /// The standard deviation of one estimate, in nats.
    public let sd: Double
  }

  /// An estimate read through the curve.
  public struct Reading: Sendable, Hashable, Codable {
    /// The calibrated information.
    public let information: Information
    /// The slope of the response there, d estimate / d truth.
    public let slope: Double
    /// The standard deviation of a calibrated estimate at this level, in nats.
    public let sd: Double
    /// The error of the curve itself, carried to the calibrated value, in nats.
    public let curveError: Double
  }

  /// The points, by rising truth.
  public let points: [Point]

  /// A curve through nothing, which refuses everything.
  static let none = Calibration(points: [])

  private init(points: [Point]) { self.points = points }

  /// Fits the curve to a scorecard.
  public init(_ scorecard: Scorecard) {
    let levels = scorecard.levels
    // A level that did not vary at all still must not outweigh the others without limit.
    let floor = 1e-9
    let pooled = isotonic(
      levels.map(\.mean), weights: levels.map { 1 / max($0.biasError * $0.biasError, floor) })
    points = zip(levels, pooled).map { level, mean in
      Point(truth: level.truth.nats, mean: mean, meanError: level.biasError, sd: level.sd)
    }
  }

  /// Why an estimate cannot be read through the curve.
  public enum Refusal: Error, Sendable, Hashable {
    /// Above the mean estimate at the highest level scored.
    case above(top: Double)
    /// More than four standard deviations below the mean estimate at no information.
    case below(bottom: Double)
    /// The response is flat there, so that the estimate says nothing about the truth.
    case flat
  }

  /// The information whose mean estimate is `raw`.
  ///
  /// - Throws: ``Refusal`` where the curve has no answer.
  public func read(_ raw: Information) throws(Refusal) -> Reading {
    guard let first = points.first, let last = points.last, points.count >= 2 else { throw .flat }
    guard raw.nats <= last.mean else { throw .above(top: last.mean) }
    guard raw.nats >= first.mean - 4 * first.sd else { throw .below(bottom: first.mean) }
    let upper = max(1, points.firstIndex { raw.nats <= $0.mean } ?? points.count - 1)
    let (left, right) = (points[upper - 1], points[upper])
    let slope = (right.mean - left.mean) / (right.truth - left.truth)
    guard slope > 0 else { throw .flat }
    let share = (raw.nats - left.mean) / (right.mean - left.mean)
    let inside = min(max(share, 0), 1)
    return Reading(
      information: Information(nats: left.truth + share * (right.truth - left.truth)),
      slope: slope,
      sd: (left.sd + inside * (right.sd - left.sd)) / slope,
      curveError: (left.meanError + inside * (right.meanError - left.meanError)) / slope)
  }
}

/// Weighted isotonic regression by pooling adjacent violators: the rising sequence nearest to
/// `values` in weighted least squares.
func isotonic(_ values: [Double], weights: [Double]) -> [Double] {
  var blocks: [(value: Double, weight: Double, count: Int)] = []
  for (value, weight) in zip(values, weights) {
    blocks.append((value, weight, 1))
    while blocks.count > 1, blocks[blocks.count - 2].value > blocks[blocks.count - 1].value {
      let right = blocks.removeLast()
      let left = blocks.removeLast()
      let weight = left.weight + right.weight
      let value = (left.value * left.weight + right.value * right.weight) / weight
      blocks.append((value, weight, left.count + right.count))
    }
  }
  return blocks.flatMap { Array(repeating: $0.value, count: $0.count) }
}
