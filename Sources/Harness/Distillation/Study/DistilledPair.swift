// SPDX-License-Identifier: MIT

import EstimatorAPI

/// A teacher and a student: what was predicted and what happened.
public struct DistilledPair: Sendable, Hashable, Codable {
  /// The student's name.
  public let student: String
  /// What happened; it has the teacher's name.
  public let outcome: TeacherOutcome
  /// What the rules said; nil where they were not asked.
  public let prediction: Prediction?

  /// Creates a pair.
  public init(student: String, outcome: TeacherOutcome, prediction: Prediction?) {
    self.student = student
    self.outcome = outcome
    self.prediction = prediction
  }

  /// The sign of the gain over the tuned student, where it is significant.
  public var significantGain: Bool? {
    outcome.gain.isAbove ? true : outcome.gain.isBelow ? false : nil
  }
}

/// A rule that says beforehand whether a teacher will help.
public enum PredictionRule: String, Sendable, Hashable, Codable, CaseIterable {
  /// I(T;S) > I(S;Y) by uncalibrated neighbor estimates.
  case rawCCH
  /// The verdict of `mi check`; undecided says nothing.
  case verdict
  /// The sign of the calibrated gap, decided or not.
  case calibratedGap
  /// The teacher predicts the labels better than the student, on held-out rows.
  case teacherQuality

  /// What the rule says: true is distill; nil where it says nothing.
  public func says(_ pair: DistilledPair) -> Bool? {
    switch self {
    case .rawCCH: return pair.prediction?.rawSaysDistill
    case .verdict:
      switch pair.prediction?.decision.verdict {
      case .distill: return true
      case .doNotDistill: return false
      case .undecided, nil: return nil
      }
    case .calibratedGap: return (pair.prediction?.decision.gap).map { $0.nats > 0 }
    case .teacherQuality: return pair.outcome.teacherQuality > pair.outcome.studentQuality
    }
  }

  /// The number that the rule compares with zero; nil where there is none.
  public func score(_ pair: DistilledPair) -> Double? {
    switch self {
    case .rawCCH:
      guard let left = pair.prediction?.rawTeacherStudent,
        let right = pair.prediction?.rawStudentLabel
      else { return nil }
      return left - right
    case .verdict, .calibratedGap: return pair.prediction?.decision.gap?.nats
    case .teacherQuality: return pair.outcome.teacherQuality - pair.outcome.studentQuality
    }
  }

  /// The rule in a few words.
  public var title: String {
    switch self {
    case .rawCCH: "raw CCH (ksg-1, ross)"
    case .verdict: "verdict of mi check"
    case .calibratedGap: "sign of the calibrated gap"
    case .teacherQuality: "teacher better than student"
    }
  }
}
