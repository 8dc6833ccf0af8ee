// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators
import Foundation
import Harness
import Testing

@Suite struct CopulaTwinTests {
  /// Two columns against one, with correlation 0.6 of the first, under skewed marginals.
  private func data(_ n: Int) throws -> (x: Samples, y: Samples) {
    var random = RandomSource(seed: testSeed(8))
    var (x, y) = ([Double](), [Double]())
    for _ in 0..<n {
      let core = random.normal()
      x += [exp(core), random.normal()]
      let other = 0.6 * core + 0.8 * random.normal()
      y.append(other * other * other)
    }
    return (try Samples(rowMajor: x, count: n, dimension: 2), try Samples(y))
  }

  @Test func theInformationIsThatOfTheGaussianBehind() throws {
    let (x, y) = try data(4000)
    let twin = try #require(CopulaTwin(x: x, y: y))
    // -ln(1 - 0.36) / 2 up to the sampling of the correlation.
    expect(twin.information.nats + log(0.64) / 2, within: 0.04, of: 0)
    #expect(twin.kind == .continuous && twin.informationError == .zero)
  }

  /// An independent witness: neighbors on many rows of the twin find what it says it holds.
  @Test func neighborsFindTheStatedInformation() throws {
    let (x, y) = try data(500)
    let twin = try #require(CopulaTwin(x: x, y: y))
    let pair = twin.sample(20_000, seed: testSeed(3))
    let estimator = try EstimatorRegistry.builtIn().make("rank+ksg-1")
    let found = try estimator.estimate(EstimationRequest(x: pair.x, y: pair.y)).information.nats
    // The standard deviation over seeds is 0.008.
    expect(found, within: 0.035, of: twin.information.nats)
  }

  @Test func drawsHaveTheDataMarginals() throws {
    let (x, y) = try data(2000)
    let twin = try #require(CopulaTwin(x: x, y: y))
    let drawn = try #require(twin.sample(2000, seed: testSeed(1)).x.samples)
    let (mine, theirs) = (drawn.column(0).sorted(), x.column(0).sorted())
    for rank in [100, 500, 1000, 1500, 1900] {
      expect(mine[rank] / theirs[rank], within: 0.2, of: 1)
    }
    #expect(mine.allSatisfy { $0 > -1 })
  }

  @Test func repeatedValuesHaveNoTwin() throws {
    let (_, y) = try data(200)
    let rounded = try Samples(y.values.map { ($0 * 2).rounded() })
    #expect(CopulaTwin(x: rounded, y: y) == nil)
  }
}
