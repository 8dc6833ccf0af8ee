// SPDX-License-Identifier: MIT

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

  let entropies: [Entropy]
  let discrete: [Discrete]
  let binned: [Binned]

  static let shared: BinningGolden = {
    do {
      return try goldenJSON("binning/golden.json", as: BinningGolden.self)
    } catch {
      preconditionFailure("no golden values: \(error)")
    }
  }()
}
