// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators
import Foundation
import Testing

/// Golden/spectral/spectral.json.
private struct SpectralGolden: Decodable {
  struct Value: Decodable {
    let segment: Int
    let overlap: Double
    let taper: String
    let segments: Int
    let effective: Double
    let nats: Double
  }
  let x: [Double]
  let y: [Double]
  let values: [Value]
}

@Suite("coherence")
struct CoherenceTests {
  @Test("Equals SciPy's coherence, integrated and corrected", arguments: 0..<4)
  func golden(index: Int) throws {
    let golden = try goldenJSON("spectral/spectral.json", as: SpectralGolden.self)
    let value = golden.values[index]
    let texts = [
      "segment": "\(value.segment)", "overlap": "\(value.overlap)", "taper": value.taper,
    ]
    let estimate = try CoherenceEstimator(texts).estimate(
      EstimationRequest(x: .samples(Samples(golden.x)), y: .samples(Samples(golden.y))))
    #expect(estimate.diagnostics["segments"] == .integer(value.segments))
    #expect(abs(estimate.information.nats - value.nats) < 1e-10)
  }

  @Test("A spectrum equals the sum of its definition to 1e-12", arguments: [8, 30, 64])
  func definition(length: Int) {
    var random = RandomSource(seed: testSeed(1))
    let series = random.normals(length)
    let mean = series.reduce(0, +) / Double(length)
    let segments = WelchSegments(rows: length, length: length, overlap: 0, hann: true)
    let spectrum = segments.spectra(series)
    for k in 0...length / 2 {
      var (re, im) = (0.0, 0.0)
      for t in 0..<length {
        let phase = 2 * Double.pi * Double(k * t % length) / Double(length)
        re += segments.taper[t] * (series[t] - mean) * cos(phase)
        im -= segments.taper[t] * (series[t] - mean) * sin(phase)
      }
      #expect(abs(spectrum[2 * k] - re) < 1e-12)
      #expect(abs(spectrum[2 * k + 1] - im) < 1e-12)
    }
  }

  @Test(
    "White noise has the usual information",
    arguments: [
      // The standard deviation of the mean of four is rho / (2 sqrt(n)): 0.0005, 0.005, 0.007 and 0.001.
      (rho: 0.0, n: 4000, tolerance: 0.003), (rho: 0.6, n: 4000, tolerance: 0.025),
      (rho: 0.9, n: 4000, tolerance: 0.04), (rho: 0.6, n: 100_000, tolerance: 0.0045),
    ])
  func whiteNoise(rho: Double, n: Int, tolerance: Double) throws {
    let found = try mean(overDraws: 4) {
      try CoherenceEstimator().estimate(gaussianPair(rho, n: n, seed: UInt64(5 + $0)))
        .information.nats
    }
    expect(found, within: tolerance, of: -0.5 * log(1 - rho * rho))
  }

  @Test("A series that follows an AR(1) series with a delay", arguments: [0, 3])
  func delayedAutoregression(delay: Int) throws {
    let (phi, noise) = (0.8, 0.7)
    let request = try Self.follower(n: 40_000, phi: phi, noise: noise, delay: delay, seed: 3)
    // y is ARMA(1, 1) with innovations of variance v, where v (1 + t^2) = 1 + noise^2 (1 + phi^2) and
    // v t = -phi noise^2; by Kolmogorov's formula the rate is ln(v / noise^2) / 2.
    let a = 1 + noise * noise * (1 + phi * phi)
    let b = phi * noise * noise
    let v = (a + (a * a - 4 * b * b).squareRoot()) / 2
    let truth = 0.5 * log(v / (noise * noise))
    let estimate = try CoherenceEstimator(["segment": "512"]).estimate(request)
    expect(estimate.information.nats, within: 0.02, of: truth)
    if delay == 3 {
      // Rows at one time share less, and a longer delay than the segment leaves nothing.
      let short = try CoherenceEstimator(["segment": "8"]).estimate(request)
      expect(short.information.nats, below: truth - 0.05)
    }
  }

  @Test("Independent series average to 0, colored or white", arguments: [0.0, 0.9])
  func independence(phi: Double) throws {
    var mean = 0.0
    var plugIn = 0.0
    var rejected = 0
    for seed in 0..<60 {
      let x = Self.autoregression(n: 1024, phi: phi, seed: UInt64(2 * seed))
      let y = Self.autoregression(n: 1024, phi: phi, seed: UInt64(2 * seed + 1))
      let estimate = try CoherenceEstimator().estimate(
        EstimationRequest(x: .samples(Samples(x)), y: .samples(Samples(y))))
      mean += estimate.information.nats / 60
      if case .number(let p) = estimate.diagnostics["independencePValue"], p <= 0.1 {
        rejected += 1
      }
      if case .number(let correction) = estimate.diagnostics["correctionNats"] {
        plugIn += (estimate.information.nats - correction) / 60
      }
    }
    // Known bias: without the correction it is high by 1 / (2 (K - 1)).
    expect(plugIn, above: 0.006)
    expect(mean, within: 0.004, of: 0)
    // 10% of 60 with a standard deviation of 2.3: more than 16 have probability 0.0001.
    expect(rejected, atMost: 16)
  }

