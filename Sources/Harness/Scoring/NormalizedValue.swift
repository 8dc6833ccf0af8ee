// SPDX-License-Identifier: MIT

package import EstimatorAPI
import Estimators

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A scale of its own for an information, on request.
package enum Normalization: String, Sendable, Hashable, Codable, CaseIterable {
  /// I / H(y) of labels y: the share of y's entropy that x tells (uncertainty coefficient; Theil 1970,
  /// doi:10.1086/224909).
  case entropyY = "entropy-y"
  /// I / min(H(x), H(y)) of labels on both sides: 1 where one side determines the other.
  case minEntropy = "min-entropy"
  /// sqrt(1 - exp(-2 I)): the correlation of two normal columns that share as much (Linfoot 1957,
  /// doi:10.1016/S0019-9958(57)90116-X).
  case correlation

  /// Reads the name of a scale.
  ///
  /// - Throws: `invalidOption`.
  package init(option: String) throws(EstimatorError) {
    guard let scale = Normalization(rawValue: option) else {
      throw .option(
        "normalize", found: "\"\(option)\"",
        needed: Normalization.allCases.map(\.rawValue).joined(separator: ", "))
    }
    self = scale
  }

  /// What the number is, for people.
  package var formula: String {
    switch self {
    case .entropyY: "I / H(y)"
    case .minEntropy: "I / min(H(x), H(y))"
    case .correlation: "sqrt(1 - exp(-2 I))"
    }
  }
}

/// An information on another scale, with its interval of 95 %.
package struct NormalizedValue: Sendable, Hashable {
  package let scale: Normalization
  /// Nil where there is none: the correlation of a number below 0.
  package private(set) var value: Double?
  /// The lower end of the interval; nil where the estimate has no error.
  package private(set) var low: Double?
  /// The upper end.
  package private(set) var high: Double?

  /// Puts an estimate on a scale.
  ///
  /// The interval is that of the estimate plus and minus 1.96 standard errors; of a share of an entropy by
  /// the delta method, with the error of the entropy: from the rows' terms where there are any, else as if the
  /// two errors were independent. An interval that reaches below 0 nats begins at correlation 0.
  ///
  /// - Throws: `unsupportedKinds` where a side that needs an entropy is no labels, `unsupportedGiven`.
  init(
    _ scale: Normalization, of estimate: Estimate, _ request: EstimationRequest
  ) throws(EstimatorError) {
    self.scale = scale
    let nats = estimate.information.nats
    let error = estimate.standardError?.nats
    guard scale != .correlation else {
      value = nats >= 0 ? Self.correlation(nats) : nil
      high = error.flatMap { nats + 1.96 * $0 >= 0 ? Self.correlation(nats + 1.96 * $0) : nil }
      low = high == nil ? nil : error.map { Self.correlation(max(nats - 1.96 * $0, 0)) }
      return
    }
    guard request.given == nil else {
      throw EstimatorError(
        .unsupportedGiven,
        "The scale \(scale.rawValue) is a share of an entropy, which is another one given a third variable; "
          + "given one take correlation.")
    }
    let needed = scale == .entropyY ? [("y", request.y)] : [("x", request.x), ("y", request.y)]
    var smallest: (nats: Double, terms: [Double])?
    for (name, side) in needed {
      guard let labels = side.labels else {
        throw EstimatorError(
          .unsupportedKinds,
          "The scale \(scale.rawValue) needs the entropy of \(name), which is continuous and has none; take "
            + "it as labels with --discrete, or take correlation.")
      }
      let sizes = labels.classSizes
      let n = Double(labels.count)
      let terms = labels.codes.map { -log(Double(sizes[Int($0)]) / n) }
      let entropy = terms.reduce(0, +) / n
      if entropy < smallest?.nats ?? .infinity { smallest = (entropy, terms) }
    }
    guard let smallest, smallest.nats > 0 else {
      value = nil
      return
    }
    let share = nats / smallest.nats
    value = share
    guard let error else { return }
    let spread: Double
    if let terms = estimate.pointwise, terms.count == smallest.terms.count, terms.count > 1 {
      let rest = zip(terms, smallest.terms).map { $0 - share * $1 }
      // The same allowance for dependent terms that the error of the estimate has.
      let own = meanAndError(terms).error
      spread = meanAndError(rest).error * (own > 0 ? max(error / own, 1) : 1)
    } else {
      let entropyError = share * meanAndError(smallest.terms).error
      spread = (error * error + entropyError * entropyError).squareRoot()
    }
    low = share - 1.96 * spread / smallest.nats
    high = share + 1.96 * spread / smallest.nats
  }

  private static func correlation(_ nats: Double) -> Double { (-expm1(-2 * nats)).squareRoot() }
}
