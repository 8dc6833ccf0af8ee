// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators

extension ClassGaussians {
  /// Fits a Gaussian to each class with a share of its own covariance that predicts best.
  ///
  /// Of the shares 0, 1/4, 1/2, 3/4 and 1 of each class's own covariance, the rest being the pooled one, the
  /// one is taken whose classes give the rows of a held-out fifth the largest likelihood; in each case a class
  /// counts by n_c / (n_c + d) besides. So few rows per class and column do not become differences
  /// between classes, which an estimator could not find in the data.
  ///
  /// Nil where a column does not vary.
  init?(regularized samples: Samples, labels: Labels, seed: UInt64) {
    var random = RandomSource(seed: seed, fnv1a("regularized classes"))
    let order = random.permutation(samples.count)
    let held = Array(order.prefix(samples.count / 5)).sorted()
    let training = Array(order.dropFirst(samples.count / 5)).sorted()
    let (heldRows, heldLabels) = (samples.selecting(rows: held), labels.selecting(rows: held))
    let points = Matrix(
      rows: held.count, columns: samples.dimension, values: heldRows.values
    ).transposed
    let places = Dictionary(
      uniqueKeysWithValues: Set(training.map { labels.codes[$0] }).sorted().enumerated()
        .map { ($1, $0) })
    var best = (share: 0.0, likelihood: -Double.infinity)
    for share in [0, 0.25, 0.5, 0.75, 1] {
      guard
        let fitted = ClassGaussians(
          samples.selecting(rows: training), labels: labels.selecting(rows: training),
          ownShare: share)
      else { continue }
      let densities = fitted.logDensities(points)
      var likelihood = 0.0
      for (row, code) in heldLabels.codes.enumerated() {
        if let place = places[code] { likelihood += densities[place][row] }
      }
      if likelihood > best.likelihood { best = (share, likelihood) }
    }
    self.init(samples, labels: labels, ownShare: best.share)
  }
}