  @Test(
    "The correction is exact for separate segments of white noise, whatever rho",
    arguments: [0, 0.8])
  func exactCorrection(rho: Double) throws {
    var mean = 0.0
    for seed in 0..<200 {
      mean +=
        try CoherenceEstimator(["segment": "16", "overlap": "0", "taper": "none"])
        .estimate(gaussianPair(rho, n: 128, seed: UInt64(seed))).information.nats / 200
    }
    let deviation = ((rho * rho + 1.0 / 14) / 128 / 200).squareRoot()
    expect(mean + 0.5 * log(1 - rho * rho), within: 4 * deviation, of: 0)
  }

  @Test(
    "The stated standard error is the spread over samples, or a quarter more without dependence",
    arguments: [(0.0, 1.24), (0.7, 0.98)])
  func standardError(rho: Double, expected: Double) throws {
    let estimates = try (0..<400).map {
      try CoherenceEstimator(["shifts": "0"]).estimate(gaussianPair(rho, n: 1000, seed: UInt64($0)))
    }
    let mean = estimates.reduce(0) { $0 + $1.information.nats } / 400
    let variance = estimates.reduce(0) { $0 + pow($1.information.nats - mean, 2) } / 399
    let stated = estimates.reduce(0) { $0 + ($1.standardError?.nats ?? 0) } / 400
    // The standard deviation over seeds is 0.035 to 0.04, that of a variance of 400 draws.
    expect(stated / variance.squareRoot(), within: 0.17, of: expected)
  }

  @Test("Dependence has a small p-value; threads leave every bit; the order of rows counts")
  func contract() throws {
    let request = try Self.follower(n: 4000, phi: 0.8, noise: 1, delay: 5, seed: 3)
    let estimate = try CoherenceEstimator().estimate(request)
    guard case .number(let p) = estimate.diagnostics["independencePValue"] else {
      Issue.record("no p-value")
      return
    }
    expect(p, below: 0.02)
    var parallel = request
    parallel.threads = 3
    #expect(try CoherenceEstimator().estimate(parallel) == estimate)
    var random = RandomSource(seed: testSeed(1))
    let order = random.permutation(4000)
    let shuffled = try EstimationRequest(
      x: request.x.selecting(rows: order), y: request.y.selecting(rows: order))
    let nats = try CoherenceEstimator().estimate(shuffled).information.nats
    expect(nats, below: estimate.information.nats - 0.1)
    #expect(!CoherenceEstimator.descriptor.traits.invariances.contains(.rowOrder))
  }

  @Test("A filter of the other series, few rows and odd segments are refused")
  func refusals() throws {
    let request = try gaussianPair(0.5, n: 200, seed: 1)
    let same = #expect(throws: EstimatorError.self) {
      try CoherenceEstimator().estimate(EstimationRequest(x: request.x, y: request.x))
    }
    #expect(same?.code == .singularCovariance)
    let few = #expect(throws: EstimatorError.self) {
      try CoherenceEstimator(["segment": "128"]).estimate(request)
    }
    #expect(few?.code == .tooFewSamples)
    let odd = #expect(throws: EstimatorError.self) { try CoherenceEstimator(["segment": "33"]) }
    #expect(odd?.code == .invalidParameter)
  }

  private static func autoregression(n: Int, phi: Double, seed: UInt64) -> [Double] {
    var random = RandomSource(seed: testSeed(seed), 55)
    var value = random.normal() / (1 - phi * phi).squareRoot()
    return (0..<n).map { _ in
      value = phi * value + random.normal()
      return value
    }
  }

  /// An AR(1) series and the same `delay` rows later, in noise.
  private static func follower(
    n: Int, phi: Double, noise: Double, delay: Int, seed: UInt64
  ) throws -> EstimationRequest {
    let series = autoregression(n: n + delay, phi: phi, seed: seed)
    var random = RandomSource(seed: testSeed(seed), 56)
    let y = (0..<n).map { series[$0] + noise * random.normal() }
    return try EstimationRequest(
      x: .samples(Samples(Array(series[delay...]))), y: .samples(Samples(y)))
  }
}
