// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators
import Testing

/// The stored values of Golden/gaussian/make.py.
struct GaussianGolden: Decodable {
  struct Case: Decodable {
    let n: Int
    let dx: Int
    let dy: Int
    let x: [Double]
    let y: [Double]
    let plugIn: Double
    let corrected: Double
    let canonicalCorrelations: [Double]
    let pValue: Double
    let intensity: Double
    let shrunk: Double
    let copulaPlugIn: Double
    let copula: Double
  }

  struct Wide: Decodable {
    let n: Int
    let dx: Int
    let dy: Int
    let x: [Double]
    let y: [Double]
    let intensity: Double
    let shrunk: Double
  }

  struct Labelled: Decodable {
    let x: [Double]
    let labels: [Int]
    let dx: Int
    let plugIn: Double
    let corrected: Double
    let copulaPlugIn: Double
    let copula: Double
  }

  struct Mixture: Decodable {
    let mean: Double
    let nats: Double
  }

  let cases: [Case]
  let wide: Wide
  let labels: Labelled
  let mixtures: [Mixture]

  static func load() throws -> GaussianGolden {
    try goldenJSON("gaussian/gaussian.json", as: GaussianGolden.self)
  }
}

/// A request for two row-major arrays.
func continuousRequest(
  _ x: [Double], _ y: [Double], count n: Int, threads: Int = 1
) throws -> EstimationRequest {
  try EstimationRequest(
    x: .samples(Samples(rowMajor: x, count: n, dimension: x.count / n)),
    y: .samples(Samples(rowMajor: y, count: n, dimension: y.count / n)), threads: threads)
}

extension Estimate {
  /// A numeric diagnostic; NaN where it is missing.
  func number(_ name: String) -> Double {
    if case .number(let value) = diagnostics[name] { value } else { .nan }
  }
}

@Suite struct GaussianGoldenTests {
  private let golden: GaussianGolden

  init() throws { golden = try GaussianGolden.load() }

  @Test func `gaussian equals NumPy with and without the correction`() throws {
    for row in golden.cases {
      let request = try continuousRequest(row.x, row.y, count: row.n)
      let corrected = try GaussianEstimator().estimate(request)
      let plain = try GaussianEstimator(["correction": "none"]).estimate(request)
      expectClose([corrected.information.nats], [row.corrected], absolute: 1e-10)
      expectClose([plain.information.nats], [row.plugIn], absolute: 1e-10)
      expectClose([corrected.number("plugInNats")], [row.plugIn], absolute: 1e-10)
      expectClose(
        [corrected.number("correctionNats")], [row.corrected - row.plugIn], absolute: 1e-10)
      #expect(plain.number("correctionNats") == 0)
    }
  }

  @Test func `canonical correlations and the p-value equal SciPy`() throws {
    for row in golden.cases {
      let estimate = try GaussianEstimator().estimate(
        continuousRequest(row.x, row.y, count: row.n))
      guard case .numbers(let correlations) = estimate.diagnostics["canonicalCorrelations"] else {
        Issue.record("no canonical correlations")
        return
      }
      expectClose(correlations, row.canonicalCorrelations, absolute: 1e-10)
      expectClose([estimate.number("independencePValue")], [row.pValue], relative: 1e-7)
    }
  }

  @Test func `Ledoit-Wolf equals scikit-learn`() throws {
    let estimator = try GaussianEstimator(["shrinkage": "ledoit-wolf"])
    for row in golden.cases {
      let estimate = try estimator.estimate(continuousRequest(row.x, row.y, count: row.n))
      expectClose([estimate.number("shrinkageIntensity")], [row.intensity], absolute: 1e-10)
      expectClose([estimate.information.nats], [row.shrunk], absolute: 1e-10)
    }
  }

  @Test func `Ledoit-Wolf takes fewer rows than dimensions`() throws {
    let wide = golden.wide
    let request = try continuousRequest(wide.x, wide.y, count: wide.n)
    let estimate = try GaussianEstimator(["shrinkage": "ledoit-wolf"]).estimate(request)
    expectClose([estimate.number("shrinkageIntensity")], [wide.intensity], absolute: 1e-10)
    expectClose([estimate.information.nats], [wide.shrunk], absolute: 1e-10)
    #expect(estimate.standardError == nil)
    #expect(estimate.number("correctionNats") == 0)
    #expect(estimate.warnings.map(\.code) == ["shrinkageBias"])
  }

  @Test func `gaussian-copula equals the formula of GCMI in NumPy, ties included`() throws {
    for row in golden.cases {
      let request = try continuousRequest(row.x, row.y, count: row.n)
      let corrected = try GaussianCopulaEstimator().estimate(request)
      expectClose([corrected.information.nats], [row.copula], absolute: 1e-10)
      expectClose([corrected.number("plugInNats")], [row.copulaPlugIn], absolute: 1e-10)
    }
  }

  @Test func `gaussian-label and gaussian-copula-label equal NumPy`() throws {
    let row = golden.labels
    let request = try EstimationRequest(
      x: .samples(Samples(rowMajor: row.x, count: row.labels.count, dimension: row.dx)),
      y: .labels(Labels(row.labels)))
    let estimate = try GaussianLabelEstimator().estimate(request)
    expectClose([estimate.information.nats], [row.corrected], absolute: 1e-10)
    expectClose([estimate.number("plugInNats")], [row.plugIn], absolute: 1e-10)
    let plain = try GaussianLabelEstimator(["correction": "none"]).estimate(request)
    #expect(plain.information.nats == estimate.number("plugInNats"))
    let copula = try GaussianCopulaLabelEstimator().estimate(request)
    expectClose([copula.information.nats], [row.copula], absolute: 1e-10)
    expectClose([copula.number("plugInNats")], [row.copulaPlugIn], absolute: 1e-10)
  }

  @Test func `a covariance alone gives the estimator's plug-in value and bias`() throws {
    for row in golden.cases {
      let z = try Samples(
        rowMajor: Matrix(
          besides: Matrix(rows: row.n, columns: row.dx, values: row.x),
          Matrix(rows: row.n, columns: row.dy, values: row.y)
        ).values, count: row.n, dimension: row.dx + row.dy)
      let information = try GaussianInformation(
        covariance: covariance(z), dx: row.dx, count: row.n)
      expectClose([information.plugIn], [row.plugIn], absolute: 1e-9)
      expectClose([information.plugIn - information.bias], [row.corrected], absolute: 1e-9)
    }
  }
}
