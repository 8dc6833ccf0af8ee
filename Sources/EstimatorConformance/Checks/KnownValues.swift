// SPDX-License-Identifier: MIT

import EstimatorAPI

extension ConformanceCheck {
  static let units = ConformanceCheck(
    "units", "The number is in nats; 1.44 or 0.69 times the truth is a mix-up with bits.",
    isQuick: true
  ) { subject throws(EstimatorError) in
    try subject.forEachKind { kind throws(EstimatorError) in
      var ratios: [Double] = []
      for (strength, seed) in [(0.85, 21), (0.9, 22), (0.95, 23)] as [(Double, UInt64)] {
        let pair = try KnownPair.draw(
          kind, strength: strength, rows: subject.rows, seed: seed, isTypical: true)
        ratios.append(try subject.nats(pair) / pair.truth)
      }
      /// True where all ratios are `factor`: an offset or a bias is not, as it moves with the level.
      func areAll(_ factor: Double) -> Bool { ratios.allSatisfy { abs($0 / factor - 1) < 0.12 } }
      let found = "\(kind.rawValue): \(ratios.map(text).joined(separator: ", ")) times the truth"
      // A loose bound is no mix-up: of a lower bound only 1.44 is suspect, of an upper only 0.69.
      if subject.traits.estimateKind != .upperBound, areAll(1.442695) {
        return .broken("\(found), so it is in bits; multiply by ln 2 to return nats")
      }
      if subject.traits.estimateKind != .lowerBound, areAll(0.693147) {
        return .broken("\(found), so nats were taken for bits; do not multiply by ln 2")
      }
      return .holds(found)
    }
  }

  static let knownValues = ConformanceCheck(
    "knownValues", "Known information is found to within 0.1 nats and 15%, bounds on their side."
  ) { subject throws(EstimatorError) in
    try subject.forEachKind { kind throws(EstimatorError) in
      var found: [String] = []
      for (strength, seed) in [(0.6, 31), (0.9, 32)] as [(Double, UInt64)] {
        let pair = try KnownPair.draw(kind, strength: strength, rows: subject.rows, seed: seed)
        let nats = try subject.nats(pair)
        let tolerance = 0.1 + 0.15 * pair.truth
        let tooLow = nats < pair.truth - tolerance && subject.traits.estimateKind != .lowerBound
        let tooHigh = nats > pair.truth + tolerance && subject.traits.estimateKind != .upperBound
        found.append("\(text(nats)) for \(text(pair.truth))")
        if tooLow || tooHigh {
          return .broken(
            "\(kind.rawValue): \(text(nats)) nats where the truth is \(text(pair.truth))")
        }
      }
      return .holds("\(kind.rawValue): \(found.joined(separator: ", "))")
    }
  }

  static let independence = ConformanceCheck(
    "independence", "Independent variables average to within 0.08 nats of 0."
  ) { subject throws(EstimatorError) in
    try subject.forEachKind { kind throws(EstimatorError) in
      let values = try independentValues(subject, kind, count: 6)
      let mean = values.reduce(0, +) / Double(values.count)
      let tooLow = mean < -0.08 && subject.traits.estimateKind != .lowerBound
      let tooHigh = mean > 0.08 && subject.traits.estimateKind != .upperBound
      return .when(
        !tooLow && !tooHigh,
        "\(kind.rawValue): a mean of \(text(mean)) over \(values.count) draws")
    }
  }

  static let unclamped = ConformanceCheck(
    "unclamped", "A negative estimate is returned as it is, not as 0."
  ) { subject throws(EstimatorError) in
    try subject.forEachKind { kind throws(EstimatorError) in
      let values = try independentValues(subject, kind, count: 6)
      let zeros = values.filter { $0 == 0 }.count
      return .when(
        zeros < 2, "\(kind.rawValue): \(zeros) of \(values.count) independent draws give exactly 0")
    }
  }

  static let monotoneInDependence = ConformanceCheck(
    "monotoneInDependence", "More dependence gives a larger number.", isQuick: true
  ) { subject throws(EstimatorError) in
    try subject.forEachKind { kind throws(EstimatorError) in
      var values: [Double] = []
      for strength in [0, 0.4, 0.7, 0.95] {
        // One seed: the ladder stands on the same noise, so small steps show.
        values.append(
          try subject.nats(KnownPair.draw(kind, strength: strength, rows: subject.rows, seed: 41)))
      }
      let rises = zip(values, values.dropFirst()).allSatisfy { $0 < $1 }
      return .when(rises, "\(kind.rawValue): \(values.map(text).joined(separator: ", "))")
    }
  }

  private static func independentValues(
    _ subject: ConformanceSubject, _ kind: PairKind, count: UInt64
  ) throws(EstimatorError) -> [Double] {
    var values: [Double] = []
    for seed in 0..<count {
      let pair = try KnownPair.draw(kind, strength: 0, rows: subject.rows, seed: 51 + seed)
      values.append(try subject.nats(pair, seed: seed))
    }
    return values
  }
}
