// SPDX-License-Identifier: MIT

import EstimatorAPI

extension ConformanceCheck {
  static let groups = ConformanceCheck(
    "groups",
    "Groups of rows are refused with unsupportedGroups, change nothing, or are kept together, as declared."
  ) { subject throws(EstimatorError) in
    try subject.forEachKind { kind throws(EstimatorError) in
      let pair = try copies(kind, rows: subject.rows)
      let original = (0..<subject.rows).map { $0 % (subject.rows / copiesOfARow) }
      switch subject.traits.groups {
      case .refused: return refused(subject, pair, original)
      case .unaffected:
        let alone = try subject.nats(pair)
        let grouped = try estimate(subject, pair, original).information.nats
        return .when(
          alone == grouped,
          "\(kind.rawValue): \(text(alone)) without groups and \(text(grouped)) with them")
      case .kept:
        var noise = ConformanceNoise(seed: 97)
        let grouped = try estimate(subject, pair, original)
        let renamed = try estimate(subject, pair, original.map { 1000 - $0 })
        let shuffled = try estimate(
          subject, pair, noise.permutation(subject.rows).map { original[$0] })
        // All of the estimate, as held-out rows may choose a model and not change its number.
        guard grouped == renamed else {
          return .broken("\(kind.rawValue): another estimate for the same groups by other names")
        }
        return .when(
          grouped != shuffled,
          "\(kind.rawValue): \(text(grouped.information.nats)); shuffled groups change "
            + (grouped != shuffled ? "the estimate" : "nothing in the estimate"))
      }
    }
  }

  private static let copiesOfARow = 4

  /// Independent sides in which every row comes four times, almost the same: a model that may learn
  /// three of them knows the fourth.
  private static func copies(
    _ kind: PairKind, rows: Int
  ) throws(EstimatorError) -> KnownPair {
    var noise = ConformanceNoise(seed: 96)
    let originals = max(rows / copiesOfARow, 1)
    func side() throws(EstimatorError) -> Variable {
      let values = noise.normals(originals)
      return .samples(
        try Samples((0..<rows).map { values[$0 % originals] + 0.01 * noise.normal() }))
    }
    func classes() throws(EstimatorError) -> Variable {
      let values = noise.normals(originals)
      return .labels(
        try Labels(
          codes: (0..<rows).map { values[$0 % originals] > 0 ? 1 : 0 }, names: ["below", "above"]))
    }
    return KnownPair(
      x: try kind == .discrete ? classes() : side(),
      y: try kind == .continuous ? side() : classes(), truth: .nan)
  }

  private static func estimate(
    _ subject: ConformanceSubject, _ pair: KnownPair, _ groups: [Int]
  ) throws(EstimatorError) -> Estimate {
    let request = try EstimationRequest(
      x: pair.x, y: pair.y, groups: groups, seed: 1, isCancelled: subject.isCancelled)
    return try subject.estimator.estimate(request)
  }

  private static func refused(
    _ subject: ConformanceSubject, _ pair: KnownPair, _ groups: [Int]
  ) -> Finding {
    do throws(EstimatorError) {
      let nats = try estimate(subject, pair, groups).information.nats
      return .broken(
        "it returned \(text(nats)) with groups that its traits do not take; it must throw "
          + "unsupportedGroups")
    } catch {
      return .when(
        error.code == .unsupportedGroups,
        error.code == .unsupportedGroups
          ? "\(pair.kind.rawValue): groups: unsupportedGroups"
          : "it threw \(error.code.rawValue) for groups; it must throw unsupportedGroups")
    }
  }
}
