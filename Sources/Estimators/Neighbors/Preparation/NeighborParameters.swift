// SPDX-License-Identifier: MIT

import EstimatorAPI

/// The parameters that every neighbor estimator takes.
enum NeighborParameters {
  static let k = ParameterSpecification(
    "k", .integers(1...Int.max), default: .integers([3]),
    meaning: "neighbors; several, as in 3,5,10, give the mean of the estimates from one search")
  static let jitter = ParameterSpecification(
    "jitter", .number(0...1), default: .number(0),
    meaning: "half-width of uniform noise, in standard deviations of the column; 0 adds none")
  static let scale = ParameterSpecification(
    "scale", .choice(["none", "standardize"]), default: .text("none"),
    meaning: "standardize divides each column by its standard deviation first")

  static let theiler = ParameterSpecification(
    "theiler", .integer(0...1_000_000_000), default: .integer(0),
    meaning: "for rows in time: rows at most this far apart are no neighbors; by all pairs, O(n^2)")

  static let all = [k, jitter, scale, TieRule.parameter, theiler]

  /// The values of k in ascending order.
  ///
  /// - Throws: `invalidParameter` where a value stands twice.
  static func neighbors(
    _ parameters: ParameterValues, estimator: String
  ) throws(EstimatorError) -> [Int] {
    let ks = try parameters.integers("k").sorted()
    guard Set(ks).count == ks.count else {
      throw .invalidParameter(
        "k", found: try parameters.integers("k").map(String.init).joined(separator: ","),
        needed: "different whole numbers", estimator: estimator)
    }
    return ks
  }

  /// The rows around each row that are no neighbors of it; 0 where an estimator has no such window.
  static func theilerWindow(_ parameters: ParameterValues) throws(EstimatorError) -> Int {
    try parameters.values["theiler"] == nil ? 0 : parameters.integer("theiler")
  }

  /// What the parameters and the tie rule did to the data, for the diagnostics.
  static func diagnostics(
    _ parameters: ParameterValues, ks: [Int], spread: [TiedColumn] = []
  ) throws(EstimatorError) -> [String: DiagnosticValue] {
    var own: [String: DiagnosticValue] = [
      "k": .numbers(ks.map(Double.init)),
      "jitter": .number(try parameters.number("jitter")),
      "scale": .text(try parameters.text("scale")),
    ]
    let window = try theilerWindow(parameters)
    if window > 0 { own["theiler"] = .integer(window) }
    return own.merging(spread.diagnostics) { _, new in new }
  }
}

extension Int {
  /// The next number; the largest has none and stays.
  var oneMore: Int { self < .max ? self + 1 : self }
}
