// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators
import Testing

@Suite struct ConditionalTests {
  /// Golden/conditional/conditional.json.
  private struct Golden: Decodable {
    let name: String
    let count: Int
    let dx: Int
    let dy: Int
    let dz: Int
    let x: [Double]
    let y: [Double]
    let z: [Double]
    let plugIn: Double
    let corrected: Double
    let copula: Double
    let ks: [Int]
    let frenzelPompe: [Double]
    let mesnerShalizi: [Double]

    var request: EstimationRequest {
      get throws {
        func side(_ values: [Double], _ dimension: Int) throws -> Variable {
          .samples(try Samples(rowMajor: values, count: count, dimension: dimension))
        }
        return try EstimationRequest(x: side(x, dx), y: side(y, dy), given: side(z, dz))
      }
    }

    /// Whether no value stands twice.
    var isContinuous: Bool { !frenzelPompe.isEmpty }
  }

  private static func golden() throws -> [Golden] {
    try goldenJSON("conditional/conditional.json", as: [Golden].self)
  }

  @Test func `gaussian forms equal NumPy's log determinants`() throws {
    for golden in try Self.golden() where golden.isContinuous {
      let request = try golden.request
      let plain = try GaussianEstimator(["correction": "none"]).estimate(request).information.nats
      #expect(abs(plain - golden.plugIn) < 1e-10, "\(golden.name)")
      let exact = try GaussianEstimator().estimate(request).information.nats
      #expect(abs(exact - golden.corrected) < 1e-10, "\(golden.name)")
      let copula = try GaussianCopulaEstimator().estimate(request).information.nats
      #expect(abs(copula - golden.copula) < 1e-10, "\(golden.name)")
    }
  }

  @Test func `neighbor forms equal NumPy over all pairs of rows`() throws {
    for golden in try Self.golden() {
      for (place, k) in golden.ks.enumerated() {
        let texts = ["k": "\(k)"]
        let request = try golden.request
        let mixed = try MixedKSGEstimator(texts).estimate(request).information.nats
        #expect(abs(mixed - golden.mesnerShalizi[place]) < 1e-12, "\(golden.name), k \(k)")
        guard golden.isContinuous else { continue }
        let plain = try KSG1Estimator(texts).estimate(request).information.nats
        #expect(abs(plain - golden.frenzelPompe[place]) < 1e-12, "\(golden.name), k \(k)")
      }
    }
  }

  @Test func `counts equal the loop over all pairs`() throws {
    var random = RandomSource(seed: testSeed(61))
    for (dx, dy, dz, levels) in [(1, 1, 1, 0), (1, 1, 1, 3), (2, 1, 2, 4), (3, 4, 3, 0)] {
      for n in [9, 140] {
        let sides = [dx, dy, dz].map {
          NeighborData.points(n: n, d: $0, levels: levels, using: &random)
        }
        for closed in [false, true] {
          let counts = try conditionalCounts(
            x: sides[0], y: sides[1], z: sides[2], ks: [1, 3, 7], closed: closed, threads: 2)
          for (place, k) in [1, 3, 7].enumerated() {
            let twin = pairwiseConditionalCounts(
              x: sides[0], y: sides[1], z: sides[2], k: k, closed: closed)
            #expect(counts[place] == twin, "\(dx) + \(dy) | \(dz), n \(n), k \(k)")
          }
        }
      }
    }
  }

  /// One row of the statistical table.
  private struct Row: Sendable {
    let estimator: any MutualInformationEstimator
    let data: ConditionalData
    let dz: Int
    let low: Double
    let high: Double
  }

  @Test func `known truths are found, each within its tolerance`() throws {
    let (gaussian, copula) = (try GaussianEstimator(), try GaussianCopulaEstimator())
    let (ksg, mixed) = (try KSG1Estimator(["k": "5"]), try MixedKSGEstimator())
    let linear = try ClassifierEstimator()
    let rows = [
      Row(estimator: gaussian, data: .chain, dz: 1, low: -0.004, high: 0.004),
      Row(estimator: gaussian, data: .synergy, dz: 4, low: -0.03, high: 0.03),
      Row(estimator: copula, data: .chain, dz: 2, low: -0.004, high: 0.004),
      Row(estimator: copula, data: .synergy, dz: 1, low: -0.04, high: 0.04),
      Row(estimator: ksg, data: .chain, dz: 1, low: -0.05, high: 0.03),
      Row(estimator: ksg, data: .synergy, dz: 1, low: -0.12, high: 0.03),
      Row(estimator: mixed, data: .chain, dz: 1, low: -0.04, high: 0.04),
      Row(estimator: mixed, data: .exclusiveOr, dz: 1, low: -0.005, high: 0.005),
      Row(estimator: mixed, data: .mixed, dz: 1, low: -0.25, high: 0.02),
      Row(estimator: linear, data: .chain, dz: 2, low: -0.008, high: 0.004),
      Row(estimator: linear, data: .synergy, dz: 2, low: -0.04, high: 0.03),
    ]
    for row in rows {
      var random = RandomSource(seed: testSeed(62))
      // The mean of eight has a standard deviation of a quarter or less of the distance to a bound.
      let found = try (0..<8).map { _ in
        try row.estimator.estimate(row.data.draw(&random, n: 2000, dz: row.dz)).information.nats
      }
      let error = meanAndDeviation(found).mean - row.data.truth
      expect(
        error, in: row.low...row.high,
        "\(row.estimator.descriptor.id) on \(row.data.rawValue): off by \(error)")
    }
  }

