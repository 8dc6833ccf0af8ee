// SPDX-License-Identifier: MIT

public import EstimatorAPI

/// One side of the comparison: the evidence of the admitted estimators on one pair of variables.
public struct Side: Sendable, Hashable, Codable {
  /// The pair, in words.
  public let pair: String
  /// The number of rows.
  public let n: Int
  /// The mean of the admitted estimators' corrected values, weighted by the inverse squares of their
  /// errors; nil where none was admitted.
  ///
  /// For labels it is at most their entropy.
  public let information: Information?
  /// The weighted standard deviation between admitted estimators, in nats; nil with fewer than two.
  public let disagreement: Double?
  /// The error of the calibration, in nats: the weighted mean over members, as they share truths.
  public let calibrationError: Double
  /// Whether the two views share anything beyond their labels; nil where that was not tested.
  public let pairing: LabelPairing?
  /// Every admission, the refused ones with their reasons.
  public let admissions: [Admission]
  /// What the reader must know.
  public let warnings: [EstimateWarning]
  /// For each subsample of rows, how far the calibrated value moved from its mean, in nats.
  ///
  /// The spread of these, and of their difference between two sides, is the sampling error.
  let deviations: [Double]

  /// The error of ``information`` by sampling, calibration and disagreement together; nil if ``information`` is nil.
  func standardError(_ varianceScale: Double) -> Information? {
    information.map { _ in
      Information(
        nats: norm(
          standardDeviation(deviations) * varianceScale.squareRoot(), calibrationError,
          disagreement ?? 0))
    }
  }
}

extension Side {
  /// The side with the errors of a contrast, as teachers are ranked by their gaps.
  func ranked(_ contrast: Contrast) -> Side {
    Side(
      pair: pair, n: n, information: contrast.gap, disagreement: contrast.disagreement,
      calibrationError: contrast.calibrationError, pairing: pairing, admissions: admissions,
      warnings: warnings, deviations: contrast.deviations)
  }
}

/// One estimator's part in a side.
struct SideMember {
  let estimator: any MutualInformationEstimator
  /// Runs it on draws of the pair's rows.
  let runner: DataRunner
  let admission: Admission
  /// Deviations of the calibrated value over the subsamples; empty where it was refused.
  let deviations: [Double]
  /// The standard deviation of the calibrated value by sampling, in nats; 0 where it was refused.
  let samplingError: Double

  /// The error of the corrected value by sampling and calibration together, in nats.
  var error: Double { max(norm(samplingError, admission.calibrationError ?? 0), 1e-6) }
}

extension Side {
  /// Combines the members; only admitted ones count.
  init(
    pair: String, n: Int, members: [SideMember], labelEntropy: Information?,
    pairing: LabelPairing? = nil
  ) {
    let admitted = members.filter(\.admission.admitted)
    let values = admitted.compactMap { $0.admission.corrected?.nats }
    self.pair = pair
    self.n = n
    self.pairing = pairing
    admissions = members.map(\.admission)
    var warnings: [EstimateWarning] = []
    if let pairing, pairing.nothingBeyondLabels {
      warnings.append(
        EstimateWarning(
          code: "pairedByLabelOnly",
          message: "Within the classes \(pair) is no larger than on shuffled rows (p = "
            + "\(short(pairing.pValue)), \(pairing.estimator)): the views may be paired by label "
            + "alone, and then I(T; S) <= I(S; Y) exactly and distill is impossible."))
    }
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
    let errors = admitted.map { $0.admission.calibrationError ?? 0 }
    let precisions = admitted.map { 1 / ($0.error * $0.error) }
    let weights = precisions.map { $0 / precisions.reduce(0, +) }
    func mean(_ numbers: [Double]) -> Double {
      zip(weights, numbers).reduce(0) { $0 + $1.0 * $1.1 }
    }
    let center = mean(values)
    var information = Information(nats: center)
    if let entropy = labelEntropy, information > entropy {
      warnings.append(
        EstimateWarning(
          code: "cappedByEntropy",
          message: "The calibrated \(short(center)) nats for \(pair) exceed the entropy of the "
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
    let count = Double(values.count)
    let spread = mean(values.map { ($0 - center) * ($0 - center) }) * count / max(count - 1, 1)
    disagreement = values.count < 2 ? nil : spread.squareRoot()
    calibrationError = mean(errors)
    deviations = admitted[0].deviations.indices.map { index in
      mean(admitted.map { $0.deviations[index] })
    }
    self.warnings = warnings
  }
}
