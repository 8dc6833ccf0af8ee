// SPDX-License-Identifier: MIT

public import EstimatorAPI

/// Whether an estimator's number on real data may be used in a decision, and why.
public struct Admission: Sendable, Hashable, Codable {
  /// The estimator's id.
  public let estimator: String
  /// The pair it was asked about, for example `teacher fou; student mor`.
  public let pair: String
  /// True where every check passed.
  public let admitted: Bool
  /// The estimate on the real data, before calibration; nil where it failed.
  public let raw: Information?
  /// The estimate read through the response curve; nil where it failed or lies off the curve.
  public let calibrated: Information?
  /// The calibrated estimate less its mean error on the twin of the data: what a decision uses.
  ///
  /// As `calibrated` where there is no twin.
  public let corrected: Information?
  /// The error of `corrected` other than from the sampling of the data, in nats.
  ///
  /// It is that of the curve, of the twin's trials and truth, and half of the correction by the
  /// twin, which is only like the data.
  public let calibrationError: Double?
  /// The family of truths whose curve it was read through; nil where it failed before.
  ///
  /// That of the regime, or `class-twins`, truths fitted to the data, where the first one refused it.
  public let readThrough: String?
  /// How it did on the twin of the data; nil where there is no twin or no number.
  public let twin: TwinScore?
  /// The checks, in the order they were made.
  public let checks: [Check]

  /// The rules, with their stable names.
  public enum Rule: String, Sendable, Hashable, Codable {
    case estimate, failures, independence, range, response, bias, error, twin
    case twinFailures = "twin failures"
    case independenceOnTwins = "independence on twins"
    case secondHearing = "second hearing"
    case lowerBound = "lower bound"

    /// Whether truths fitted to the data may mend a refusal by it: not where the estimator fails to
    /// estimate, or finds information in independent rows.
    var canBeMended: Bool { ![.estimate, .failures, .independence].contains(self) }
  }

  /// One rule with its number and its threshold.
  public struct Check: Sendable, Hashable, Codable {
    /// The rule.
    public let rule: Rule
    /// What was found; nil where there is no number.
    public let found: Double?
    /// What it may be at most or must be at least.
    public let threshold: Double?
    /// Whether it passed.
    public let passed: Bool
    /// One sentence for people.
    public let reason: String
  }

  /// Why it was refused, in a sentence; nil where it was admitted.
  public var refusal: String? { checks.first { !$0.passed }?.reason }
}

/// The rule of admission: what an estimator must have shown on known truth at the data's own
/// regime before its number counts.
///
/// The checks, in this order:
/// 1. **estimate**: it gives a number on the data at all.
/// 2. **failures**: at most 5% of the trials failed.
/// 3. **independence**: at zero information its mean is within 0.1 nats of zero.
/// 4. **range**: its number lies on the response curve, neither below its start nor above its end.
///    An estimator at its ceiling fails here.
/// 5. **response**: the slope of the curve there is at least 1/2: it still responds to a change.
/// 6. **bias**: calibration may move its number by at most 0.1 nats or a third of the result,
///    whichever is more. A larger correction would rest on the truths being like the data.
/// 7. **error**: the standard deviation of a calibrated estimate and the curve's own error together
///    are at most 0.1 nats or 15% of the result.
/// 8. **twin**: on a twin of the data, whose shape is the data's and whose information is known, the
///    mean calibrated estimate is off by at most 0.1 nats or a third of the truth. Classes
///    have a ``ClassTwin``, continuous labels a ``CopulaTwin``.
///
/// An estimator that fails one of 4 to 8 where the data have classes gets a second hearing on a ladder
/// of twins, see ``judge(_:onTwins:after:twin:)``.
public struct AdmissionRule: Sendable, Hashable, Codable {
  /// The largest share of failed trials.
  public var failures = 0.05
  /// The largest mean, to either side, at zero information, in nats.
  public var independence = 0.1
  /// The least slope of the response.
  public var response = 0.5
  /// The largest correction as a share of the calibrated value.
  public var relativeBias = 1.0 / 3
  /// The correction that is always allowed, in nats.
  public var absoluteBias = 0.1
  /// The largest error as a share of the calibrated value.
  public var relativeError = 0.15
  /// The error that is always allowed, in nats.
  public var absoluteError = 0.1

  /// Creates the default rule.
  public init() {}

  /// The admission of an estimator that gave no number on the data, or none on the truths.
  public func refuse(_ estimator: String, pair: String, error: EstimatorError) -> Admission {
    Admission(
      estimator: estimator, pair: pair, admitted: false, raw: nil, calibrated: nil,
      corrected: nil, calibrationError: nil, readThrough: nil, twin: nil,
      checks: [
        Admission.Check(
          rule: .estimate, found: nil, threshold: nil, passed: false, reason: error.description)
      ])
  }

