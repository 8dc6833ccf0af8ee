// SPDX-License-Identifier: MIT

import CGSL
import Estimators

/// The mean of paired differences over random splits of one data set, with an interval that knows
/// that the splits share rows.
///
/// Differences of J splits with test share n2 and training share n1 are correlated; the variance of
/// their mean is taken as (1/J + n2/n1) times their variance, with J - 1 degrees of freedom (Nadeau
/// and Bengio 2003, doi:10.1023/A:1024068626366). Without the second term an interval shrinks to
/// nothing as splits are added to the same data.
public struct ResampledDifference: Sendable, Hashable, Codable {
  /// The mean difference.
  public let mean: Double
  /// Its standard error.
  public let standardError: Double
  /// The ends of the interval at two-sided level 1 - 2 alpha.
  public let interval: [Double]
  /// The p-value of "not above zero".
  public let pAbove: Double
  /// The p-value of "not below zero".
  public let pBelow: Double

  /// True where the whole interval is above zero.
  public var isAbove: Bool { interval[0] > 0 }
  /// True where the whole interval is below zero.
  public var isBelow: Bool { interval[1] < 0 }

  /// Measures differences, at least two, one per split.
  ///
  /// - Parameters:
  ///   - differences: one per split.
  ///   - testRows: rows tested on in a split.
  ///   - trainingRows: rows left for training in a split.
  ///   - alpha: the one-sided level.
  public init(_ differences: [Double], testRows: Int, trainingRows: Int, alpha: Double) {
    precondition(differences.count >= 2, "an interval of \(differences.count) splits")
    _ = quietGSL
    var moments = Moments()
    for difference in differences { moments.add(difference) }
    let count = Double(differences.count)
    let factor = 1 / count + Double(testRows) / Double(trainingRows)
    mean = moments.mean
    standardError = ((moments.variance ?? 0) * factor).squareRoot()
    let reach = gsl_cdf_tdist_Qinv(alpha, count - 1) * standardError
    interval = [mean - reach, mean + reach]
    if standardError > 0 {
      pAbove = gsl_cdf_tdist_Q(mean / standardError, count - 1)
      pBelow = gsl_cdf_tdist_P(mean / standardError, count - 1)
    } else {
      pAbove = mean > 0 ? 0 : 1
      pBelow = mean < 0 ? 0 : 1
    }
  }
}
