// SPDX-License-Identifier: MIT

import EstimatorAPI

/// The Gaussian mixtures behind the tasks of the second paper.
enum PublishedMixtures {
  /// "X": two bivariate normals of opposite correlation.
  static let crossed = mixture(
    "1v1-X-0.9", "X 1 x 1",
    [
      NormalMixture.Component(mean: [0, 0], covariance: [[1, 0.9], [0.9, 1]]),
      NormalMixture.Component(mean: [0, 0], covariance: [[1, -0.9], [-0.9, 1]]),
    ])

  /// "AI": three components make an I, three an A.
  static let letters = mixture(
    "1v1-AI", "AI 1 x 1",
    [
      stroke(1, 0, 0.01, 0.2),
      stroke(1, 1, 0.05, 0.001),
      stroke(1, -1, 0.05, 0.001),
      stroke(-0.8, -0.2, 0.03, 0.001),
      stroke(-1.2, 0, 0.04, 0.2, correlation: 0.95),
      stroke(-0.4, 0, 0.04, 0.2, correlation: -0.95),
    ])

  /// "Waves" before they are bent: twelve columns, seen from x0 in a row and from y on four levels.
  static let columns = mixture(
    "2v1-columns-12", "Columns 2 x 1", dx: 2,
    (0..<12).map { k in
      NormalMixture.Component(
        mean: [1.5 * Double(k), 0, 1.5 * Double(k % 4)],
        covariance: diagonal([0.1, 1, 0.1]))
    })

  /// "Galaxy" before it is turned: two balls at +-(1.5 sqrt 2, 0 | 1.5).
  static let balls = mixture(
    "2v1-balls-3.0", "Balls 2 x 1", dx: 2,
    [-1.5, 1.5].map { m in
      NormalMixture.Component(
        mean: [m * 2.0.squareRoot(), 0, m], covariance: diagonal([1, 1, 1]))
    })

  private static func stroke(
    _ x: Double, _ y: Double, _ varianceX: Double, _ varianceY: Double, correlation: Double = 0
  ) -> NormalMixture.Component {
    let covariance = correlation * (varianceX * varianceY).squareRoot()
    return NormalMixture.Component(
      mean: [x, y], covariance: [[varianceX, covariance], [covariance, varianceY]])
  }

  private static func diagonal(_ variances: [Double]) -> [[Double]] {
    variances.indices.map { i in
      variances.indices.map { j in i == j ? variances[i] : 0 }
    }
  }

  /// A mixture that is right by construction.
  private static func mixture(
    _ id: String, _ summary: String, dx: Int = 1, _ components: [NormalMixture.Component]
  ) -> NormalMixture {
    do throws(EstimatorError) {
      return try NormalMixture(id: id, summary: summary, dx: dx, dy: 1, components: components)
    } catch {
      preconditionFailure("mixture \(id): \(error)")
    }
  }
}
