// SPDX-License-Identifier: MIT

import CGSL

/// A two-sided test of whether a mean differs from zero, or two means from each other.
public struct StudentTest: Sendable, Hashable, Codable {
  /// The mean difference.
  public let difference: Double
  /// The standard error of the difference.
  public let standardError: Double
  /// The degrees of freedom.
  public let degrees: Double
  /// The two-sided p-value.
  public let pValue: Double

  /// The test that the mean of paired differences is zero; nil for fewer than two pairs.
  ///
  /// Differences that are all equal have p-value 1 where they are zero and 0 otherwise.
  public init?(paired differences: [Double]) {
    var moments = Moments()
    for difference in differences { moments.add(difference) }
    self.init(
      difference: moments.mean, variance: moments.errorOfMean.map { $0 * $0 },
      degrees: Double(moments.count - 1))
  }

  /// Welch's test that two independent samples have equal means (doi:10.1093/biomet/34.1-2.28); nil
  /// where one has fewer than two values.
  public init?(of left: Moments, and right: Moments) {
    guard let leftError = left.errorOfMean, let rightError = right.errorOfMean else { return nil }
    let a = leftError * leftError
    let b = rightError * rightError
    let denominator = a * a / Double(left.count - 1) + b * b / Double(right.count - 1)
    self.init(
      difference: right.mean - left.mean, variance: a + b,
      degrees: denominator > 0 ? (a + b) * (a + b) / denominator : 1)
  }

  private init?(difference: Double, variance: Double?, degrees: Double) {
    guard let variance else { return nil }
    self.difference = difference
    self.degrees = degrees
    standardError = variance.squareRoot()
    if variance == 0 {
      pValue = difference == 0 ? 1 : 0
    } else {
      pValue = min(1, 2 * gsl_cdf_tdist_Q(abs(difference) / standardError, degrees))
    }
  }
}
