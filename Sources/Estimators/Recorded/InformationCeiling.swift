// SPDX-License-Identifier: MIT

public import EstimatorAPI

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The most that an estimate on given data can truly be, and why.
///
/// - I(x; y) <= min(H(x), H(y)) where a side has an entropy: labels, and numbers that repeat. The
///   entropy is that of the values as they are (plug-in), and believed where values that only one row
///   has are at most a tenth of the rows (Good 1953: the share of the population that was not seen is
///   about that).
/// - n rows in the order of their ranks cannot show more than about ln n: an estimator that reads
///   ranks alone (it claims `monotone` invariance) reports artifacts above. `auto` reads the columns
///   themselves there, and says so (`coordinates`).
///
/// Gaussian estimators of continuous columns have no such ceiling.
public struct InformationCeiling: Sendable, Hashable {
  /// The ceiling, in nats.
  public let nats: Double
  /// What it comes from, for people.
  public let reason: String
  /// What to do instead.
  public let advice: String
  /// Whether it is the entropy of a side, which holds exactly for the values at hand.
  public let isEntropy: Bool

  /// The lowest ceiling that holds for an estimate of these variables; nil where there is none.
  public init?(_ x: Variable, _ y: Variable, estimator: EstimatorDescriptor) {
    var lowest: InformationCeiling?
    for (side, name) in [(x, "x"), (y, "y")] {
      guard let nats = entropyIfSeen(side), nats < lowest?.nats ?? .infinity else { continue }
      lowest = InformationCeiling(
        nats: nats, reason: "the entropy of \(name), whose values repeat",
        advice: "Without -e the estimator follows how the values were recorded; "
          + "--discrete \(name) takes them as labels, mixed-ksg as numbers that repeat.",
        isEntropy: true)
    }
    let ranks = log(Double(min(x.count, y.count)))
    if estimator.traits.invariances.contains(.monotone), ranks < lowest?.nats ?? .infinity {
      lowest = InformationCeiling(
        nats: ranks, reason: "what the ranks of \(x.count) rows can show, ln n",
        advice: "Use more rows, or -e gaussian where the columns are jointly normal.",
        isEntropy: false)
    }
    guard let lowest else { return nil }
    self = lowest
  }

  private init(nats: Double, reason: String, advice: String, isEntropy: Bool) {
    self.nats = nats
    self.reason = reason
    self.advice = advice
    self.isEntropy = isEntropy
  }

  /// Reports an entropy in place of an estimate that lies above it by sampling error, and says so.
  public func lower(_ estimate: inout Estimate, of estimator: EstimatorDescriptor) {
    guard isEntropy, estimate.information.nats > nats, estimate.kind != .upperBound else { return }
    estimate.warnings.append(
      EstimateWarning(
        code: "loweredToEntropy",
        message:
          "Estimator \(estimator.id) says \(rounded(estimate.information.nats)) nats, above by "
          + "sampling error; what is reported is the ceiling of \(rounded(nats)) nats, \(reason)."))
    estimate.diagnostics["natsBeforeCeiling"] = .number(estimate.information.nats)
    estimate.information = Information(nats: nats)
  }

  /// Refuses an estimate that lies above by more than three of its standard errors and 0.05 nats.
  ///
  /// - Throws: `aboveCeiling`.
  public func check(
    _ estimate: Estimate, of estimator: EstimatorDescriptor
  ) throws(EstimatorError) {
    let slack = max(3 * (estimate.standardError?.nats ?? 0), 0.05)
    let found = estimate.information.nats
    let readsColumns = estimate.diagnostics["coordinates"] == .text("columns")
    guard
      found <= nats + slack || estimate.kind == .upperBound || (!isEntropy && readsColumns)
    else {
      throw EstimatorError(
        .aboveCeiling,
        "Estimator \(estimator.id) says \(rounded(found)) nats, which cannot be: the most is "
          + "\(rounded(nats)) nats, \(reason). \(advice)")
    }
  }
}

private func rounded(_ nats: Double) -> String { "\((nats * 1000).rounded() / 1000)" }

/// The entropy of a side in nats where its values repeat so often that practically all were seen.
private func entropyIfSeen(_ variable: Variable) -> Double? {
  let sizes: [Int]
  switch variable {
  case .labels(let labels): sizes = labels.classSizes.filter { $0 > 0 }
  case .samples(let samples):
    guard repeats(samples) else { return nil }
    sizes = rowSizes(samples)
  }
  let n = Double(variable.count)
  let single = sizes.count { $0 == 1 }
  guard Double(single) <= 0.1 * n else { return nil }
  return log(n) - sizes.reduce(0) { $0 + Double($1) * log(Double($1)) } / n
}

/// Whether some of 256 rows spread over all agree: else the values are far too many to have been seen.
private func repeats(_ samples: Samples) -> Bool {
  let step = max(samples.count / 256, 1)
  let d = samples.dimension
  return samples.withUnsafeValues { values in
    var seen: Set<[Double]> = []
    for row in stride(from: 0, to: samples.count, by: step) {
      if !seen.insert(Array(values[row * d..<(row + 1) * d])).inserted { return true }
    }
    return false
  }
}

/// How many rows hold each different row.
private func rowSizes(_ samples: Samples) -> [Int] {
  let d = samples.dimension
  if d == 1 { return ValueRuns(samples.values).counts }
  return samples.withUnsafeValues { values in
    var sizes: [[Double]: Int] = [:]
    for row in 0..<samples.count {
      sizes[values[row * d..<(row + 1) * d].map { $0 + 0 }, default: 0] += 1
    }
    return Array(sizes.values)
  }
}
