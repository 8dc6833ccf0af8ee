// SPDX-License-Identifier: MIT

/// A way to learn q(class | x): a family of models from the most rigid to the most flexible.
protocol ClassifierBackend: Sendable {
  /// The name in `-p backend=`.
  var name: String { get }
  /// Prepares to fit the family to rows.
  func path(_ rows: LabeledRows) -> any ClassifierPath
}

/// The family on one set of rows.
protocol ClassifierPath {
  /// The settings by name, the most rigid first.
  var settings: [String] { get }
  /// How many settings in a row may do worse than the best before the walk along the path ends.
  var patience: Int { get }
  /// Fits one setting, perhaps starting from a model that was fitted before.
  func fit(_ setting: Int, from start: (any ClassifierModel)?) -> any ClassifierModel
}

extension ClassifierPath {
  var patience: Int { 1 }
}

/// A fitted q(class | x).
protocol ClassifierModel: Sendable {
  /// ln q(class | x) up to a constant for each row: rows x classes.
  func logits(_ x: Matrix) -> Matrix
  /// Whether the fit met its tolerance.
  var converged: Bool { get }
}

extension Matrix {
  /// Each row divided by `temperature`, less the logarithm of its sum of exponentials: ln q.
  package func logSoftmax(temperature: Double = 1) -> Matrix {
    var result = self
    result.values.withUnsafeMutableBufferPointer { values in
      for i in 0..<rows {
        let row = i * columns
        var highest = -Double.infinity
        for j in 0..<columns {
          values[row + j] /= temperature
          highest = max(highest, values[row + j])
        }
        for j in 0..<columns { values[row + j] -= highest }
      }
    }
    let terms = result.values.exponentials()
    let logSums = (0..<rows).map { i in
      (0..<columns).reduce(0.0) { $0 + terms[i * columns + $1] }
    }.logarithms()
    for i in 0..<rows {
      for j in 0..<columns { result.values[i * columns + j] -= logSums[i] }
    }
    return result
  }

  /// The mean of -ln q(class) over rows whose ln q this is.
  package func crossEntropy(_ classes: [Int]) -> Double {
    var sum = 0.0
    for (i, code) in classes.enumerated() { sum -= self[i, code] }
    return sum / Double(rows)
  }
}
