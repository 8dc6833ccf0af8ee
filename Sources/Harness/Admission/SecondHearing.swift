// SPDX-License-Identifier: MIT

public import EstimatorAPI

extension AdmissionRule {
  /// Judges an estimate by truths fitted to the data, after those of the regime refused it.
  ///
  /// A jointly Gaussian ladder has one shape at every level; data in clusters have another, and there
  /// an estimator's response may be steep where on Gaussians it is flat, and the other way round. The
  /// twins of the data at several levels of noise have the data's shape. Their curve is held to the same
  /// thresholds (independence, range, response, bias, error), and the estimate is read through it.
  ///
  /// Half of the whole correction counts as error, since the twins are only like the data.
  ///
  /// - Parameters:
  ///   - raw: the number on the data.
  ///   - scorecard: that of the estimator on the twins.
  ///   - first: what was found on the truths of the regime.
  ///   - twin: trials on the twin at the data's own noise, read through the twins' curve.
  /// - Returns: the admission on the twins where it passed; else the first one, with the check that
  ///   failed on the twins added.
  public func judge(
    _ raw: Information, onTwins scorecard: Scorecard, after first: Admission, twin: TwinScore
  ) -> Admission {
    var judge = Judge()
    if let zero = scorecard.levels.first, zero.truth == .zero {
      judge.atMost(
        .independenceOnTwins, abs(zero.mean), independence,
        "mean on the data's twin with rows unpaired, nats")
    }
    let reading = judge.reading(raw, Calibration(scorecard), by: self)
    let onTwins = judge.checks.map { check in
      Admission.Check(
        rule: check.rule, found: check.found, threshold: check.threshold, passed: check.passed,
        reason: "On twins of the data: \(check.reason)")
    }
    guard let reading, onTwins.allSatisfy(\.passed) else {
      return first.adding(onTwins.filter { !$0.passed })
    }
    let kept = first.checks.filter { [.failures, .independence].contains($0.rule) }
    let refused = Admission.Check(
      rule: .secondHearing, found: nil, threshold: nil, passed: true,
      reason: "Refused on the truths of the regime, it was scored again on twins of the data. "
        + (first.refusal ?? ""))
    return Admission(
      estimator: first.estimator, pair: first.pair, admitted: true, raw: raw,
      calibrated: reading.information, corrected: reading.information,
      calibrationError: norm(
        reading.curveError, (raw.nats - reading.information.nats) / 2, twin.truthError.nats / 3),
      readThrough: scorecard.truth, twin: twin, checks: kept + [refused] + onTwins)
  }
}

extension Admission {
  /// Whether twins of the data may mend the refusal: it failed neither to estimate nor on independent
  /// rows.
  var deservesSecondHearing: Bool {
    !admitted
      && checks.allSatisfy { $0.passed || $0.rule.canBeMended }
  }

  fileprivate func adding(_ further: [Check]) -> Admission {
    Admission(
      estimator: estimator, pair: pair, admitted: admitted, raw: raw, calibrated: calibrated,
      corrected: corrected, calibrationError: calibrationError, readThrough: readThrough,
      twin: twin, checks: checks + further)
  }
}