  @Test func `given z the synergy is more, and the chain less, than without`() throws {
    var random = RandomSource(seed: testSeed(63))
    for estimator: any MutualInformationEstimator in [
      try GaussianEstimator(), try KSG1Estimator(), try MixedKSGEstimator(),
      try ClassifierEstimator(),
    ] {
      for data in [ConditionalData.chain, .synergy] {
        let request = try data.draw(&random, n: 1000)
        let conditional = try estimator.estimate(request).information.nats
        let plain = try estimator.estimate(
          EstimationRequest(x: request.x, y: request.y, seed: request.seed)
        ).information.nats
        #expect(data == .chain ? conditional < plain - 0.35 : conditional > plain + 0.35)
      }
    }
  }

  @Test func `known bias: neighbors err toward zero, and more so the more columns z has`() throws {
    for estimator: any MutualInformationEstimator in [try KSG1Estimator(), try MixedKSGEstimator()]
    {
      // Against an unbiased estimator on the same draws, whose luck cancels. With one column the bias, 0.01
      // to 0.04, is no more than the spread of a sample, so that more columns are needed to show it.
      let gaussian = try GaussianEstimator()
      let biases = try [1, 4].map { dz in
        var random = RandomSource(seed: testSeed(64))
        return try mean(overDraws: 10) { _ in
          let request = try ConditionalData.synergy.draw(&random, n: 500, dz: dz)
          return try estimator.estimate(request).information.nats
            - gaussian.estimate(request).information.nats
        }
      }
      expect(biases[0], in: -0.1...0.04)
      expect(biases[1], below: biases[0] - 0.15)
      expect(biases[1], above: -ConditionalData.synergy.truth)
    }
  }

  @Test func `the Gaussian correction is exact and its error honest with eight given columns`()
    throws
  {
    var random = RandomSource(seed: testSeed(65))
    let found = try (0..<800).map { _ in
      try GaussianEstimator().estimate(ConditionalData.synergy.draw(&random, n: 24, dz: 8))
    }
    let (mean, deviation) = meanAndDeviation(found.map(\.information.nats))
    let truth = ConditionalData.synergy.truth
    expect(mean, within: 4 * deviation / 800.0.squareRoot(), of: truth)
    // Known bias: the plug-in is high, here by about 1 / (2 (n - dz)).
    let plugIn = meanAndDeviation(found.map { $0.number("plugInNats") }).mean
    expect(plugIn, above: mean + 0.03)
    let stated = meanAndDeviation(found.compactMap { $0.standardError?.nats }).mean
    // Over seeds the ratio has a standard deviation of 0.035.
    expect(stated / deviation, in: 0.85...1.15)
  }

