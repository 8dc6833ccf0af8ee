// SPDX-License-Identifier: MIT

public import EstimatorAPI
import Estimators

/// The teachers of a check in order, with what the order is worth.
///
/// All gaps share I(student; labels), so the order by gap is the order by I(teacher; student), and a
/// difference of two gaps is the difference of the two I(teacher; student). Its error adds up the
/// sampling error, from subsamples of the same rows for both, the errors of both calibrations and the
/// disagreement of the families on either side.
///
/// Two teachers are a tie unless their difference is significant at alpha, two-sided, after Holm's
/// adjustment for the number of pairs: with probability 1 - alpha no two equal teachers are told
/// apart. Intervals of the differences are simultaneous (Bonferroni). Ties are not transitive, so
/// each teacher has the range of ranks that is not ruled out.
public struct TeacherRanking: Sendable, Hashable, Codable {
  /// The teachers by falling I(teacher; student); those without one come last, in the order given.
  public let places: [Place]
  /// Every pair of teachers that have one, the higher first.
  public let comparisons: [Comparison]

  /// One teacher's place.
  public struct Place: Sendable, Hashable, Codable {
    /// The teacher.
    public let name: String
    /// I(teacher; student), calibrated.
    public let teacherStudent: Information?
    /// The gap.
    public let gap: Information?
    /// The best rank that is not ruled out, from 1.
    public let best: Int
    /// The worst rank that is not ruled out.
    public let worst: Int
  }

  /// Two teachers compared.
  public struct Comparison: Sendable, Hashable, Codable {
    /// The one with more.
    public let first: String
    /// The one with less.
    public let second: String
    /// The difference of their I(teacher; student), and of their gaps.
    public let difference: Information
    /// Its interval, in nats, simultaneous over all pairs.
    public let interval: [Double]
    /// The two-sided p-value that there is no difference, after Holm.
    public let adjustedPValue: Double
    /// Whether they cannot be told apart at alpha.
    public let isTie: Bool
  }

  /// Ranks the teachers; `sides` are I(teacher; student) in the order of `decisions`.
  init(_ decisions: [CCHDecision], sides: [Side], varianceScale: Double, alpha: Double) {
    let order = decisions.indices.sorted { left, right in
      let (one, other) = (
        decisions[left].teacherStudent?.nats, decisions[right].teacherStudent?.nats
      )
      return one == other ? left < right : one ?? -.infinity > other ?? -.infinity
    }
    var pairs: [(first: Int, second: Int)] = []
    for (place, first) in order.enumerated() {
      for second in order[(place + 1)...] where decisions[second].teacherStudent != nil {
        pairs.append((first, second))
      }
    }
    let tests = pairs.map { first, second in
      Difference(
        sides[first], sides[second], varianceScale: varianceScale,
        nats: (decisions[first].teacherStudent?.nats ?? 0)
          - (decisions[second].teacherStudent?.nats ?? 0))
    }
    let adjusted = holmAdjusted(tests.map(\.pValue))
    let quantile = normalQuantile(1 - alpha / 2 / Double(max(1, tests.count)))
    comparisons = pairs.indices.map { index in
      let (pair, test) = (pairs[index], tests[index])
      return Comparison(
        first: decisions[pair.first].name, second: decisions[pair.second].name,
        difference: Information(nats: test.nats),
        interval: [test.nats - quantile * test.error, test.nats + quantile * test.error],
        adjustedPValue: adjusted[index], isTie: adjusted[index] > alpha)
    }
    let told = comparisons.filter { !$0.isTie }
    places = order.map { index in
      let decision = decisions[index]
      return Place(
        name: decision.name, teacherStudent: decision.teacherStudent, gap: decision.gap,
        best: 1 + told.count { $0.second == decision.name },
        worst: decisions.count - told.count { $0.first == decision.name })
    }
  }

  /// The names with `>` between neighbors that are told apart and `=` between ties.
  public var line: String {
    places.indices.map { index in
      guard index > 0 else { return places[index].name }
      let (above, here) = (places[index - 1], places[index])
      guard here.teacherStudent != nil else { return " ? " + here.name }
      let isTie = comparisons.contains {
        $0.first == above.name && $0.second == here.name && $0.isTie
      }
      return (isTie ? " = " : " > ") + here.name
    }.joined()
  }
}

/// The difference of two teachers' information with its error, in nats.
private struct Difference {
  let nats: Double
  let error: Double

  init(_ first: Side, _ second: Side, varianceScale: Double, nats: Double) {
    let deviations = zip(first.deviations, second.deviations).map { $0 - $1 }
    self.nats = nats
    error = norm(
      standardDeviation(deviations) * varianceScale.squareRoot(), first.calibrationError,
      second.calibrationError, first.disagreement ?? 0, second.disagreement ?? 0)
  }

  /// Two-sided.
  var pValue: Double {
    error > 0 ? min(1, 2 * normalCDF(-abs(nats) / error)) : nats == 0 ? 1 : 0
  }
}
