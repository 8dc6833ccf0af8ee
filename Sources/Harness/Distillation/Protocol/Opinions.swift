// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators

/// What a teacher, or a substitute for one, predicts for a student's training rows.
///
/// Only ``Kind/teacher`` tells the student something of the single row. The others keep what else a
/// teacher brings: softer targets (class means, smoothing), noise (shuffled).
struct Opinions {
  enum Kind: String, CaseIterable {
    /// The teacher's own.
    case teacher
    /// Every row gets the mean of its class; for numbers, the teacher's regression on them.
    case classMean
    /// The teacher's, dealt to the wrong rows.
    case shuffled
  }

  /// Logits or predictions: rows x outputs.
  private let outputs: Matrix
  private let target: DistillationTarget
  private let kind: Kind

  /// Keeps the outputs for rows whose labels `target` has.
  init(_ kind: Kind, outputs: Matrix, target: DistillationTarget, random: RandomSource) {
    self.kind = kind
    self.target = target
    var random = random
    self.outputs =
      kind == .shuffled ? outputs.selecting(rows: random.permutation(outputs.rows)) : outputs
  }

  /// The opinions with a weight, softened by the temperature.
  func teaching(_ setting: TeachingSetting) -> Teaching {
    var opinions = outputs
    if target.isClasses {
      opinions = outputs.logSoftmax(temperature: setting.temperature)
      opinions.values = opinions.values.exponentials()
    }
    if kind == .classMean { opinions = means(opinions) }
    return Teaching(
      weight: setting.weight, temperature: setting.temperature, opinions: opinions)
  }

  private func means(_ opinions: Matrix) -> Matrix {
    var result = opinions
    switch target {
    case .classes(let codes, let count):
      var sums = Matrix(rows: count, columns: opinions.columns)
      var sizes = [Double](repeating: 0, count: count)
      for (row, code) in codes.enumerated() {
        sizes[code] += 1
        for j in 0..<opinions.columns { sums[code, j] += opinions[row, j] }
      }
      for (row, code) in codes.enumerated() {
        for j in 0..<opinions.columns { result[row, j] = sums[code, j] / sizes[code] }
      }
    case .numbers(let values):
      let n = Double(values.count)
      let (meanY, meanT) = (values.reduce(0, +) / n, opinions.values.reduce(0, +) / n)
      var (square, product) = (0.0, 0.0)
      for (y, t) in zip(values, opinions.values) {
        square += (y - meanY) * (y - meanY)
        product += (y - meanY) * (t - meanT)
      }
      let slope = square > 0 ? product / square : 0
      for (row, y) in values.enumerated() { result[row, 0] = meanT + slope * (y - meanY) }
    }
    return result
  }

  /// Label smoothing as a teacher that says the same of every row: all classes alike, or the mean.
  static func smoothing(_ target: DistillationTarget, weight: Double) -> Teaching {
    let level: Double
    switch target {
    case .classes(_, let count): level = 1 / Double(count)
    case .numbers(let values): level = values.reduce(0, +) / Double(values.count)
    }
    return Teaching(
      weight: weight, temperature: 1,
      opinions: Matrix(rows: target.count, columns: target.outputs, repeating: level))
  }
}
