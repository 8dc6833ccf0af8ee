// SPDX-License-Identifier: MIT

/// One fold's part in a cross-fitted classification.
///
/// Of the other folds, the next one chooses backend, setting and temperature for models that are
/// trained on the rest. The choice is then fitted to all other folds and scores this one: the rows
/// of the fold play no part in what scores them.
struct CrossFit: Sendable {
  /// The rows that were scored.
  let rows: [Int]
  /// ln q(class | x) at each of them, for its own class.
  let scores: [Double]
  /// ln q(class | x) at each of them, for all classes.
  let logProbabilities: Matrix
  /// How many of them have their class at the largest q.
  let hits: Int
  /// The chosen backend and setting.
  let choice: String
  /// What the logits are divided by.
  let temperature: Double
  /// Whether the fits that counted met their tolerance.
  let converged: Bool

  init(
    _ all: LabeledRows, _ folds: StratifiedFolds, fold: Int, backends: [any ClassifierBackend],
    isCancelled: () -> Bool
  ) {
    let inner = (fold + 1) % folds.count
    let validation = all.selecting(folds.rows(inner))
    let rest = all.selecting(folds.rows(without: [fold, inner]))
    var best: Candidate?
    for backend in backends {
      guard let found = Self.choose(backend, rest, validation, isCancelled) else { continue }
      if found.loss < (best?.loss ?? .infinity) - Self.leastGain { best = found }
    }
    rows = folds.rows(fold)
    guard let best, !isCancelled() else {
      (scores, hits, choice, temperature, converged) = ([], 0, "", 1, false)
      logProbabilities = Matrix(rows: 0, columns: all.classCount)
      return
    }
    let training = all.selecting(folds.rows(without: [fold]))
    let path = best.backend.path(training)
    let model = path.fit(best.setting, from: best.model)
    let held = all.selecting(rows)
    let q = model.logits(held.x).logSoftmax(temperature: best.temperature)
    scores = held.classes.enumerated().map { q[$0, $1] }
    logProbabilities = q
    hits = held.classes.enumerated().count { i, code in
      (0..<q.columns).allSatisfy { $0 == code || q[i, $0] < q[i, code] }
    }
    choice = "\(best.backend.name): \(path.settings[best.setting])"
    temperature = best.temperature
    converged = model.converged
  }

  /// What a more flexible setting must gain, in nats per row: between two equivalent ones, rounding
  /// would choose, and with it the units of the columns.
  static let leastGain = 1e-6

  private struct Candidate {
    let backend: any ClassifierBackend
    let setting: Int
    let model: any ClassifierModel
    let temperature: Double
    let loss: Double
  }

  /// Walks from rigid to flexible until `patience` settings in a row do worse than the best.
  private static func choose(
    _ backend: any ClassifierBackend, _ training: LabeledRows, _ validation: LabeledRows,
    _ isCancelled: () -> Bool
  ) -> Candidate? {
    let path = backend.path(training)
    var best: Candidate?
    var previous: (any ClassifierModel)?
    var worse = 0
    for setting in path.settings.indices {
      if isCancelled() { return nil }
      let model = path.fit(setting, from: previous)
      previous = model
      let (temperature, loss) = model.logits(validation.x).calibrated(to: validation.classes)
      if loss < (best?.loss ?? .infinity) - Self.leastGain {
        best = Candidate(
          backend: backend, setting: setting, model: model, temperature: temperature, loss: loss)
        worse = 0
      } else {
        worse += 1
        if worse == path.patience { break }
      }
    }
    return best
  }
}
