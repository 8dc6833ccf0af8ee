// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators
import Foundation
import Testing

/// Recorded pairs of known information: what the default chooses and how far off it is.
@Suite struct DefaultPlanTests {
  /// A normal pair of correlation 0.6, 0.2231 nats, both rounded to multiples of `step`.
  private func rounded(
    _ n: Int, step: Double?, seed: UInt64 = 1, rho: Double = 0.6
  ) throws -> (Variable, Variable) {
    var random = RandomSource(seed: testSeed(seed))
    var (x, y): ([Double], [Double]) = ([], [])
    for _ in 0..<n {
      let (u, v) = (random.normal(), random.normal())
      x.append(u)
      y.append(rho * u + (1 - rho * rho).squareRoot() * v)
    }
    let round = { (value: Double) in step.map { (value / $0).rounded() * $0 } ?? value }
    return (.samples(try Samples(x.map(round))), .samples(try Samples(y.map(round))))
  }

  private func run(_ x: Variable, _ y: Variable, seed: UInt64 = 0) throws -> (String, Estimate) {
    let plan = DefaultPlan(x, y)
    let estimator = try EstimatorRegistry.builtIn().make(plan.estimator)
    return (
      plan.estimator,
      try estimator.estimate(EstimationRequest(x: plan.x, y: plan.y, seed: testSeed(seed)))
    )
  }

  @Test func continuousPairsGoWhereTheyWent() throws {
    let (x, y) = try rounded(200, step: nil)
    #expect(DefaultPlan(x, y).estimator == "auto")
    #expect(DefaultPlan(x, y).notes.isEmpty)
    let few = try rounded(30, step: nil)
    #expect(DefaultPlan(few.0, few.1).estimator == "standardize+ksg-1")
    let labels = Variable.labels(try Labels((0..<200).map { $0 % 3 }))
    #expect(DefaultPlan(x, labels).estimator == "ross")
    #expect(DefaultPlan(labels, labels).estimator == "discrete")
    #expect(DefaultPlan(x, y, given: x).estimator == "ksg-1")
  }

  /// Truths by integration over the cells (Benchmarks/recorded); tolerances are four times the standard
  /// deviation over 20 seeds, 0.02 at n = 2,000.
  @Test(arguments: [
    (0.01, 0.2231), (0.1, 0.2226), (0.25, 0.2199), (0.5, 0.2105), (1.0, 0.1797), (2.0, 0.1087),
  ])
  func roundingDoesNotReadAsDependence(step: Double, truth: Double) throws {
    let (x, y) = try rounded(2000, step: step)
    let (id, estimate) = try run(x, y)
    #expect(id != "auto")
    expect(estimate.information.nats, within: 0.08, of: truth, "\(id)")
    let error = try #require(estimate.standardError?.nats)
    #expect(error > 0.005 && error < 0.05)
  }

  /// Neighbors compare distances, so a column in thousands must not hide the other one.
  @Test func unitsOfTheColumnsDoNotMatter() throws {
    let (x, y) = try rounded(2000, step: 0.5)
    let scaled = try Samples((y.samples?.values ?? []).map { 1000 * $0 })
    let (id, plain) = try run(x, y)
    let (other, estimate) = try run(x, .samples(scaled))
    #expect(id == other)
    #expect(abs(plain.information.nats - estimate.information.nats) < 1e-9)
  }

  @Test(arguments: [0.1, 0.25, 0.5, 1])
  func independentRoundedNumbersShareNothing(step: Double) throws {
    let (x, y) = try rounded(2000, step: step, seed: 4, rho: 0)
    let (id, estimate) = try run(x, y)
    expect(estimate.information.nats, within: 0.07, of: 0, "\(id)")
  }

  @Test func theNumbersOfDrawsAreOfTheSeed() throws {
    let (x, y) = try rounded(500, step: 0.25)
    #expect(try run(x, y, seed: 5).1 == run(x, y, seed: 5).1)
    #expect(try run(x, y, seed: 5).1.information != run(x, y, seed: 6).1.information)
  }

  @Test func zerosAreTakenApart() throws {
    var random = RandomSource(seed: testSeed(6))
    var (x, y): ([Double], [Double]) = ([], [])
    for _ in 0..<2000 {
      let isZero = random.uniform() < 0.4
      let (u, v) = (random.normal(), random.normal())
      x.append(isZero ? 0 : exp(u))
      y.append(isZero ? 0 : exp(0.8 * u + 0.6 * v))
    }
    let (id, estimate) = try run(.samples(Samples(x)), .samples(Samples(y)))
    #expect(id == "atoms+auto")
    // H(0.4) + 0.6 of 0.5108; the standard deviation over 20 seeds is 0.025.
    expect(estimate.information.nats, within: 0.1, of: 0.9795)
  }

  @Test func theChainRuleOfAtomsIsThatOfItsParts() throws {
    var random = RandomSource(seed: testSeed(7))
    let x = (0..<600).map { _ in random.uniform() < 0.5 ? 0 : random.normal() }
    let y = random.normals(600)
    let request = try EstimationRequest(
      x: .samples(Samples(x)), y: .samples(Samples(y)), seed: testSeed(1))
    let whole = try EstimatorRegistry.builtIn().make("atoms+ksg-1").estimate(request)
    guard case .number(let parts) = whole.diagnostics["nats.parts"],
      case .number(let rest) = whole.diagnostics["nats.rest"],
      case .number(let share) = whole.diagnostics["share.rest"]
    else {
      Issue.record("no parts")
      return
    }
    #expect(abs(whole.information.nats - parts - share * rest) < 1e-12)
    let rows = x.indices.filter { x[$0] != 0 }
    let inside = try KSG1Estimator().estimate(
      EstimationRequest(
        x: request.x.selecting(rows: rows), y: request.y.selecting(rows: rows), seed: testSeed(1)))
    #expect(abs(inside.information.nats - rest) < 1e-12)
  }
}
