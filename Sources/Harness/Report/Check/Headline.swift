// SPDX-License-Identifier: MIT

import EstimatorAPI

extension CheckReport {
  /// The answer in one sentence, for someone who will read nothing else.
  public var headline: String {
    func names(_ verdict: CCHDecision.Verdict) -> [String] {
      decisions.filter { $0.verdict == verdict }.map(\.name)
    }
    let (yes, no, open) = (names(.distill), names(.doNotDistill), names(.undecided))
    var parts: [String] = []
    if !yes.isEmpty { parts.append("distill from \(listed(yes)) into \(studentName)") }
    if !no.isEmpty { parts.append("do not distill from \(listed(no))") }
    if !open.isEmpty {
      let unknown = decisions.allSatisfy { $0.gap == nil }
      parts.append(
        unknown
          ? "no estimator can be believed on these \(n) rows, so nothing is said of \(listed(open))"
          : "these \(n) rows do not tell whether \(listed(open)) would help")
    }
    let against = decisions.filter { decision in
      decision.warnings.contains { $0.code == "antiAligned" }
    }.map(\.name)
    if !against.isEmpty {
      parts.append(
        "but beware: the predictions of \(listed(against)) point against the labels, and such a "
          + "teacher hurts whatever the verdict")
    }
    let sentence = parts.joined(separator: "; ")
    return sentence.prefix(1).uppercased() + sentence.dropFirst() + "."
  }
}

/// `a`, `a and b`, `a, b and c`.
private func listed(_ names: [String]) -> String {
  guard let last = names.last, names.count > 1 else { return names.first ?? "" }
  return names.dropLast().joined(separator: ", ") + " and " + last
}

extension CCHDecision.Verdict {
  /// For people.
  var words: String {
    switch self {
    case .distill: "distill"
    case .doNotDistill: "do not distill"
    case .undecided: "undecided"
    }
  }
}
