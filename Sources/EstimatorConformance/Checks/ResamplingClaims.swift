// SPDX-License-Identifier: MIT

import EstimatorAPI

extension ConformanceCheck {
  static let subsampling = ConformanceCheck(
    "subsampling", "Where subsampling is declared valid, half the rows give nearly the number.",
    when: .claims(.subsampling)
  ) { subject throws(EstimatorError) in
    try subject.forEachKind { kind throws(EstimatorError) in
      let pair = try KnownPair.draw(kind, strength: 0.6, rows: subject.rows, seed: 101)
      var noise = ConformanceNoise(seed: 102)
      var halves: [Double] = []
      for _ in 0..<4 {
        let rows = Array(noise.permutation(subject.rows).prefix(subject.rows / 2))
        halves.append(try subject.nats(pair.selecting(rows: rows)))
      }
      let mean = halves.reduce(0, +) / Double(halves.count)
      let whole = try subject.nats(pair)
      return .when(
        abs(mean - whole) <= 0.1 + 0.15 * pair.truth,
        "\(kind.rawValue): \(text(whole)) with all rows, \(text(mean)) with half")
    }
  }

  static let pairBootstrap = ConformanceCheck(
    "pairBootstrap", "Where the pair bootstrap is declared valid, repeated rows do not inflate it.",
    when: .claims(.pairBootstrap)
  ) { subject throws(EstimatorError) in
    try subject.forEachKind { kind throws(EstimatorError) in
      let pair = try KnownPair.draw(kind, strength: 0.6, rows: subject.rows, seed: 103)
      var noise = ConformanceNoise(seed: 104)
      var draws: [Double] = []
      for _ in 0..<4 {
        let rows = (0..<subject.rows).map { _ in noise.below(subject.rows) }
        draws.append(try subject.nats(pair.selecting(rows: rows)))
      }
      let mean = draws.reduce(0, +) / Double(draws.count)
      let whole = try subject.nats(pair)
      return .when(
        abs(mean - whole) <= 0.1 + 0.1 * pair.truth,
        "\(kind.rawValue): \(text(whole)) on the rows, \(text(mean)) on bootstrap draws")
    }
  }
}
