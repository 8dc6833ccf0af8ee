// SPDX-License-Identifier: MIT

import EstimatorAPI

extension ConformanceCheck {
  static let dataProcessing = ConformanceCheck(
    "dataProcessing", "Noise added to x, or classes of x merged, lowers the number."
  ) { subject throws(EstimatorError) in
    try subject.forEachKind { kind throws(EstimatorError) in
      let pair = try KnownPair.draw(kind, strength: 0.9, rows: subject.rows, seed: 61)
      var noise = ConformanceNoise(seed: 62)
      var processed = try pair.mapping(x: { value, _ in value + noise.normal() })
      if let labels = pair.x.labels {
        processed.x = .labels(
          try Labels(codes: labels.codes.map { $0 / 2 }, names: labels.names))
      }
      let before = try subject.nats(pair)
      let after = try subject.nats(processed)
      return .when(
        after < before + 0.02, "\(kind.rawValue): \(text(before)) before, \(text(after)) after")
    }
  }

  static let additivity = ConformanceCheck(
    "additivity", "The information of two independent blocks is the sum of theirs, to 0.1 and 15%.",
    when: .blocks
  ) { subject throws(EstimatorError) in
    let first = try KnownPair.draw(.continuous, strength: 0.8, rows: subject.rows, seed: 71)
    let second = try KnownPair.draw(.continuous, strength: 0.6, rows: subject.rows, seed: 72)
    let both = KnownPair(
      x: try beside(first.x, second.x), y: try beside(first.y, second.y),
      truth: first.truth + second.truth)
    let sum = try subject.nats(first) + subject.nats(second)
    let together = try subject.nats(both)
    return .when(
      abs(together - sum) <= 0.1 + 0.15 * both.truth,
      "\(text(together)) together, \(text(sum)) as a sum")
  }

  private static func beside(_ left: Variable, _ right: Variable) throws(EstimatorError) -> Variable
  {
    guard let left = left.samples, let right = right.samples else { return left }
    let values = (0..<left.count).flatMap { [left.values[$0], right.values[$0]] }
    return .samples(try Samples(rowMajor: values, count: left.count, dimension: 2))
  }
}
