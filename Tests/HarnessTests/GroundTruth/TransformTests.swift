// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators
import Harness
import Testing

@Suite struct TransformTests {
  static let transforms: [(transform: Transform, dimension: Int, tolerance: Double)] = [
    (.normalCDF, 2, 1e-9), (.halfCube, 2, 1e-13), (.asinh, 2, 1e-13), (.power(2.5), 2, 1e-12),
    (.affine(scale: -2, shift: 1), 2, 1e-14), (.wigglyX, 1, 1e-13), (.wigglyY, 1, 1e-13),
    (.mixtureQuantile([(weight: 0.3, mean: 0), (weight: 0.7, mean: 5)]), 1, 1e-9),
    (.spiral(speed: 0.7, plane: (1, 2)), 3, 1e-13),
    (.rotation(angle: 1, plane: (0, 2)), 3, 1e-13), (.wave(amplitude: 5, frequency: 3), 2, 1e-13),
    (.columns(scales: [0.1, -2], shifts: [3, 0]), 2, 1e-13),
    (.embedding(into: 9, seed: 1), 3, 1e-13),
  ]

  @Test(arguments: transforms.indices)
  func inverseUndoesIt(index: Int) throws {
    let (transform, dimension, tolerance) = Self.transforms[index]
    var source = RandomSource(seed: testSeed(1))
    let rows = try Samples(
      rowMajor: source.normals(2000 * dimension), count: 2000, dimension: dimension)
    let image = transform.apply(rows)
    #expect(image.dimension == transform.outputDimension(dimension))
    #expect(image.values != rows.values)
    let back = transform.invert(image, toDimension: dimension)
    for (a, b) in zip(back.values, rows.values) {
      #expect(abs(a - b) <= tolerance * max(1, abs(b)), "\(transform.name)")
    }
  }

  @Test func swissRollRunsFromTheUnitInterval() throws {
    let x = try Samples([0, 0.25, 1])
    let roll = Transform.swissRoll.apply(x)
    #expect(roll.dimension == 2)
    // s = 4.5 pi at x = 1: (0, 4.5 pi / 21).
    #expect(abs(roll.values[4]) < 1e-14)
    #expect(abs(roll.values[5] - 4.5 * .pi / 21) < 1e-14)
    #expect(
      zip(Transform.swissRoll.invert(roll, toDimension: 1).values, x.values)
        .allSatisfy { abs($0 - $1) < 1e-14 })
  }

  @Test func knownValues() throws {
    let one = { (transform: Transform, x: Double) throws in
      transform.apply(try Samples([x])).values[0]
    }
    #expect(try one(.halfCube, -4) == -8)
    #expect(try one(.power(3), -2) == -8)
    #expect(try one(.normalCDF, 0) == 0.5)
    #expect(abs(try one(.asinh, 1) - 0.881373587019543) < 1e-15)
    // A quarter turn of (1, 0), whose squared norm is 1.
    let turned = Transform.spiral(speed: .pi / 2, plane: (0, 1))
      .apply(try Samples(rowMajor: [1, 0], count: 1, dimension: 2))
    #expect(abs(turned.values[0]) < 1e-15 && abs(turned.values[1] - 1) < 1e-15)
  }

  /// The bimodal marginal is the mixture it says: P(x < 2.5) = 0.3 Phi(2.5) + 0.7 Phi(-2.5).
  @Test func mixtureQuantileGivesTheMixture() throws {
    let task = try TaskSuite.task("1v1-bimodal-0.75")
    let x = try #require(task.sample(100_000, seed: testSeed(1)).x.samples).values
    let share = Double(x.count { $0 < 2.5 }) / 1e5
    expect(
      share, within: 4 * (0.21 / 1e5).squareRoot(), of: (0.3 * 0.993790335 + 0.7 * 0.006209665))
  }
}
