// SPDX-License-Identifier: MIT

import EstimatorAPI

/// The transforms that a suite file may name, with their parameters.
public enum TransformCatalog {
  struct Entry: Sendable {
    let name: String
    let parameters: [String]
    /// Makes the transform for a side of so many columns.
    let make: @Sendable (ParameterReader, _ dimension: Int) throws -> Transform

    init(
      _ name: String, _ parameters: [String] = [],
      make: @escaping @Sendable (ParameterReader, _ dimension: Int) throws -> Transform
    ) {
      self.name = name
      self.parameters = parameters
      self.make = make
    }
  }

  /// Each transform's name and the names of its parameters.
  public static var names: [(name: String, parameters: [String])] {
    table.map { ($0.name, $0.parameters) }
  }

  static func make(
    _ specification: TransformSpecification, dimension: Int, task: String
  ) throws(EstimatorError) -> Transform {
    guard let entry = table.first(where: { $0.name == specification.name }) else {
      throw .invalidSuite(
        "Task \(task) names the transform \"\(specification.name)\"; there are "
          + table.map(\.name).joined(separator: ", ") + ".")
    }
    let reader = try ParameterReader(
      specification.parameters, known: entry.parameters, owner: "\(entry.name) in task \(task)")
    do {
      return try entry.make(reader, dimension)
    } catch let error as EstimatorError {
      throw error
    } catch {
      throw .invalidSuite("Task \(task): \(error)")
    }
  }

  static let table: [Entry] = [
    Entry("normal-cdf") { _, _ in .normalCDF },
    Entry("half-cube") { _, _ in .halfCube },
    Entry("asinh") { _, _ in .asinh },
    Entry("power", ["exponent"]) { p, _ in .power(try p.number("exponent", above: 0)) },
    Entry("affine", ["scale", "shift"]) { p, _ in
      let scale = try p.number("scale")
      guard scale != 0 else { throw p.wrong("scale", "a number that is not 0") }
      return .affine(scale: scale, shift: try p.number("shift", default: 0))
    },
    Entry("wiggly-x") { _, _ in .wigglyX },
    Entry("wiggly-y") { _, _ in .wigglyY },
    Entry("mixture-quantile", ["weights", "means"]) { p, _ in
      let (weights, means) = (try p.numbers("weights"), try p.numbers("means"))
      let total = weights.reduce(0, +)
      guard weights.allSatisfy({ $0 > 0 }), weights.count == means.count else {
        throw p.wrong("weights", "a positive number for each of the \(means.count) means")
      }
      return .mixtureQuantile(zip(weights, means).map { (weight: $0 / total, mean: $1) })
    },
    Entry("spiral", ["speed", "plane"]) { p, dimension in
      .spiral(speed: try p.number("speed"), plane: try p.plane("plane", dimension: dimension))
    },
    Entry("rotation", ["angle", "plane"]) { p, dimension in
      .rotation(angle: try p.number("angle"), plane: try p.plane("plane", dimension: dimension))
    },
    Entry("wave", ["amplitude", "frequency"]) { p, dimension in
      guard dimension >= 2 else {
        throw EstimatorError.invalidSuite(
          "\(p.owner) takes a side of two or more columns, not of one.")
      }
      return .wave(amplitude: try p.number("amplitude"), frequency: try p.number("frequency"))
    },
    Entry("columns", ["scales", "shifts"]) { p, dimension in
      let (scales, shifts) = (try p.numbers("scales"), try p.numbers("shifts"))
      guard scales.count == dimension, scales.allSatisfy({ $0 != 0 }) else {
        throw p.wrong("scales", "\(dimension) numbers that are not 0")
      }
      guard shifts.count == dimension else { throw p.wrong("shifts", "\(dimension) numbers") }
      return .columns(scales: scales, shifts: shifts)
    },
    Entry("swiss-roll") { p, dimension in
      guard dimension == 1 else {
        throw EstimatorError.invalidSuite(
          "\(p.owner) takes a side of one column, not of \(dimension).")
      }
      return .swissRoll
    },
    Entry("embedding", ["into", "seed"]) { p, dimension in
      .embedding(
        into: try p.integer("into", dimension...100_000),
        seed: UInt64(try p.integer("seed", 0...Int.max, default: 0)))
    },
  ]
}
