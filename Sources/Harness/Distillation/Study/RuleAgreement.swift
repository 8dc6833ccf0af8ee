// SPDX-License-Identifier: MIT

import Estimators

/// How often a rule agreed with the sign of the gain, among pairs whose gain is significant.
public struct RuleAgreement: Sendable, Hashable, Codable {
  /// The rule.
  public let rule: PredictionRule
  /// Pairs whose gain is significant.
  public let significant: Int
  /// Of those, the pairs on which the rule said something.
  public let decided: Int
  /// Of those, the pairs on which it was right.
  public let right: Int
  /// `right` of `decided`; nil where that is none.
  public let rate: Double?
  /// Wilson's 95% interval of the rate (1927, doi:10.1080/01621459.1927.10502953).
  ///
  /// It takes the pairs as independent, which pairs that share a view are not.
  public let interval: [Double]?
  /// The standard error by leaving out one view with all its pairs at a time; nil below three views.
  ///
  /// This one knows that pairs share views.
  public let viewError: Double?
  /// Spearman's correlation of the rule's number with the gain, over all pairs with both.
  ///
  /// Nil below three, or where either does not vary.
  public let rankCorrelation: Double?

  /// Counts.
  public init(_ rule: PredictionRule, _ pairs: [DistilledPair]) {
    self.rule = rule
    let counts = Self.counts(rule, pairs)
    rankCorrelation = Self.spearman(
      pairs.compactMap { pair in rule.score(pair).map { ($0, pair.outcome.gain.mean) } })
    (significant, decided, right) = counts
    guard decided > 0 else {
      (rate, interval, viewError) = (nil, nil, nil)
      return
    }
    let (n, share) = (Double(decided), Double(right) / Double(decided))
    rate = share
    let z = 1.959964
    let center = (share + z * z / (2 * n)) / (1 + z * z / n)
    let reach =
      z / (1 + z * z / n) * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot()
    interval = [max(0, center - reach), min(1, center + reach)]
    viewError = Self.jackknife(rule, pairs)
  }

  private static func spearman(_ pairs: [(Double, Double)]) -> Double? {
    guard pairs.count >= 3 else { return nil }
    let (a, b) = (averageRanks(pairs.map(\.0)), averageRanks(pairs.map(\.1)))
    let middle = Double(pairs.count + 1) / 2
    var (ab, aa, bb) = (0.0, 0.0, 0.0)
    for (x, y) in zip(a, b) {
      ab += (x - middle) * (y - middle)
      aa += (x - middle) * (x - middle)
      bb += (y - middle) * (y - middle)
    }
    return aa > 0 && bb > 0 ? ab / (aa * bb).squareRoot() : nil
  }

  private static func counts(
    _ rule: PredictionRule, _ pairs: [DistilledPair]
  ) -> (significant: Int, decided: Int, right: Int) {
    let signed = pairs.compactMap { pair in pair.significantGain.map { (pair, $0) } }
    let said = signed.compactMap { pair, gain in rule.says(pair).map { $0 == gain } }
    return (signed.count, said.count, said.filter(\.self).count)
  }

  private static func jackknife(_ rule: PredictionRule, _ pairs: [DistilledPair]) -> Double? {
    let views = Set(pairs.flatMap { [$0.student, $0.outcome.name] }).sorted()
    guard views.count >= 3 else { return nil }
    let rates = views.compactMap { view -> Double? in
      let rest = counts(rule, pairs.filter { $0.student != view && $0.outcome.name != view })
      return rest.decided > 0 ? Double(rest.right) / Double(rest.decided) : nil
    }
    guard rates.count == views.count else { return nil }
    let m = Double(rates.count)
    let mean = rates.reduce(0, +) / m
    // A pair is left out with either of its views, so a step changes two parts of m and not one:
    // (m - 2) / 2 instead of (m - 1) (the node jackknife for dyads, Snijders and Borgatti 1999).
    let squares = rates.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return ((m - 2) / (2 * m) * squares).squareRoot()
  }
}

/// How many pairs had each verdict and each effect.
public struct EffectTable: Sendable, Hashable {
  /// Verdicts in rows, effects in columns.
  public let counts: [[Int]]
  /// The rows.
  public static let verdicts: [CCHDecision.Verdict] = [.distill, .undecided, .doNotDistill]
  /// The columns.
  public static let effects = DistillationEffect.allCases

  /// Counts pairs that have a prediction.
  public init(_ pairs: [DistilledPair]) {
    counts = Self.verdicts.map { verdict in
      Self.effects.map { effect in
        pairs.count {
          $0.prediction?.decision.verdict == verdict && $0.outcome.effect == effect
        }
      }
    }
  }
}
