// SPDX-License-Identifier: MIT

public import EstimatorAPI

/// One side of the comparison: what the admitted estimators say of one pair of variables.
public struct Side: Sendable, Hashable, Codable {
  /// The pair, in words.
  public let pair: String
  /// The mean of the admitted estimators' calibrated values; nil where none was admitted.
  ///
  /// For labels it is at most their entropy.
  public let information: Information?
  /// The standard deviation between admitted estimators, in nats; nil with fewer than two.
  public let disagreement: Double?
  /// The error of the calibration, in nats: the mean over members, as they share their truths.
  public let calibrationError: Double
  /// Every admission, the refused ones with their reasons.
  public let admissions: [Admission]
  /// What the reader must know.
  public let warnings: [EstimateWarning]
  /// For each subsample of rows, how far the calibrated value moved from its mean, in nats.
  ///
  /// The spread of these, and of their difference between two sides, is the sampling error.
  let deviations: [Double]
}

/// One estimator's part in a side.
struct SideMember {
  let admission: Admission
  let scorecard: Scorecard?
  /// Deviations of the calibrated value over the subsamples; empty where it was refused.
  let deviations: [Double]
}

extension Side {
  /// Combines the members; only admitted ones count.
  init(pair: String, members: [SideMember], labelEntropy: Information?) {
    let admitted = members.filter(\.admission.admitted)
    let values = admitted.compactMap { $0.admission.calibrated?.nats }
    self.pair = pair
    admissions = members.map(\.admission)
    var warnings: [EstimateWarning] = []
    guard !values.isEmpty else {
      information = nil
      disagreement = nil
      calibrationError = 0
      deviations = []
      warnings.append(
        EstimateWarning(
          code: "nothingAdmitted",
          message: "No estimator was admitted for \(pair): "
            + members.compactMap { member in
              member.admission.refusal.map { "\(member.admission.estimator): \($0)" }
            }.joined(separator: " ")))
      self.warnings = warnings
      return
    }
    let mean = values.reduce(0, +) / Double(values.count)
    var information = Information(nats: mean)
    if let entropy = labelEntropy, information > entropy {
      warnings.append(
        EstimateWarning(
          code: "cappedByEntropy",
          message: "The calibrated \(short(mean)) nats for \(pair) exceed the entropy of the "
            + "labels and were set to it, \(short(entropy.nats))."))
      information = entropy
    }
    if values.count == 1 {
      warnings.append(
        EstimateWarning(
          code: "singleFamily",
          message: "Only \(admitted[0].admission.estimator) was admitted for \(pair): no other "
            + "family checks it, and the interval has no term for disagreement."))
    }
    self.information = information
    disagreement = values.count < 2 ? nil : standardDeviation(values)
    calibrationError =
      admitted.compactMap { member in
        guard let scorecard = member.scorecard, let raw = member.admission.raw else { return nil }
        return try? Calibration(scorecard).read(raw).curveError
      }.reduce(0, +) / Double(values.count)
    let subsamples = admitted[0].deviations.count
    deviations = (0..<subsamples).map { index in
      admitted.map { $0.deviations[index] }.reduce(0, +) / Double(admitted.count)
    }
    self.warnings = warnings
  }
}

/// The standard deviation with n - 1 below the line; 0 for one value.
func standardDeviation(_ values: [Double]) -> Double {
  guard values.count > 1 else { return 0 }
  let mean = values.reduce(0, +) / Double(values.count)
  let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
  return (squares / Double(values.count - 1)).squareRoot()
}
