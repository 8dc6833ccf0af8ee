// SPDX-License-Identifier: MIT

import EstimatorAPI
import EstimatorConformance
import Foundation
import Synchronization
import Testing

/// A bug in an estimator, and the check that must find it.
struct PlantedBug: Sendable, CustomTestStringConvertible {
  let check: String
  let estimator: ToyEstimator
  /// Words that the finding must have.
  var words = ""

  var testDescription: String { check }

  static let all: [PlantedBug] = {
    let honest = ToyEstimator.gaussian
    let labels = ToyEstimator.discrete
    let calls = Mutex(0)
    return [
      PlantedBug(
        check: "wellFormed",
        estimator: ToyEstimator(descriptor: honest.descriptor) { request throws(EstimatorError) in
          var estimate = try honest.estimate(request)
          estimate.pointwise = [estimate.information.nats + 1]
          return estimate
        }, words: "pointwise"),
      PlantedBug(
        check: "wellFormed", estimator: honest.with { _, _ in .nan }, words: "nan"),
      PlantedBug(
        check: "wellFormed", estimator: honest.claiming { $0.estimateKind = .lowerBound },
        words: "lowerBound"),
      PlantedBug(
        check: "determinism",
        estimator: honest.with { nats, _ in
          nats + 1e-13
            * Double(
              calls.withLock { calls in
                calls += 1
                return calls
              })
        }),
      PlantedBug(
        check: "seedIgnored", estimator: honest.with { $0 + 1e-12 * Double($1.seed % 7) }),
      PlantedBug(check: "threads", estimator: honest.with { $0 + 1e-12 * Double($1.threads) }),
      PlantedBug(
        check: "progress",
        estimator: honest.with { nats, request in
          request.progress(42)
          return nats
        }, words: "42"),
      PlantedBug(
        check: "cancellation",
        estimator: honest.with { nats, _ in
          Thread.sleep(forTimeInterval: 1.6)
          return nats
        }),
      PlantedBug(
        check: "units", estimator: honest.with { nats, _ in nats / log(2) }, words: "bits"),
      PlantedBug(
        check: "units", estimator: honest.with { nats, _ in nats * log(2) }, words: "ln 2"),
      PlantedBug(
        check: "units", estimator: labels.with { nats, _ in nats / log(2) }, words: "bits"),
      PlantedBug(check: "knownValues", estimator: honest.with { nats, _ in nats + 0.3 }),
      PlantedBug(check: "knownValues", estimator: honest.with { nats, _ in nats / 2 }),
      PlantedBug(check: "independence", estimator: honest.with { nats, _ in nats + 0.1 }),
      PlantedBug(check: "unclamped", estimator: honest.with { nats, _ in max(0, nats) }),
      PlantedBug(check: "unclamped", estimator: labels.with { nats, _ in max(0, nats) }),
      PlantedBug(
        check: "monotoneInDependence", estimator: honest.with { nats, _ in min(nats, 0.2) }),
      PlantedBug(
        check: "dataProcessing",
        estimator: honest.with { nats, request in
          // The scale of x leaks into the number.
          nats + (request.x.samples?.values.map(abs).max() ?? 0)
        }),
      PlantedBug(
        check: "additivity",
        estimator: ToyEstimator(descriptor: honest.descriptor) { request throws(EstimatorError) in
          // Only the first column of each side is read.
          let (x, y) = try request.continuousPair(for: honest.descriptor)
          return Estimate(
            Information(nats: try gaussianNats(Samples(x.column(0)), Samples(y.column(0)))))
        }),
      PlantedBug(
        check: "swap",
        estimator: honest.with { nats, request in
          nats + 1e-3 * (request.x.samples?.values[0] ?? 0)
        }),
      PlantedBug(
        check: "rowOrder",
        estimator: honest.with { nats, request in
          nats + 1e-3 * (request.x.samples?.values[0] ?? 0)
        }),
      PlantedBug(check: "shift", estimator: honest.with { $0 + 1e-3 * mean($1) }),
      PlantedBug(check: "jointScale", estimator: honest.with { $0 + 1e-3 * meanSquare($1) }),
      PlantedBug(check: "scale", estimator: honest.with { $0 + 1e-3 * meanSquare($1) }),
      PlantedBug(
        check: "monotone", estimator: honest.claiming { $0.invariances.append(.monotone) }),
      PlantedBug(check: "linear", estimator: honest.with { $0 + 1e-3 * meanSquare($1) }),
      PlantedBug(check: "relabel", estimator: labels.with { $0 + 1e-3 * meanCode($1) }),
      PlantedBug(check: "labelCodes", estimator: labels.with { $0 + 0.1 * meanCode($1) }),
      PlantedBug(
        check: "kinds",
        estimator: ToyEstimator(descriptor: honest.descriptor) { request throws(EstimatorError) in
          request.kind == .continuous ? try honest.estimate(request) : Estimate(.zero)
        }),
      PlantedBug(check: "given", estimator: honest.claiming { $0.given = [.continuous] }),
      PlantedBug(
        check: "given",
        estimator: ToyEstimator(descriptor: honest.descriptor) { request throws(EstimatorError) in
          try honest.estimate(EstimationRequest(x: request.x, y: request.y))
        }, words: "unsupportedGiven"),
      PlantedBug(
        check: "groups",
        estimator: ToyEstimator(descriptor: honest.descriptor) { request throws(EstimatorError) in
          try honest.estimate(EstimationRequest(x: request.x, y: request.y))
        }, words: "unsupportedGroups"),
      PlantedBug(
        check: "groups",
        estimator: ToyEstimator(descriptor: honest.claiming { $0.groups = .kept }.descriptor) {
          request throws(EstimatorError) in
          try honest.estimate(EstimationRequest(x: request.x, y: request.y))
        }, words: "nothing in the estimate"),
      PlantedBug(
        check: "groups",
        estimator: ToyEstimator(
          descriptor: honest.claiming { $0.groups = .unaffected }.descriptor
        ) { request throws(EstimatorError) in
          let nats = try honest.estimate(EstimationRequest(x: request.x, y: request.y))
            .information.nats
          return Estimate(Information(nats: nats + (request.groups == nil ? 0 : 1e-6)))
        }, words: "with them"),
      PlantedBug(
        check: "groups",
        estimator: ToyEstimator(descriptor: honest.claiming { $0.groups = .kept }.descriptor) {
          request throws(EstimatorError) in
          // The names of the groups leak into the number.
          let nats = try honest.estimate(EstimationRequest(x: request.x, y: request.y))
            .information.nats
          return Estimate(Information(nats: nats + 1e-6 * Double(request.groups?[0] ?? 0)))
        }, words: "other names"),
      PlantedBug(
        check: "dimensions", estimator: honest.claiming { $0.maximumDimension = 4 }),
      PlantedBug(
        check: "dimensions",
        estimator: ToyEstimator(descriptor: honest.descriptor) { request throws(EstimatorError) in
          if request.x.dimension > 2 { throw EstimatorError(.failed, "index out of range") }
          return try honest.estimate(request)
        }),
      PlantedBug(check: "tooFewRows", estimator: honest.claiming { $0.minimumSamples = 30 }),
      PlantedBug(check: "tooFewRows", estimator: honest.claiming { $0.minimumSamples = 4 }),
      PlantedBug(
        check: "constantColumn",
        estimator: ToyEstimator(descriptor: honest.descriptor) { request throws(EstimatorError) in
          do throws(EstimatorError) { return try honest.estimate(request) } catch {
            guard error.code == .constantColumn else { throw error }
            return Estimate(Information(nats: 3))
          }
        }),
      PlantedBug(
        check: "ties",
        estimator: honest.with { nats, request in
          let values = request.x.samples?.values ?? []
          return nats + Double(values.count - Set(values).count) / Double(values.count)
        }),
      PlantedBug(
        check: "subsampling", estimator: honest.with { $0 + Double($1.count) / 1500 }),
      PlantedBug(
        check: "pairBootstrap",
        estimator: honest.with { nats, request in
          let values = request.x.samples?.values ?? []
          return nats + Double(values.count - Set(values).count) / Double(values.count)
        }),
    ]
  }()
}

