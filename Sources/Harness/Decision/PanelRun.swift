// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators

/// Runs the panels of all pairs of a check: everything, or the cheapest first until it is settled.
struct PanelRun {
  private(set) var estimator: SideEstimator
  /// The label side first, then a pair for each teacher.
  private(set) var works: [PairWork]
  /// The estimators that were left out.
  private(set) var skipped: [SkippedEstimator] = []
  /// What the verdicts may spend: less than the whole alpha where the check may stop early.
  private(set) var alpha: Double
  private let teachers: [String]
  /// What is needed besides the sides for the gap of each teacher as a contrast; empty for a difference.
  var contrasts: [ContrastParts] = []

  init(_ estimator: SideEstimator, works: [PairWork], teachers: [String]) {
    self.estimator = estimator
    self.works = works
    self.teachers = teachers
    alpha = estimator.options.alpha
  }

  /// Adds a pair.
  mutating func add(
    _ x: Variable, _ y: Variable, given: Variable? = nil, pair: String,
    twin: (any GroundTruth)?, labels: Labels?, isLabelSide: Bool
  ) throws(EstimatorError) {
    works.append(
      try estimator.work(
        x, y, given: given, pair: pair, twin: twin, labels: labels, isLabelSide: isLabelSide))
  }

  /// Runs the estimators.
  ///
  /// - Throws: `cancelled` by the caller; a budget that is spent is not an error.
  mutating func run() throws(EstimatorError) {
    let isCancelled = estimator.hooks.isCancelled
    guard let duration = estimator.options.budget else {
      for index in works.indices {
        try run(index)
        try estimator.testPairing(&works[index], isCancelled: isCancelled)
      }
      return
    }
    let budget = Budget(duration, isCancelled: isCancelled)
    do throws(EstimatorError) {
      try runInRounds(budget)
    } catch {
      guard error.code == .cancelled, !isCancelled() else { throw error }
      skipPending("the budget of \(duration.formattedSeconds) was spent")
    }
  }

  /// Runs the estimators until a pair has none that is admitted, and says which; nil where all have one.
  ///
  /// The teachers' pairs go first: they have the most columns, and are the ones that fail.
  ///
  /// - Throws: `cancelled` by the caller; a budget that is spent is not an error.
  mutating func runUntilRefused() throws(EstimatorError) -> String? {
    guard estimator.options.budget == nil else {
      try run()
      return works.first { $0.side.information == nil }?.pair
    }
    for index in Array(works.indices.dropFirst()) + [0] {
      try run(index)
      if works[index].side.information == nil { return works[index].pair }
    }
    for index in works.indices {
      try estimator.testPairing(&works[index], isCancelled: estimator.hooks.isCancelled)
    }
    return nil
  }

  /// The scorecards, those of the label side first.
  var scorecards: [Scorecard] {
    let all = estimator.scorecards
    let isLabelSide = { (card: Scorecard) in card.regime == works[0].regime }
    return all.filter(isLabelSide) + all.filter { !isLabelSide($0) }
  }

  /// Runs all estimators on one pair.
  private mutating func run(_ index: Int) throws(EstimatorError) {
    let isCancelled = estimator.hooks.isCancelled
    while !works[index].pending.isEmpty {
      try estimator.runNext(&works[index], isCancelled: isCancelled)
    }
  }

  /// One estimator of every pair a round, the cheapest first.
  private mutating func runInRounds(_ budget: Budget) throws(EstimatorError) {
    for index in works.indices {
      try estimator.sortByCost(&works[index], isCancelled: budget.isCancelled)
    }
    let looks = works.map(\.pending.count).max() ?? 1
    let spending = AlphaSpending(alpha: alpha, looks: looks)
    alpha = spending.last
    for look in 1...max(looks, 1) {
      for index in works.indices where !works[index].pending.isEmpty {
        if budget.isCancelled() { throw .cancelled }
        try estimator.runNext(&works[index], isCancelled: budget.isCancelled)
      }
      guard works.allSatisfy({ $0.side.information != nil }) else { continue }
      for index in works.indices {
        try estimator.testPairing(&works[index], isCancelled: budget.isCancelled)
      }
      let isLast = works.allSatisfy(\.pending.isEmpty)
      let level = isLast ? spending.last : spending.early
      if !isLast, decisions(alpha: level).allSatisfy({ $0.verdict != .undecided }) {
        alpha = level
        skipPending("every teacher was decided after \(look) of \(looks) rounds")
        return
      }
    }
  }

  private mutating func skipPending(_ reason: String) {
    for index in works.indices {
      for choice in works[index].pending {
        skipped.append(
          SkippedEstimator(pair: works[index].pair, estimator: choice.id, reason: reason))
      }
      works[index].pending = []
    }
  }

  /// The decisions as the estimators that were run make them.
  func decisions(alpha: Double, warnings: [[EstimateWarning]] = []) -> [CCHDecision] {
    let labelSide = works[0].side
    return teachers.indices.map { index in
      CCHDecision(
        name: teachers[index], teacherStudent: side(index), studentLabel: labelSide,
        contrast: contrast(index, alpha: alpha),
        subsampling: estimator.subsampling, alpha: alpha, teachers: teachers.count,
        further: warnings.isEmpty ? [] : warnings[index])
    }
  }

  private func contrast(_ index: Int, alpha: Double) -> Contrast? {
    guard !contrasts.isEmpty else { return nil }
    return Contrast(
      shared: side(index), contrasts[index], subsampling: estimator.subsampling,
      quantile: normalQuantile(1 - alpha / Double(teachers.count)))
  }

  /// The side of a teacher: with the lower bound of a contrast, members that contradict it do not count.
  func side(_ index: Int) -> Side {
    var work = works[index + 1]
    if !contrasts.isEmpty, let bound = contrasts[index].bound {
      work.members = work.members.map { $0.refusedBelow(bound) }
    }
    return work.side
  }
}

extension Duration {
  /// For example `60 s`.
  var formattedSeconds: String { "\(short(self / .seconds(1))) s" }
}
