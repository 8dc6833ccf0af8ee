// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators
import Testing

@Suite struct RankResolutionTests {
  private func scores(_ values: [Double]) throws -> Matrix {
    Matrix(try normalScores(Samples(rowMajor: values, count: values.count, dimension: 1)))
  }

  @Test func `spread ranks keep their order and stay within their steps`() throws {
    var random = RandomSource(seed: testSeed(61))
    let scores = try scores(random.normals(500))
    let spread = RankResolution(scores).spread
    let order = sortedOrder(scores.values)
    for (lower, upper) in zip(order, order.dropFirst()) {
      #expect(spread.values[lower] <= spread.values[upper])
      let middle = (scores.values[lower] + scores.values[upper]) / 2
      #expect(spread.values[lower] <= middle && middle <= spread.values[upper])
    }
  }

  @Test func `spread ranks follow the rows, whatever their order`() throws {
    var random = RandomSource(seed: testSeed(62))
    let values = random.normals(300)
    let forth = RankResolution(try scores(values)).spread.values
    let back = RankResolution(try scores(values.reversed())).spread.values
    #expect(Array(back.reversed()) == forth)
  }

  @Test func `slopes are those of the map between columns and scores`() throws {
    var random = RandomSource(seed: testSeed(63))
    let n = 4000
    let normals = random.normals(n)
    // x = sinh z, so dz / dx = 1 / cosh z.
    let columns = Matrix(
      rows: n, columns: 1, values: normals.map { (exponential($0) - exponential(-$0)) / 2 })
    let slopes = RankResolution(try scores(normals)).logSlopes(of: columns)
    let errors = zip(slopes, normals).map {
      $0 + naturalLogarithm((exponential($1) + exponential(-$1)) / 2)
    }
    // A difference over 62 ranks scatters by about 1 / sqrt(62) = 0.13 a row, and its mean by 0.02.
    expect(errors.reduce(0, +) / Double(n), within: 0.1, of: 0)
  }

  @Test func `Student's distribution is found in the columns`() throws {
    var random = RandomSource(seed: testSeed(64))
    let n = 4000
    var rows = Matrix(rows: n, columns: 2)
    for i in 0..<n {
      let (a, b) = (random.normal(), random.normal())
      let scale = (4 / random.normals(4).reduce(0) { $0 + $1 * $1 }).squareRoot()
      (rows[i, 0], rows[i, 1]) = (1 + scale * a, scale * (0.8 * a + 0.6 * b))
    }
    let found = try #require(StudentColumns.fitted(rows, dx: 1))
    // Standard deviations over seeds: 0.25, 0.02 and 0.013.
    expect(found.distribution.nu, within: 1.2, of: 4)
    expect(found.center[0], within: 0.08, of: 1)
    let student = StudentDistribution(nu: 4)
    let truth = -0.5 * naturalLogarithm(1 - 0.64) + student.scaleInformation(dx: 1, dy: 1)
    expect(found.information, within: 0.06, of: truth)
    // The mean log density ratio is the information, up to the error of the mean.
    let ratios = meanAndError(found.logRatios(rows))
    expect(ratios.mean, within: 6 * ratios.error, of: found.information)
    // No neighbor of the fit is likelier: the slow, obvious check of the iteration.
    for nu in [found.distribution.nu * 0.9, found.distribution.nu * 1.1] {
      let other = try #require(StudentColumns(rows, dx: 1, nu: nu))
      #expect(other.likelihood < found.likelihood)
    }
  }
}
