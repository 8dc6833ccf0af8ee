// SPDX-License-Identifier: MIT

public import EstimatorAPI

/// The conformance suite: what the harness asks of every estimator, the built-ins included.
///
/// ```swift
/// let report = try ConformanceSuite().run(Entry(MyEstimator.self))
/// #expect(report.passed, "\(report.failures)")
/// ```
///
/// A check holds the estimator to its own traits: an invariance that is not declared is not asked
/// for. Statistical claims are checked at 600 rows with tolerances that an estimator of moderate
/// bias meets, as admission, not conformance, judges accuracy.
public struct ConformanceSuite: Sendable {
  /// The checks to run.
  public var checks = ConformanceCheck.all
  /// Rows of each experiment; at least twice the estimator's minimum are taken.
  public var rows = 600
  /// Once this many seconds have passed since the first check, those left are skipped.
  public var secondsAllowed = Double.infinity
  /// Called before each check with its name.
  public var progress: @Sendable (String) -> Void = { _ in }
  /// True means: stop.
  public var isCancelled: @Sendable () -> Bool = { false }

  /// Creates the full suite.
  public init() {}

  /// The checks of less than a second in all, run whenever a plugin is started.
  public static var quick: ConformanceSuite {
    var suite = ConformanceSuite()
    suite.checks = ConformanceCheck.quick
    suite.rows = 200
    suite.secondsAllowed = 1
    return suite
  }

  /// Runs the checks on a registered estimator at the given parameters.
  ///
  /// - Throws: a parameter's error, or `cancelled`; what the estimator throws is a failed check.
  public func run(
    _ entry: EstimatorRegistry.Entry, parameters: [String: String] = [:],
    expectedFailures: [ExpectedFailure] = []
  ) throws(EstimatorError) -> ConformanceReport {
    let values = try entry.descriptor.resolve(parameters)
    return try run(try entry.make(values), expectedFailures: expectedFailures)
  }

  /// Runs the checks on an estimator.
  ///
  /// - Throws: `cancelled`; what the estimator throws is a failed check.
  public func run(
    _ estimator: any MutualInformationEstimator, expectedFailures: [ExpectedFailure] = []
  ) throws(EstimatorError) -> ConformanceReport {
    let descriptor = estimator.descriptor
    let rows = max(rows, 2 * descriptor.traits.minimumSamples)
    let subject = ConformanceSubject(
      estimator: estimator, rows: rows, isCancelled: isCancelled)
    let clock = ContinuousClock()
    var start: ContinuousClock.Instant?
    var results: [ConformanceResult] = []
    for check in checks {
      if isCancelled() { throw .cancelled }
      progress(check.name)
      let begin = clock.now
      let expected = expectedFailures.first { $0.check == check.name }
      let isLate = start.map { (begin - $0) / .seconds(1) > secondsAllowed } ?? false
      let (outcome, found) =
        isLate ? (.skipped, "") : Self.judge(check, subject, expected: expected)
      // What goes wrong while it stops says nothing of the estimator.
      if isCancelled() { throw .cancelled }
      results.append(
        ConformanceResult(
          check: check.name, claim: check.claim, outcome: outcome, found: found,
          seconds: (clock.now - begin) / .seconds(1)))
      // The first check is not counted: a plugin's process starts in it.
      start = start ?? clock.now
    }
    return ConformanceReport(
      estimator: descriptor.id, version: descriptor.version, results: results)
  }

  private static func judge(
    _ check: ConformanceCheck, _ subject: ConformanceSubject, expected: ExpectedFailure?
  ) -> (ConformanceOutcome, String) {
    guard check.applicability.holds(subject.traits) else { return (.notApplicable, "") }
    let finding: Finding
    do throws(EstimatorError) {
      finding = try check.run(subject)
    } catch {
      finding = .broken("it threw \(error.code.rawValue): \(error.description)")
    }
    switch (finding, expected) {
    case (.holds(let text), nil): return (.passed, text)
    case (.holds(let text), _?): return (.unexpectedPass, text)
    case (.broken(let text), nil): return (.failed, text)
    case (.broken(let text), let expected?):
      return (.expectedFailure, "\(expected.reason) (\(text))")
    }
  }
}
