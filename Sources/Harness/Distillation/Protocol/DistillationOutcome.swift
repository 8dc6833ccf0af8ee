// SPDX-License-Identifier: MIT

/// What distilling did.
public enum DistillationEffect: String, Sendable, Hashable, Codable, CaseIterable {
  /// Better than the tuned student and better than class means in the teacher's place.
  case helps
  /// Better than the tuned student, but class means do it as well: softer labels, no knowledge.
  case softens
  /// Worse than the tuned student.
  case hurts
  /// Neither is shown.
  case unclear
}

/// What came of one teacher over all splits.
public struct TeacherOutcome: Sendable, Hashable, Codable {
  /// The teacher's name.
  public let name: String
  /// The teacher's own held-out accuracy, or R^2.
  public let teacherQuality: Double
  /// The tuned student's without a teacher.
  public let studentQuality: Double
  /// The student's with this teacher, weight and temperature chosen on training rows in every split.
  public let taughtQuality: Double
  /// What distilling did, at the one-sided level of the options.
  public let effect: DistillationEffect
  /// Taught less tuned student.
  public let gain: ResampledDifference
  /// Taught by this teacher less taught by its class means.
  public let overClassMean: ResampledDifference
  /// Taught less label smoothing.
  public let overSmoothing: ResampledDifference
  /// Taught by this teacher less taught by the student itself.
  public let overSelf: ResampledDifference
  /// Taught by this teacher less taught by it with its rows shuffled.
  public let overShuffled: ResampledDifference
  /// The gain in cross-entropy (or mean squared error / variance): positive is better.
  public let lossGain: ResampledDifference
  /// The weight that the training rows chose most often.
  public let weight: Double
  /// The temperature that the training rows chose most often.
  public let temperature: Double
  /// By weight and temperature.
  public let settings: [SettingOutcome]
}

/// What came of one teacher at one weight and temperature.
public struct SettingOutcome: Sendable, Hashable, Codable {
  /// The setting.
  public let setting: TeachingSetting
  /// The student's accuracy or R^2.
  public let taughtQuality: Double
  /// Taught less tuned student.
  public let gain: ResampledDifference
  /// Taught less taught by class means at the same setting.
  public let overClassMean: ResampledDifference
  /// Taught less taught by shuffled rows at the same setting.
  public let overShuffled: ResampledDifference
  /// The p-value of "no help", the larger of both comparisons', adjusted by Holm for the settings.
  public let pHelp: Double
}

extension TeacherOutcome {
  /// Gathers one teacher's scores over splits.
  init(
    name: String, index: Int, splits: [SplitScores], rows: RandomSplit,
    settings: [TeachingSetting], alpha: Double
  ) {
    let all = splits.map { ($0, $0.teachers[index]) }
    func arms(_ scores: TeacherScores, _ kind: Opinions.Kind) -> [ArmScore] {
      scores.arms[kind] ?? []
    }
    func compare(_ difference: ((SplitScores, TeacherScores)) -> Double) -> ResampledDifference {
      ResampledDifference(
        all.map(difference), testRows: rows.test.count, trainingRows: rows.trainingCount,
        alpha: alpha)
    }
    func mean(_ value: ((SplitScores, TeacherScores)) -> Double) -> Double {
      all.map(value).reduce(0, +) / Double(all.count)
    }
    func taught(_ scores: TeacherScores) -> PredictionScore { arms(scores, .teacher).tuned.score }

    self.name = name
    teacherQuality = mean { $1.alone.quality }
    studentQuality = mean { $0.0.student.score.quality }
    taughtQuality = mean { taught($1).quality }
    gain = compare { taught($1).quality - $0.student.score.quality }
    overClassMean = compare { taught($1).quality - arms($1, .classMean).tuned.score.quality }
    overSmoothing = compare { taught($1).quality - $0.smoothed.score.quality }
    overSelf = compare { taught($1).quality - $0.selfTaught.tuned.score.quality }
    overShuffled = compare { taught($1).quality - arms($1, .shuffled).tuned.score.quality }
    lossGain = compare { $0.student.score.loss - taught($1).loss }
    effect =
      gain.isBelow
      ? .hurts : !gain.isAbove ? .unclear : overClassMean.isAbove ? .helps : .softens

    var chosen = [Int](repeating: 0, count: settings.count)
    for (_, scores) in all { chosen[arms(scores, .teacher).tuned.index] += 1 }
    let most = chosen.indices.max { chosen[$0] < chosen[$1] } ?? 0
    weight = settings[most].weight
    temperature = settings[most].temperature

    let bare = settings.indices.map { place in
      (
        gain: compare {
          arms($1, .teacher)[place].score.quality - $0.student.score.quality
        },
        overClassMean: compare {
          arms($1, .teacher)[place].score.quality - arms($1, .classMean)[place].score.quality
        },
        overShuffled: compare {
          arms($1, .teacher)[place].score.quality - arms($1, .shuffled)[place].score.quality
        }
      )
    }
    // Both must be true at once, so the larger p-value is a valid one (intersection-union test).
    let adjusted = holmAdjusted(bare.map { max($0.gain.pAbove, $0.overClassMean.pAbove) })
    self.settings = settings.indices.map { place in
      SettingOutcome(
        setting: settings[place],
        taughtQuality: mean { arms($1, .teacher)[place].score.quality },
        gain: bare[place].gain, overClassMean: bare[place].overClassMean,
        overShuffled: bare[place].overShuffled, pHelp: adjusted[place])
    }
  }
}
