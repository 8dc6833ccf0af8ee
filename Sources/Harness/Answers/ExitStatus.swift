// SPDX-License-Identifier: MIT

package import EstimatorAPI

extension EstimatorError.Code {
  /// An option has a value that it cannot have.
  package static let invalidOption = Self(rawValue: "invalidOption")

  /// 64 wrong usage, 65 bad data, 70 an estimator failed, 75 cancelled, 130 interrupted.
  package var exitStatus: Int32 {
    switch self {
    case Self(rawValue: "pluginNotFound"), Self(rawValue: "pluginUntrusted"), .invalidOption,
      .unknownEstimator, .duplicateEstimator, .unknownParameter, .invalidParameter,
      .unsupportedKinds, .unsupportedGiven, .unsupportedGroups, .unknownSuite, .unknownTask:
      64
    case .tooFewSamples, .dimensionOutOfRange, .shapeMismatch, .rowsDiffer, .nonFinite,
      .invalidLabel, .identifier, .constantColumn, .singularCovariance, .classTooSmall,
      .invalidSuite:
      65
    case .cancelled: 75
    case .interrupted: 130
    default: 70
    }
  }
}
