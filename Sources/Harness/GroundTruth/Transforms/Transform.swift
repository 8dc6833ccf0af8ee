// SPDX-License-Identifier: MIT

public import EstimatorAPI

/// An injective map of one side of a pair, row by row: it leaves the mutual information alone.
///
/// It carries its inverse, so that pointwise information is known after it as before.
public struct Transform: Sendable {
  /// The name in task ids and suite files, for example `spiral`.
  public let name: String
  /// The number of columns that `dimension` columns become.
  public let outputDimension: @Sendable (_ dimension: Int) -> Int
  private let forward: @Sendable (_ rows: [Double], _ dimension: Int) -> [Double]
  private let backward: @Sendable (_ rows: [Double], _ dimension: Int) -> [Double]

  /// Creates a transform from two maps of row-major rows.
  ///
  /// - Parameters:
  ///   - name: the name in task ids and suite files.
  ///   - outputDimension: the columns after as a function of the columns before.
  ///   - forward: the map; it gets the columns before.
  ///   - inverse: its inverse on its image; it too gets the number of columns before.
  public init(
    _ name: String, outputDimension: @escaping @Sendable (Int) -> Int = { $0 },
    forward: @escaping @Sendable ([Double], Int) -> [Double],
    inverse: @escaping @Sendable ([Double], Int) -> [Double]
  ) {
    self.name = name
    self.outputDimension = outputDimension
    self.forward = forward
    backward = inverse
  }

  /// Creates a transform that maps every number by the same increasing function.
  public init(
    coordinatewise name: String, forward: @escaping @Sendable (Double) -> Double,
    inverse: @escaping @Sendable (Double) -> Double
  ) {
    self.init(
      name, forward: { rows, _ in rows.map(forward) }, inverse: { rows, _ in rows.map(inverse) })
  }

  /// The image of each row.
  public func apply(_ samples: Samples) -> Samples {
    trusted(
      forward(samples.values, samples.dimension), dimension: outputDimension(samples.dimension))
  }

  /// The row that each row came from; `dimension` is the columns before the transform.
  public func invert(_ samples: Samples, toDimension dimension: Int) -> Samples {
    precondition(
      samples.dimension == outputDimension(dimension),
      "\(name) makes \(outputDimension(dimension)) columns, not \(samples.dimension)")
    return trusted(backward(samples.values, dimension), dimension: dimension)
  }
}
