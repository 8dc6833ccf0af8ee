// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators

/// Golden/binning/golden.json, made by make.py beside it from NumPy, SciPy and scikit-learn.
struct BinningGolden: Decodable {
  struct Entropy: Decodable {
    let counts: [Int]
    let alphabet: Double
    let nats: [String: Double]
  }

  struct Discrete: Decodable {
    let x: [Int]
    let y: [Int]
    let nats: Double
    let shuffledNats: Double
    let standardErrorNats: Double
  }

  struct Binned: Decodable, CustomStringConvertible {
    let kind: String
    let bins: Int
    let dx: Int
    let dy: Int
    let x: [Double]
    let y: [Double]
    let labels: [Int]
    let equalWidth: Double
    let equalMass: Double
    let equalWidthLabels: Double
    let equalMassLabels: Double

    enum CodingKeys: String, CodingKey {
      case kind, bins, dx, dy, x, y, labels
      case equalWidth = "equal-width"
      case equalMass = "equal-mass"
      case equalWidthLabels = "equal-width-labels"
      case equalMassLabels = "equal-mass-labels"
    }

    var description: String { "\(kind) \(dx)+\(dy)" }
  }

  struct Pair: Decodable, CustomStringConvertible {
    let kind: String
    let x: [Double]
    let y: [Double]
    /// Order, bins and nats of each.
    let bspline: [[Double]]
    let darbellayVajda: Double

    var description: String { kind }

    func request() throws -> EstimationRequest {
      try EstimationRequest(x: .samples(Samples(x)), y: .samples(Samples(y)))
    }
  }

  let entropies: [Entropy]
  let discrete: [Discrete]
  let binned: [Binned]
  let pairs: [Pair]

  static let shared: BinningGolden = {
    do {
      return try goldenJSON("binning/golden.json", as: BinningGolden.self)
    } catch {
      preconditionFailure("no golden values: \(error)")
    }
  }()
}

/// A normal pair of one dimension each, with correlation rho: -ln(1 - rho^2) / 2 nats.
func gaussianPair(_ rho: Double, n: Int, seed: UInt64) throws -> EstimationRequest {
  var random = RandomSource(seed: testSeed(seed), 77)
  let x = random.normals(n)
  let y = x.map { rho * $0 + (1 - rho * rho).squareRoot() * random.normal() }
  return try EstimationRequest(x: .samples(Samples(x)), y: .samples(Samples(y)))
}
