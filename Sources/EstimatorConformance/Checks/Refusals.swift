// SPDX-License-Identifier: MIT

import EstimatorAPI

extension ConformanceCheck {
  static let kinds = ConformanceCheck(
    "kinds", "A pair of a kind that is not declared is refused with unsupportedKinds.",
    when: .someKindRefused
  ) { subject throws(EstimatorError) in
    var findings: [Finding] = []
    for kind in PairKind.allCases where !subject.traits.kinds.contains(kind) {
      let pair = try KnownPair.draw(kind, strength: 0.6, rows: subject.rows)
      findings.append(refused(subject, pair, .unsupportedKinds, "a \(kind.rawValue) pair"))
    }
    return .all(findings)
  }

  static let dimensions = ConformanceCheck(
    "dimensions",
    "It runs at several columns up to the declared limit and refuses one more.",
    when: .columns
  ) { subject throws(EstimatorError) in
    let kind = subject.traits.kinds.contains(.continuous) ? PairKind.continuous : .mixed
    /// A pair of `total` columns in all, padded with noise; labels count as one.
    func pair(_ total: Int) throws(EstimatorError) -> KnownPair {
      let rows = min(subject.rows, max(subject.traits.minimumSamples, 200))
      var pair = try KnownPair.draw(kind, strength: 0.6, rows: rows, seed: 91)
      pair.x = try padded(pair.x, columns: total - 1)
      return pair
    }
    let limit = subject.traits.maximumDimension
    let most = min(limit ?? 6, 6)
    _ = try subject.nats(pair(most))
    guard let limit else { return .holds("\(most) columns in all") }
    return refused(
      subject, try pair(limit + 1), .dimensionOutOfRange, "\(limit + 1) columns in all")
  }

  static let tooFewRows = ConformanceCheck(
    "tooFewRows", "It runs at its minimum of rows and refuses one less with tooFewSamples."
  ) { subject throws(EstimatorError) in
    let minimum = subject.traits.minimumSamples
    return try subject.forEachKind { kind throws(EstimatorError) in
      let enough = try smallest(kind, rows: minimum)
      _ = try subject.nats(enough)
      guard minimum > 1 else { return .holds("\(kind.rawValue): runs with 1 row") }
      let tooFew = enough.selecting(rows: Array(0..<(minimum - 1)))
      return refused(subject, tooFew, .tooFewSamples, "\(minimum - 1) rows")
    }
  }

  static let constantColumn = ConformanceCheck(
    "constantColumn", "A column without variation is refused, or carries 0 information."
  ) { subject throws(EstimatorError) in
    try subject.forEachKind(of: [.continuous, .mixed]) { kind throws(EstimatorError) in
      let pair = try KnownPair.draw(kind, strength: 0.6, rows: subject.rows)
      let constant = try pair.mapping(x: { _, _ in 2.5 })
      return try refusedOrNear(subject, constant, truth: 0, tolerance: 0.08, "a constant x")
    }
  }

  static let ties = ConformanceCheck(
    "ties", "Data with many equal values are refused, warned of, or estimated within 0.35 nats."
  ) { subject throws(EstimatorError) in
    try subject.forEachKind(of: [.continuous, .mixed]) { kind throws(EstimatorError) in
      let pair = try KnownPair.draw(kind, strength: 0.8, rows: subject.rows)
      let rounded = try pair.mapping(
        x: { value, _ in (4 * value).rounded() / 4 }, y: { value, _ in (4 * value).rounded() / 4 })
      return try refusedOrNear(
        subject, rounded, truth: pair.truth, tolerance: 0.35, "values rounded to quarters")
    }
  }

  /// Holds where the estimator throws `code`.
  private static func refused(
    _ subject: ConformanceSubject, _ pair: KnownPair, _ code: EstimatorError.Code, _ what: String
  ) -> Finding {
    do throws(EstimatorError) {
      let nats = try subject.nats(pair)
      return .broken("it returned \(text(nats)) for \(what); it must throw \(code.rawValue)")
    } catch {
      return .when(
        error.code == code,
        error.code == code
          ? "\(what): \(error.code.rawValue)"
          : "it threw \(error.code.rawValue) for \(what); it must throw \(code.rawValue)")
    }
  }

  /// Holds where the estimator refuses the data, warns, or is near `truth`.
  private static func refusedOrNear(
    _ subject: ConformanceSubject, _ pair: KnownPair, truth: Double, tolerance: Double,
    _ what: String
  ) throws(EstimatorError) -> Finding {
    do throws(EstimatorError) {
      let estimate = try subject.estimate(pair)
      let nats = estimate.information.nats
      let isNear = abs(nats - truth) <= tolerance
      let hasWarning = !estimate.warnings.isEmpty
      return .when(
        isNear || hasWarning,
        "\(pair.kind.rawValue): \(text(nats)) for \(what), truth \(text(truth)), "
          + (hasWarning ? "with a warning" : "without a warning"))
    } catch {
      // `failed` says that something broke, not that the data were looked at.
      guard error.code != .failed else { throw error }
      return .holds("\(pair.kind.rawValue): \(error.code.rawValue) for \(what)")
    }
  }

  private static func padded(_ variable: Variable, columns: Int) throws(EstimatorError) -> Variable
  {
    guard let samples = variable.samples, columns > 1 else { return variable }
    var noise = ConformanceNoise(seed: 92)
    let values = samples.values.flatMap { [$0] + noise.normals(columns - 1) }
    return .samples(try Samples(rowMajor: values, count: samples.count, dimension: columns))
  }

  /// A pair of few rows in which the classes of labels alternate, so that each is as large as can
  /// be.
  private static func smallest(_ kind: PairKind, rows: Int) throws(EstimatorError) -> KnownPair {
    var pair = try KnownPair.draw(kind, strength: 0.6, rows: rows, seed: 93)
    let codes = (0..<rows).map { Int32($0 % 2) }
    if pair.x.labels != nil { pair.x = .labels(try Labels(codes: codes, names: ["a", "b"])) }
    if pair.y.labels != nil { pair.y = .labels(try Labels(codes: codes, names: ["a", "b"])) }
    return pair
  }
}
