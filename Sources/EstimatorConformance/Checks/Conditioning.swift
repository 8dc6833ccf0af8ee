// SPDX-License-Identifier: MIT

import EstimatorAPI

extension ConformanceCheck {
  static let given = ConformanceCheck(
    "given",
    "A given variable is refused with unsupportedGiven, or counted: given what both share, nothing is left."
  ) { subject throws(EstimatorError) in
    try subject.forEachKind { kind throws(EstimatorError) in
      let (pair, shared) = try chain(kind, rows: subject.rows)
      guard subject.traits.given.contains(VariableKind(shared)) else {
        return refused(subject, pair, given: shared)
      }
      let request = try EstimationRequest(
        x: pair.x, y: pair.y, given: shared, seed: 1, isCancelled: subject.isCancelled)
      let conditional = try subject.estimator.estimate(request).information.nats
      let without = try subject.nats(pair)
      return .when(
        abs(conditional) <= 0.1 && conditional < without - 0.2,
        "\(kind.rawValue): \(text(without)), and \(text(conditional)) given what both share")
    }
  }

  private static func refused(
    _ subject: ConformanceSubject, _ pair: KnownPair, given: Variable
  ) -> Finding {
    do throws(EstimatorError) {
      let request = try EstimationRequest(
        x: pair.x, y: pair.y, given: given, seed: 1, isCancelled: subject.isCancelled)
      let nats = try subject.estimator.estimate(request).information.nats
      return .broken(
        "it returned \(text(nats)) with a given variable that its traits do not take; it must throw "
          + "unsupportedGiven")
    } catch {
      return .when(
        error.code == .unsupportedGiven,
        error.code == .unsupportedGiven
          ? "\(pair.kind.rawValue): a given variable: unsupportedGiven"
          : "it threw \(error.code.rawValue) for a given variable; it must throw unsupportedGiven")
    }
  }

  /// A pair whose sides depend on each other through a third variable alone, and that variable.
  private static func chain(
    _ kind: PairKind, rows: Int
  ) throws(EstimatorError) -> (pair: KnownPair, shared: Variable) {
    var noise = ConformanceNoise(seed: 95)
    let z = noise.normals(rows)
    func follower() throws(EstimatorError) -> Variable {
      .samples(try Samples(z.map { $0 + 0.5 * noise.normal() }))
    }
    func classes() throws(EstimatorError) -> Variable {
      .labels(
        try Labels(
          codes: z.map { $0 + 0.5 * noise.normal() > 0 ? 1 : 0 }, names: ["below", "above"]))
    }
    let x = try kind == .discrete ? classes() : follower()
    let y = try kind == .continuous ? follower() : classes()
    return (KnownPair(x: x, y: y, truth: .nan), .samples(try Samples(z)))
  }
}
