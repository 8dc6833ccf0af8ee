// SPDX-License-Identifier: MIT

/// A multilayer perceptron on top of least squares: the mean is the sum of both.
///
/// A seventh of the training rows stops the training and chooses the ridge of the linear part.
struct NetworkRegression: RegressionBackend {
  let seed: UInt64
  let isCancelled: @Sendable () -> Bool

  var name: String { "mlp" }

  func path(_ rows: NumberedRows) -> any RegressionPath {
    NetworkPath(rows, seed: seed, isCancelled: isCancelled)
  }
}

private struct NetworkPath: RegressionPath {
  let settings = NetworkBackend.widths.map { widths in
    "hidden \(widths.map(String.init).joined(separator: ","))"
  }
  let rows: NumberedRows
  let seed: UInt64
  let isCancelled: @Sendable () -> Bool
  let split: StoppingSplit
  let base: any RegressionModel

  init(_ rows: NumberedRows, seed: UInt64, isCancelled: @escaping @Sendable () -> Bool) {
    self.rows = rows
    self.seed = seed
    self.isCancelled = isCancelled
    let split = StoppingSplit(rows.count, seed: seed)
    self.split = split
    let path = LinearRegression().path(rows.selecting(split.training))
    let held = rows.selecting(split.stopping)
    let loss = DistanceLoss(numbers: held.y)
    let models = path.settings.indices.map { path.fit($0) }
    let losses = models.map { loss.evaluate($0.means(held.x), rows: Array(0..<held.count)).value }
    let best = losses.indices.min { losses[$0] < losses[$1] } ?? 0
    base = models[best]
  }

  func fit(_ setting: Int) -> any RegressionModel {
    var random = RandomSource(seed: seed, 0x4D4C_50, UInt64(setting))
    let network = AddedNetwork(
      hidden: NetworkBackend.widths[setting], x: rows.x, base: base.means(rows.x),
      loss: DistanceLoss(numbers: rows.y), training: split.training, stopping: split.stopping,
      random: &random, isCancelled: isCancelled)
    return NetworkMean(base: base, network: network)
  }
}

private struct NetworkMean: RegressionModel {
  let base: any RegressionModel
  let network: AddedNetwork

  func means(_ x: Matrix) -> Matrix { base.means(x).adding(network.outputs(x)) }
}
