// SPDX-License-Identifier: MIT

import EstimatorAPI

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

// Each check changes a pair in a way that the traits claim to leave the number alone, and compares
// at 1e-6. Where more than one column is accepted the pair has two columns per side.
extension ConformanceCheck {
  static let swap = invariance(
    .swap, "swap", "Exchanging x and y changes nothing.", isQuick: true
  ) { pair in pair.swapped }

  static let rowOrder = invariance(
    .rowOrder, "rowOrder", "Permuting the rows of both sides together changes nothing.",
    isQuick: true
  ) { pair in
    var noise = ConformanceNoise(seed: 81)
    return pair.selecting(rows: noise.permutation(pair.x.count))
  }

  static let shift = invariance(
    .shift, "shift", "Adding a constant to a column changes nothing."
  ) { pair throws(EstimatorError) in
    try pair.mapping(
      x: { value, column in value + 5 - 3 * Double(column) }, y: { value, _ in value - 7 })
  }

  static let jointScale = invariance(
    .jointScale, "jointScale", "Multiplying all columns by one positive constant changes nothing."
  ) { pair throws(EstimatorError) in
    try pair.mapping(x: { value, _ in 16 * value }, y: { value, _ in 16 * value })
  }

  static let scale = invariance(
    .scale, "scale", "Multiplying any one column by a positive constant changes nothing."
  ) { pair throws(EstimatorError) in
    try pair.mapping(
      x: { value, column in column == 0 ? 10 * value : value }, y: { value, _ in 0.03 * value })
  }

  static let monotone = invariance(
    .monotone, "monotone", "An increasing function of any one column changes nothing."
  ) { pair throws(EstimatorError) in
    try pair.mapping(
      x: { value, column in column == 0 ? value * value * value : value },
      y: { value, _ in exp(value) })
  }

  static let linear = invariance(
    .linear, "linear", "An invertible linear map within x or within y changes nothing."
  ) { pair throws(EstimatorError) in
    KnownPair(x: try sheared(pair.x), y: try sheared(pair.y), truth: pair.truth)
  }

  static let relabel = invariance(
    .relabel, "relabel", "Renaming and reordering the classes changes nothing."
  ) { pair throws(EstimatorError) in try pair.relabeled() }

  static let labelCodes = ConformanceCheck(
    "labelCodes", "Class codes are names: other codes for the same classes change little.",
    when: .labels
  ) { subject throws(EstimatorError) in
    try subject.forEachKind(of: [.mixed, .discrete]) { kind throws(EstimatorError) in
      let pair = try KnownPair.draw(kind, strength: 0.9, rows: subject.rows, seed: 83)
      let before = try subject.nats(pair)
      let after = try subject.nats(pair.relabeled(extra: 5))
      return .when(
        abs(after - before) <= 0.05,
        "\(kind.rawValue): \(text(before)) and \(text(after)) under other codes")
    }
  }

  private static func invariance(
    _ invariance: Invariance, _ name: String, _ claim: String, isQuick: Bool = false,
    _ change: @escaping @Sendable (KnownPair) throws(EstimatorError) -> KnownPair
  ) -> ConformanceCheck {
    ConformanceCheck(
      name, claim, isQuick: isQuick, when: .claims(invariance)
    ) { subject throws(EstimatorError) in
      try subject.forEachKind { kind throws(EstimatorError) in
        let dimension = subject.accepts(dimension: 4) ? 2 : 1
        let pair = try KnownPair.draw(
          kind, strength: 0.7, rows: subject.rows, dimension: dimension, seed: 82)
        return try subject.compare(pair, with: change(pair), name)
      }
    }
  }

  /// (a, b) becomes (2a + b, a - b); one column is multiplied by -3, also a linear map.
  private static func sheared(_ variable: Variable) throws(EstimatorError) -> Variable {
    guard let samples = variable.samples else { return variable }
    var values = samples.values
    if samples.dimension == 1 {
      values = values.map { -3 * $0 }
    } else {
      for row in stride(from: 0, to: values.count, by: samples.dimension) {
        (values[row], values[row + 1]) = (
          2 * values[row] + values[row + 1], values[row] - values[row + 1]
        )
      }
    }
    return .samples(
      try Samples(rowMajor: values, count: samples.count, dimension: samples.dimension))
  }
}
