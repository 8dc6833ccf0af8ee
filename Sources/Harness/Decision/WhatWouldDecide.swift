// SPDX-License-Identifier: MIT

import EstimatorAPI

extension CCHDecision {
  /// What would decide an undecided gap, in a sentence; nil where there is a verdict or no gap.
  public var whatWouldDecide: String? {
    guard verdict == .undecided, let gap, let error, let gapInterval else { return nil }
    if let rowsNeeded { return "a gap of this size needs about \(rowsNeeded) rows." }
    if gapInterval.allSatisfy({ abs($0) < Self.hardlyMatters }) {
      return
        "the gap lies between \(short(gapInterval[0])) and \(short(gapInterval[1])) nats; whichever "
        + "sign it has, it hardly matters."
    }
    if error.disagreement >= error.calibration {
      return
        "more rows alone would not decide it: families of estimators differ by "
        + "\(short(error.disagreement)) nats. Name others (-e), or compare fewer columns (--represent "
        + "pca=K); a gap of \(short(gap.nats)) nats may also hardly matter."
    }
    return
      "more rows alone would not decide it: the error of calibration is \(short(error.calibration)) "
      + "nats. Compare fewer columns (--represent logits or pca=K)."
  }

  /// The gap up to which the sign is of no consequence, in nats.
  private static let hardlyMatters = 0.1
}
