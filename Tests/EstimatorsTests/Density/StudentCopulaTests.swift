// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators
import Testing

@Suite struct StudentCopulaTests {
  /// Student pairs: correlated normals, each row divided by the root of one chi-square over nu.
  private func draw(
    _ random: inout RandomSource, n: Int, d: Int, rho: Double, nu: Int
  ) throws -> EstimationRequest {
    var x: [Double] = []
    var y: [Double] = []
    for _ in 0..<n {
      let square = random.normals(nu).reduce(0) { $0 + $1 * $1 }
      let scale = (Double(nu) / square).squareRoot()
      for _ in 0..<d {
        let (a, b) = (random.normal(), random.normal())
        x.append(scale * a)
        y.append(scale * (rho * a + (1 - rho * rho).squareRoot() * b))
      }
    }
    return try continuousRequest(x, y, count: n)
  }

  /// One of scipy's cases, by the entropies of multivariate_t: see Golden/student/make.py.
  private struct Case: Decodable {
    let d: Int
    let rho: Double
    let nu: Int
    let nats: Double
  }

  @Test func `the closed form is scipy's, at degrees of freedom given`() throws {
    var random = RandomSource(seed: testSeed(20))
    for item in try goldenJSON("student/student.json", as: [Case].self) {
      let request = try draw(&random, n: 4000, d: item.d, rho: item.rho, nu: item.nu)
      let estimator = try StudentCopulaEstimator(["degreesOfFreedom": "\(item.nu)"])
      let found = try estimator.estimate(request)
      let error = try #require(found.standardError).nats
      expect(found.information.nats, within: 4 * error, of: item.nats)
      // The part that does not depend on the correlations, exactly.
      let whole = found.number("scaleNats") - Double(item.d) / 2 * logOnePlus(-item.rho * item.rho)
      #expect(abs(whole - item.nats) < 1e-9)
    }
  }

  @Test func `two uncorrelated Cauchy columns share ln 8 pi - 3`() throws {
    var random = RandomSource(seed: testSeed(21))
    let found = try StudentCopulaEstimator(["degreesOfFreedom": "1"]).estimate(
      draw(&random, n: 200, d: 1, rho: 0, nu: 1))
    #expect(abs(found.number("scaleNats") - (naturalLogarithm(8 * .pi) - 3)) < 1e-12)
  }

  /// n, d, rho, nu, allowed distance of the mean from the truth: four standard deviations
  /// of the mean of ten, rho sqrt(d / 10 n) and more.
  @Test(arguments: [
    (800, 1, 0.0, 2, 0.02), (800, 1, 0.8, 3, 0.036), (800, 3, 0.5, 2, 0.04),
    (800, 2, 0.0, 5, 0.03),
  ])
  func `degrees of freedom and information are found`(
    n: Int, d: Int, rho: Double, nu: Int, allowed: Double
  ) throws {
    var random = RandomSource(seed: testSeed(22))
    var found: [Double] = []
    var freedoms: [Double] = []
    for _ in 0..<10 {
      let estimate = try StudentCopulaEstimator().estimate(
        draw(&random, n: n, d: d, rho: rho, nu: nu))
      found.append(estimate.information.nats)
      freedoms.append(estimate.number("degreesOfFreedom"))
    }
    let truth = try StudentCopulaEstimator(["degreesOfFreedom": "\(nu)"])
      .estimate(draw(&random, n: 50, d: d, rho: rho, nu: nu)).number("scaleNats")
    let nats = truth - Double(d) / 2 * logOnePlus(-rho * rho)
    expect(meanAndDeviation(found).mean, within: allowed, of: nats)
    expect(meanAndDeviation(freedoms).mean / Double(nu), within: 0.3, of: 1)
  }

  @Test func `Gaussian data read as by the Gaussian copula, and independence averages to zero`()
    throws
  {
    for (nats, seed) in [(0.0, 23), (1.0, 24)] {
      let truth = CorrelatedGaussian(n: 300, dx: 2, dy: 2, nats: nats, pairs: 2)
      let student = try truth.estimates(15, seed: UInt64(seed), of: StudentCopulaEstimator())
      let gaussian = try truth.estimates(15, seed: UInt64(seed), of: GaussianCopulaEstimator())
      let difference = zip(student, gaussian).map { $0.information.nats - $1.information.nats }
      expect(meanAndDeviation(difference).mean, within: 0.015, of: 0)
    }
  }

  @Test func `increasing maps of a column change no bit`() throws {
    var random = RandomSource(seed: testSeed(25))
    let request = try draw(&random, n: 100, d: 2, rho: 0.5, nu: 3)
    let (x, y) = (try #require(request.x.samples), try #require(request.y.samples))
    let mapped = try EstimationRequest(
      x: .samples(
        Samples(rowMajor: x.values.map { $0 * $0 * $0 + $0 }, count: 100, dimension: 2)),
      y: .samples(y), threads: 3)
    let estimate = try StudentCopulaEstimator().estimate(request)
    #expect(try StudentCopulaEstimator().estimate(mapped) == estimate)
    #expect(throws: EstimatorError.self) {
      try StudentCopulaEstimator(["degreesOfFreedom": "0.1"])
    }
  }
}