private func mean(_ request: EstimationRequest) -> Double {
  let values = request.x.samples?.values ?? []
  return values.reduce(0, +) / Double(values.count)
}

private func meanSquare(_ request: EstimationRequest) -> Double {
  let values = request.x.samples?.values ?? []
  return values.reduce(0) { $0 + $1 * $1 } / Double(values.count)
}

private func meanCode(_ request: EstimationRequest) -> Double {
  let codes = request.x.labels?.codes ?? []
  return codes.reduce(0) { $0 + Double($1) } / Double(codes.count)
}

@Suite struct PlantedBugTests {
  @Test(arguments: PlantedBug.all)
  func isCaughtByItsCheck(_ bug: PlantedBug) throws {
    var suite = ConformanceSuite()
    suite.checks = ConformanceCheck.all.filter { $0.name == bug.check }
    let report = try suite.run(bug.estimator)
    #expect(report.results.map(\.outcome) == [.failed])
    #expect(
      bug.words.isEmpty || report.results[0].found.contains(bug.words),
      "\(report.results[0].found)")
  }

  @Test func everyCheckHasABug() {
    #expect(Set(PlantedBug.all.map(\.check)) == Set(ConformanceCheck.all.map(\.name)))
  }

  @Test(arguments: [ToyEstimator.gaussian, ToyEstimator.discrete])
  func honestEstimatorPasses(_ estimator: ToyEstimator) throws {
    let report = try ConformanceSuite().run(estimator)
    #expect(report.passed, "\(report.failures)")
    #expect(report.results.count == ConformanceCheck.all.count)
  }

  @Test func quickChecksTakeLessThanASecond() throws {
    let report = try ConformanceSuite.quick.run(ToyEstimator.gaussian)
    #expect(report.passed, "\(report.failures)")
    #expect(report.results.map(\.seconds).reduce(0, +) < 1)
    #expect(report.results.contains { $0.outcome == .passed })
  }

  @Test func declaredFailureIsShownAndPasses() throws {
    let wrong = ToyEstimator.gaussian.with { nats, _ in nats + 0.3 }
    let expected = [
      ExpectedFailure("knownValues", "an offset"), ExpectedFailure("independence", "an offset"),
      ExpectedFailure("additivity", "an offset counts twice in the sum"),
      ExpectedFailure("constantColumn", "an offset"), ExpectedFailure("swap", "out of date"),
    ]
    let report = try ConformanceSuite().run(wrong, expectedFailures: expected)
    #expect(report.passed, "\(report.failures)")
    let outcomes = Dictionary(uniqueKeysWithValues: report.results.map { ($0.check, $0.outcome) })
    #expect(outcomes["knownValues"] == .expectedFailure)
    #expect(outcomes["swap"] == .unexpectedPass)
  }

  @Test func checksThatTheTraitsDoNotClaimAreNotRun() throws {
    let modest = ToyEstimator.gaussian.claiming {
      $0.invariances = []
      $0.resampling = []
    }
    let report = try ConformanceSuite().run(modest)
    let outcomes = Dictionary(uniqueKeysWithValues: report.results.map { ($0.check, $0.outcome) })
    #expect(outcomes["swap"] == .notApplicable)
    #expect(outcomes["pairBootstrap"] == .notApplicable)
    #expect(outcomes["relabel"] == .notApplicable)
  }
}
