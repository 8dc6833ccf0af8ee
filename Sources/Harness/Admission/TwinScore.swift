// SPDX-License-Identifier: MIT

public import EstimatorAPI

/// How an estimator, read through its calibration curve, did on the twin of the data.
public struct TwinScore: Sendable, Hashable, Codable {
  /// The twin's mutual information.
  public let truth: Information
  /// The stated error of that.
  public let truthError: Information
  /// The trials.
  public let replicates: Int
  /// The trials without a number, or with one off the curve.
  public let failures: Int
  /// The mean calibrated estimate in nats; nil where no trial could be read.
  public let mean: Double?
  /// The standard error of that mean, in nats; nil if ``mean`` is nil.
  public let meanError: Double?

  /// The mean calibrated estimate minus the truth, in nats; nil where there is none.
  public var bias: Double? { mean.map { $0 - truth.nats } }

  /// Estimates on a distribution fitted to the data, of which `replicates` were tried.
  init(_ values: [Double], replicates: Int, truth: Information, truthError: Information) {
    self.truth = truth
    self.truthError = truthError
    self.replicates = replicates
    failures = replicates - values.count
    mean = values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
    meanError =
      values.isEmpty ? nil : standardDeviation(values) / Double(values.count).squareRoot()
  }

  /// Reads trials on the twin through a curve.
  public init(_ trials: [Trial], on twin: any GroundTruth, through curve: Calibration) {
    let values = trials.compactMap { trial in
      trial.estimate.flatMap { try? curve.read($0.information).information.nats }
    }
    self.init(
      values, replicates: trials.count, truth: twin.information, truthError: twin.informationError)
  }
}
