// SPDX-License-Identifier: MIT

import EstimatorAPI

/// The distributions that a suite file may name, with their parameters.
public enum DistributionCatalog {
  /// One distribution: its name and its parameters' names.
  struct Entry: Sendable {
    let name: String
    let parameters: [String]
    let make: @Sendable (ParameterReader, _ id: String) throws -> any GroundTruth

    init(
      _ name: String, _ parameters: [String],
      make: @escaping @Sendable (ParameterReader, _ id: String) throws -> any GroundTruth
    ) {
      self.name = name
      self.parameters = parameters
      self.make = make
    }
  }

  /// Each distribution's name and the names of its parameters.
  public static var names: [(name: String, parameters: [String])] {
    table.map { ($0.name, $0.parameters) }
  }

  static func make(
    _ name: String, _ parameters: SpecifiedParameters, task: String
  ) throws(EstimatorError) -> any GroundTruth {
    guard let entry = table.first(where: { $0.name == name }) else {
      throw .invalidSuite(
        "Task \(task) names the distribution \"\(name)\"; there are "
          + table.map(\.name).joined(separator: ", ") + ".")
    }
    let reader = try ParameterReader(
      parameters, known: entry.parameters, owner: "\(name) in task \(task)")
    do {
      return try entry.make(reader, task)
    } catch let error as EstimatorError {
      // A distribution's own refusal does not know the task.
      throw error.code == .invalidSuite
        ? error : .invalidSuite("Task \(task): \(error.description)")
    } catch {
      throw .invalidSuite("Task \(task): \(error)")
    }
  }

  static let table: [Entry] = [
    Entry("gaussian", ["dx", "dy", "nats", "mixing"]) { p, _ in
      GaussianTruth(
        dx: try p.integer("dx"), dy: try p.integer("dy"), information: try p.nats(),
        mixing: UInt64(try p.integer("mixing", 0...Int.max, default: 0)))
    },
    Entry("normal", ["dx", "dy", "covariance"]) { p, id in
      try JointNormal(
        id: id, summary: "Gaussian of a given covariance", dx: try p.integer("dx"),
        dy: try p.integer("dy"), covariance: try p.rows("covariance"))
    },
    Entry("two-pair", ["dx", "dy", "correlation"]) { p, id in
      let (dx, dy) = (try p.integer("dx", 2...10_000), try p.integer("dy", 2...10_000))
      let correlation = try p.number("correlation", above: -1, atMost: 1 - 1e-12)
      return JointNormal(
        id: id, summary: "Multinormal \(dx) x \(dy) (2-pair)",
        shape: Correlations.pairs(dx, dy, 2, correlation))
    },
    Entry("student", ["dx", "dy", "dispersion", "dof"]) { p, id in
      let (dx, dy) = (try p.integer("dx"), try p.integer("dy"))
      let dof = try p.integer("dof")
      let summary = "Student-t \(dx) x \(dy) (dof=\(dof))"
      guard p.values["dispersion"] != nil else {
        return JointStudent(
          id: id, summary: summary, shape: Correlations.identity(dx, dy), dof: dof)
      }
      return try JointStudent(
        id: id, summary: summary, dx: dx, dy: dy, dispersion: try p.rows("dispersion"), dof: dof)
    },
    Entry("additive-uniform", ["epsilon"]) { p, _ in
      AdditiveUniform(epsilon: try p.number("epsilon", above: 0))
    },
    Entry("normal-mixture", ["dx", "dy", "components"]) { p, id in
      let components = try p.components("components")
      return try NormalMixture(
        id: id, summary: "Mixture of \(components.count) Gaussians", dx: try p.integer("dx"),
        dy: try p.integer("dy"), components: components)
    },
    Entry("contaminated", ["dx", "dy", "correlation", "share", "noiseVariance"]) { p, _ in
      let (dx, dy) = (try p.integer("dx", 2...10_000), try p.integer("dy", 2...10_000))
      let variance = try p.number("noiseVariance", above: 0, default: 1)
      guard dy == 2 || variance == 1 else { throw p.wrong("noiseVariance", "1 where dy is not 2") }
      return ContaminatedPairs(
        dx: dx, dy: dy, correlation: try p.number("correlation", above: -1, atMost: 1 - 1e-12),
        share: try p.number("share", above: 0, atMost: 1 - 1e-12), noiseVariance: variance)
    },
    Entry("concentric", ["dimension", "classes", "labeled"]) { p, _ in
      ConcentricGaussians(
        dimension: try p.integer("dimension"), classCount: try p.integer("classes", 2...1000),
        labeled: try p.flag("labeled", default: false))
    },
    Entry("gaussian-mixture", ["dimension", "proportions", "nats", "wrongShare"]) { p, _ in
      let mixture = try GaussianMixtureTruth(
        dimension: try p.integer("dimension"), classProportions: try p.numbers("proportions"),
        information: try p.nats())
      guard p.values["wrongShare"] != nil else { return mixture }
      return NoisyLabels(
        mixture, wrongShare: try p.number("wrongShare", above: 0, atMost: 1))
    },
    Entry("latent", ["rank", "dx", "dy", "nats", "noise"]) { p, _ in
      let (dx, dy) = (try p.integer("dx"), try p.integer("dy"))
      return LatentGaussian(
        rank: try p.integer("rank", 1...min(dx, dy)), dx: dx, dy: dy, information: try p.nats(),
        noise: try p.number("noise", above: 0, default: 0.1))
    },
    Entry("uniform-mixture", ["classes", "labeled"]) { p, _ in
      UniformMixture(
        classCount: try p.integer("classes", 2...100_000),
        labeled: try p.flag("labeled", default: false))
    },
    Entry("zero-inflated-poisson", ["inflation"]) { p, _ in
      let inflation = try p.number("inflation")
      guard inflation >= 0, inflation < 1 else {
        throw p.wrong("inflation", "a number from 0 to below 1")
      }
      return ZeroInflatedPoisson(inflation: inflation)
    },
    Entry("table", ["weights"]) { p, id in
      try JointTable(id: id, summary: "Table of labels", weights: try p.rows("weights"))
    },
  ]
}