  /// Judges an estimate that has no scorecard by its mean error on a distribution fitted to the data.
  ///
  /// The mean error is subtracted and half of it counts as error, so that a large one leaves a wide interval. It may be
  /// five times that of an estimator with a curve: a difference of two losses has no other reading.
  func judge(
    _ raw: Information, pair: String, estimator: String, twin: TwinScore
  ) -> Admission {
    var judge = Judge()
    let bias = twin.bias ?? .infinity
    judge.atMost(
      .twinFailures, Double(twin.failures) / Double(twin.replicates), 0.5,
      "share of samples of the data's twin without a number")
    judge.atMost(
      .twin, abs(bias), max(5 * absoluteBias, relativeBias * twin.truth.nats),
      "error on the data's twin, whose truth is \(short(twin.truth.nats)), nats")
    return Admission(
      estimator: estimator, pair: pair, admitted: judge.checks.allSatisfy(\.passed), raw: raw,
      calibrated: raw, corrected: Information(nats: raw.nats - bias),
      calibrationError: norm(bias / 2, twin.meanError ?? 0, twin.truthError.nats / 3),
      readThrough: "triple", twin: twin, checks: judge.checks)
  }

  /// Judges an estimate by the scorecard of its estimator at the same regime.
  public func judge(
    _ raw: Information, pair: String, scorecard: Scorecard, twin: TwinScore? = nil
  ) -> Admission {
    var judge = Judge()
    let trials = scorecard.levels.map(\.replicates).reduce(0, +)
    let failed = Double(scorecard.levels.map(\.failureCount).reduce(0, +)) / Double(trials)
    judge.atMost(.failures, failed, failures, "share of failed trials")
    if let zero = scorecard.levels.first, zero.truth == .zero {
      judge.atMost(.independence, abs(zero.mean), independence, "mean at zero information, nats")
    }
    let reading = judge.reading(raw, Calibration(scorecard), by: self)
    if let twin {
      judge.atMost(
        .twinFailures, Double(twin.failures) / Double(twin.replicates), 0.5,
        "share of trials on the data's twin that could not be read")
      if let bias = twin.bias {
        judge.atMost(
          .twin, abs(bias), max(absoluteBias, relativeBias * twin.truth.nats),
          "error on the data's twin, whose truth is \(short(twin.truth.nats)), nats")
      }
    }
    let correction = twin?.bias ?? 0
    return Admission(
      estimator: scorecard.estimator, pair: pair, admitted: judge.checks.allSatisfy(\.passed),
      raw: raw, calibrated: reading?.information,
      corrected: reading.map { Information(nats: $0.information.nats - correction) },
      calibrationError: reading.map { reading in
        norm(
          reading.curveError, correction / 2, twin?.meanError ?? 0,
          (twin?.truthError.nats ?? 0) / 3)
      },
      readThrough: scorecard.truth, twin: twin, checks: judge.checks)
  }
}

/// Collects checks.
struct Judge {
  var checks: [Admission.Check] = []

  /// Reads the estimate through the curve and judges curve and reading.
  mutating func reading(
    _ raw: Information, _ curve: Calibration, by rule: AdmissionRule
  ) -> Calibration.Reading? {
    guard let reading = read(raw, curve) else { return nil }
    let size = abs(reading.information.nats)
    atLeast(.response, reading.slope, rule.response, "slope of the response")
    atMost(
      .bias, abs(raw.nats - reading.information.nats),
      max(rule.absoluteBias, rule.relativeBias * size), "correction by calibration, nats")
    atMost(
      .error, norm(reading.sd, reading.curveError),
      max(rule.absoluteError, rule.relativeError * size), "error after calibration, nats")
    return reading
  }

  mutating func atMost(_ rule: Admission.Rule, _ found: Double, _ limit: Double, _ what: String) {
    add(rule, found, limit, found <= limit, what, "at most")
  }

  mutating func atLeast(_ rule: Admission.Rule, _ found: Double, _ limit: Double, _ what: String) {
    add(rule, found, limit, found >= limit, what, "at least")
  }

  /// Reads the estimate through the curve; off the curve is a failed check and nil.
  private mutating func read(_ raw: Information, _ curve: Calibration) -> Calibration.Reading? {
    do throws(Calibration.Refusal) {
      let reading = try curve.read(raw)
      checks.append(
        Admission.Check(
          rule: .range, found: raw.nats, threshold: curve.points.last?.mean, passed: true,
          reason: "The estimate \(short(raw.nats)) nats lies on the response curve."))
      return reading
    } catch {
      let (limit, reason): (Double?, String) =
        switch error {
        case .above(let top):
          (top, "above \(short(top)), its mean at the highest information scored (a ceiling)")
        case .below(let bottom):
          (bottom, "far below \(short(bottom)), its mean at zero information")
        case .flat: (nil, "where its response to the truth is flat")
        }
      checks.append(
        Admission.Check(
          rule: .range, found: raw.nats, threshold: limit, passed: false,
          reason: "The estimate \(short(raw.nats)) nats lies \(reason)."))
      return nil
    }
  }

  private mutating func add(
    _ rule: Admission.Rule, _ found: Double, _ limit: Double, _ passed: Bool, _ what: String,
    _ words: String
  ) {
    checks.append(
      Admission.Check(
        rule: rule, found: found, threshold: limit, passed: passed,
        reason: "\(rule.rawValue): \(what) is \(short(found)); needed: \(words) \(short(limit))."))
  }
}

/// A number with three decimals, for sentences.
package func short(_ value: Double) -> String {
  let scaled = (value * 1000).rounded() / 1000
  return scaled == 0 ? "0" : "\(scaled)"
}
