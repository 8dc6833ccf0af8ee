// SPDX-License-Identifier: MIT

/// A multilayer perceptron on top of logistic regression: the logits are the sum of both.
///
/// A seventh of the training rows stops the training; they also choose the ridge of the logistic
/// part, which is fitted to the rest alone and then stays as it is.
struct NetworkBackend: ClassifierBackend {
  static let widths = [[16], [64]]

  let seed: UInt64
  let isCancelled: @Sendable () -> Bool

  var name: String { "mlp" }

  func path(_ rows: LabeledRows) -> any ClassifierPath {
    NetworkPath(rows, seed: seed, isCancelled: isCancelled)
  }
}

private struct NetworkPath: ClassifierPath {
  let settings = NetworkBackend.widths.map { widths in
    "hidden \(widths.map(String.init).joined(separator: ","))"
  }
  let rows: LabeledRows
  let seed: UInt64
  let isCancelled: @Sendable () -> Bool
  let split: StoppingSplit
  let base: any ClassifierModel

  init(_ rows: LabeledRows, seed: UInt64, isCancelled: @escaping @Sendable () -> Bool) {
    self.rows = rows
    self.seed = seed
    self.isCancelled = isCancelled
    split = StoppingSplit(rows.count, seed: seed)
    let path = LogisticBackend().path(rows.selecting(split.training))
    let stopping = rows.selecting(split.stopping)
    var best = (model: path.fit(0, from: nil), loss: Double.infinity)
    var previous: (any ClassifierModel)?
    for setting in path.settings.indices {
      let model = path.fit(setting, from: previous)
      let loss = model.logits(stopping.x).logSoftmax().crossEntropy(stopping.classes)
      guard loss < best.loss - CrossFit.leastGain, !isCancelled() else { break }
      best = (model, loss)
      previous = model
    }
    base = best.model
  }

  func fit(_ setting: Int, from start: (any ClassifierModel)?) -> any ClassifierModel {
    var random = RandomSource(seed: seed, 0x4D4C_50, UInt64(setting))
    let network = AddedNetwork(
      hidden: NetworkBackend.widths[setting], x: rows.x, base: base.logits(rows.x),
      loss: ClassLoss(classes: rows.classes), training: split.training, stopping: split.stopping,
      random: &random, isCancelled: isCancelled)
    return NetworkModel(base: base, network: network)
  }
}

private struct NetworkModel: ClassifierModel {
  let base: any ClassifierModel
  let network: AddedNetwork
  var converged: Bool { base.converged }

  func logits(_ x: Matrix) -> Matrix { base.logits(x).adding(network.outputs(x)) }
}

/// Rows dealt to training and, every seventh, to stopping.
struct StoppingSplit: Sendable {
  let training: [Int]
  let stopping: [Int]

  init(_ count: Int, seed: UInt64) {
    var random = RandomSource(seed: seed, 0x5354_4F50)
    let order = random.permutation(count)
    let stop = max(count / 7, 1)
    stopping = order[..<stop].sorted()
    training = order[stop...].sorted()
  }
}