  @Test func `the chain rule holds for the plug-in, and for the classifier row by row`() throws {
    var random = RandomSource(seed: testSeed(66))
    let request = try ConditionalData.synergy.draw(&random, n: 300, dz: 2)
    let (x, z) = (try #require(request.x.samples), try #require(request.given?.samples))
    var rows: [Double] = []
    for i in 0..<300 { rows += [z.values[2 * i], z.values[2 * i + 1], x.values[i]] }
    let both = Variable.samples(try Samples(rowMajor: rows, count: 300, dimension: 3))
    let labels = Variable.labels(
      try Labels(try #require(request.y.samples).values.map { $0 > 0 ? 1 : 0 }))
    let plain = try GaussianEstimator(["correction": "none"])
    for (estimator, y): (any MutualInformationEstimator, Variable) in [
      (plain, request.y), (try ClassifierEstimator(), labels),
      (try ClassifierEstimator(["backend": "mlp"]), labels),
      (try ClassifierEstimator(), request.y),
    ] {
      let parts = try [both, .samples(z)].map { first in
        try estimator.estimate(EstimationRequest(x: first, y: y)).information.nats
      }
      let conditional = try estimator.estimate(
        EstimationRequest(x: request.x, y: y, given: request.given)
      ).information.nats
      #expect(abs(conditional - (parts[0] - parts[1])) < 1e-10)
    }
  }

  @Test func `given labels, the estimate is the mean over the classes`() throws {
    var random = RandomSource(seed: testSeed(67))
    let request = try ConditionalData.chain.draw(&random, n: 400)
    let codes = (0..<400).map { Int32($0 % 4 == 0 ? 2 : 0) }
    let labels = try Labels(codes: codes, names: ["a", "unused", "b"])
    for estimator: any MutualInformationEstimator in [
      try GaussianEstimator(), try GaussianCopulaEstimator(), try KSG1Estimator(),
      try MixedKSGEstimator(),
    ] {
      let found = try estimator.estimate(
        EstimationRequest(x: request.x, y: request.y, given: .labels(labels)))
      var byHand = 0.0
      for (code, share) in [(0, 0.75), (2, 0.25)] {
        let rows = codes.indices.filter { codes[$0] == Int32(code) }
        let within = try EstimationRequest(
          x: request.x.selecting(rows: rows), y: request.y.selecting(rows: rows))
        let nats = try estimator.estimate(within).information.nats
        byHand += share * nats
      }
      #expect(abs(found.information.nats - byHand) < 1e-12)
      if let pointwise = found.pointwise {
        #expect(abs(meanAndDeviation(pointwise).mean - byHand) < 1e-10)
      }
    }
    let error = #expect(throws: EstimatorError.self) {
      try GaussianEstimator().estimate(
        EstimationRequest(
          x: request.x, y: request.y,
          given: .labels(Labels((0..<400).map { $0 == 7 ? "rare" : "often" }))))
    }
    #expect(error?.description.contains("In class \"rare\"") == true)
  }

  @Test func `threads change no bit, and a transform reaches the given variable`() throws {
    var random = RandomSource(seed: testSeed(68))
    var request = try ConditionalData.synergy.draw(&random, n: 700, dz: 2)
    let registry = EstimatorRegistry.builtIn()
    for id in ["gaussian", "ksg-1", "mixed-ksg", "classifier"] {
      let estimator = try registry.make(id)
      request.threads = 1
      let one = try estimator.estimate(request)
      request.threads = 3
      #expect(try estimator.estimate(request) == one)
    }
    let z = try #require(request.given?.samples)
    let bent = try EstimationRequest(
      x: request.x, y: request.y,
      given: .samples(
        Samples(rowMajor: z.values.map { $0 * $0 * $0 }, count: 700, dimension: 2)),
      seed: request.seed)
    let ranked = try registry.make("rank+ksg-1")
    #expect(try ranked.estimate(bent).information == ranked.estimate(request).information)
  }

  @Test func `what cannot be given is refused in one sentence`() throws {
    var random = RandomSource(seed: testSeed(69))
    let request = try ConditionalData.chain.draw(&random, n: 100)
    func error(
      _ estimator: any MutualInformationEstimator, x: Variable? = nil, given: Variable
    ) -> EstimatorError? {
      #expect(throws: EstimatorError.self) {
        try estimator.estimate(
          EstimationRequest(x: x ?? request.x, y: request.y, given: given))
      }
    }
    let z = try #require(request.given)
    for entry in EstimatorRegistry.builtInEntries
    where entry.descriptor.traits.kinds.contains(.continuous)
      && entry.descriptor.traits.given.isEmpty
    {
      let found = error(try entry.make(entry.descriptor.resolve([:])), given: z)
      #expect(found?.code == .unsupportedGiven, "\(entry.descriptor.id)")
      #expect(found?.description.contains("gaussian, gaussian-copula, ksg-1") == true)
    }
    let constant = Variable.samples(try Samples([Double](repeating: 3, count: 100)))
    for id in ["gaussian", "gaussian-copula", "ksg-1", "mixed-ksg", "classifier"] {
      let found = error(try EstimatorRegistry.builtIn().make(id), given: constant)
      #expect(found?.code == .constantColumn)
      #expect(found?.description.contains("of z") == true)
    }
    // x is a function of z: nothing is left of it.
    let copy = error(try GaussianEstimator(), x: z, given: z)
    #expect(copy?.code == .singularCovariance)
    #expect(copy?.description.contains("x0") == true)
    let shrunk = error(try GaussianEstimator(["shrinkage": "ledoit-wolf"]), given: z)
    #expect(shrunk?.code == .invalidParameter)
    let rows = #expect(throws: EstimatorError.self) {
      try EstimationRequest(
        x: request.x, y: request.y, given: .samples(Samples([1, 2, 3])))
    }
    #expect(rows?.code == .rowsDiffer)
  }
}
