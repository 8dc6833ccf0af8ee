// SPDX-License-Identifier: MIT

import EstimatorAPI
import Foundation

/// An estimator made of a closure, so that a planted bug is one line.
struct ToyEstimator: MutualInformationEstimator {
  var descriptor: EstimatorDescriptor
  var body: @Sendable (EstimationRequest) throws(EstimatorError) -> Estimate

  func estimate(_ request: EstimationRequest) throws(EstimatorError) -> Estimate {
    try body(request)
  }

  /// Gaussian information of up to two columns a side; passes every check it claims.
  static let gaussian = ToyEstimator(
    descriptor: descriptor(
      EstimatorTraits(
        kinds: [.continuous], minimumSamples: 8, maximumDimension: 8,
        invariances: [.swap, .rowOrder, .shift, .jointScale, .scale, .linear],
        resampling: [.subsampling, .pairBootstrap]))
  ) { request throws(EstimatorError) in
    try toyDescriptor.checkAccepts(request)
    let (x, y) = try request.continuousPair(for: toyDescriptor)
    return Estimate(Information(nats: try gaussianNats(x, y)))
  }

  /// Plug-in information of labels, minus its first-order bias (Miller and Madow).
  static let discrete = ToyEstimator(
    descriptor: descriptor(
      EstimatorTraits(
        kinds: [.discrete], minimumSamples: 2, invariances: [.swap, .rowOrder, .relabel]))
  ) { request throws(EstimatorError) in
    try discreteDescriptor.checkAccepts(request)
    guard let x = request.x.labels, let y = request.y.labels else {
      throw .unsupportedKinds(request.kind, discreteDescriptor)
    }
    return Estimate(Information(nats: discreteNats(x.codes, y.codes)))
  }

  static func descriptor(_ traits: EstimatorTraits) -> EstimatorDescriptor {
    EstimatorDescriptor(
      id: "toy", version: "1", summary: "a toy", reference: "none", traits: traits)
  }

  private static let toyDescriptor = descriptor(
    EstimatorTraits(kinds: [.continuous], minimumSamples: 8, maximumDimension: 8))
  private static let discreteDescriptor = descriptor(
    EstimatorTraits(kinds: [.discrete], minimumSamples: 2))

  /// The same estimator with its traits changed.
  func claiming(_ change: (inout EstimatorTraits) -> Void) -> ToyEstimator {
    var traits = descriptor.traits
    change(&traits)
    return ToyEstimator(descriptor: Self.descriptor(traits), body: body)
  }

  /// The same estimator with its result changed.
  func with(
    _ change: @escaping @Sendable (Double, EstimationRequest) throws(EstimatorError) -> Double
  ) -> ToyEstimator {
    let body = body
    return ToyEstimator(descriptor: descriptor) { request throws(EstimatorError) in
      var estimate = try body(request)
      estimate.information = Information(
        nats: try change(estimate.information.nats, request))
      return estimate
    }
  }
}

/// -1/2 ln(det S / (det Sx det Sy)), by elimination.
func gaussianNats(_ x: Samples, _ y: Samples) throws(EstimatorError) -> Double {
  let columns =
    (0..<x.dimension).map { x.column($0) } + (0..<y.dimension).map { y.column($0) }
  let centered = columns.map { column in
    let mean = column.reduce(0, +) / Double(column.count)
    return column.map { $0 - mean }
  }
  let covariance = centered.map { a in
    centered.map { b in zip(a, b).map(*).reduce(0, +) / Double(x.count) }
  }
  for (index, row) in covariance.enumerated() where row[index] == 0 {
    throw .constantColumn(side: "x", column: index, value: columns[index][0])
  }
  func logDeterminant(_ range: Range<Int>) -> Double {
    var matrix = range.map { Array(covariance[$0][range]) }
    var sum = 0.0
    for pivot in matrix.indices {
      sum += log(matrix[pivot][pivot])
      for row in matrix.indices where row > pivot {
        let factor = matrix[row][pivot] / matrix[pivot][pivot]
        for column in matrix.indices { matrix[row][column] -= factor * matrix[pivot][column] }
      }
    }
    return sum
  }
  let dx = x.dimension
  let nats =
    0.5 * (logDeterminant(0..<dx) + logDeterminant(dx..<columns.count))
    - 0.5 * logDeterminant(0..<columns.count)
  // The first-order bias dx dy / 2n.
  return nats - Double(dx * (columns.count - dx)) / Double(2 * x.count)
}

func discreteNats(_ x: [Int32], _ y: [Int32]) -> Double {
  func entropy<Key: Hashable & Comparable>(_ keys: [Key]) -> Double {
    let counts = Dictionary(keys.map { ($0, 1.0) }, uniquingKeysWith: +)
    let n = Double(keys.count)
    // Summed by size, so that neither names nor hashing change the rounding.
    let sum = counts.values.sorted().reduce(0) { $0 - $1 / n * log($1 / n) }
    return sum + Double(counts.count - 1) / (2 * n)
  }
  return entropy(x) + entropy(y) - entropy(zip(x, y).map { Int64($0) << 32 | Int64($1) })
}
