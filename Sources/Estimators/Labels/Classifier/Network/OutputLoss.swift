// SPDX-License-Identifier: MIT

/// What outputs of a model are worth on rows whose answer is known.
protocol OutputLoss: Sendable {
  /// The mean loss of outputs (rows x columns) of the given rows, and its gradient by them.
  func evaluate(_ outputs: Matrix, rows: [Int]) -> (value: Double, gradient: Matrix)
}

/// -ln of the softmax at the row's class.
struct ClassLoss: OutputLoss {
  let classes: [Int]

  func evaluate(_ outputs: Matrix, rows: [Int]) -> (value: Double, gradient: Matrix) {
    var gradient = outputs.logSoftmax()
    let each = 1 / Double(rows.count)
    var value = 0.0
    for (i, row) in rows.enumerated() { value -= each * gradient[i, classes[row]] }
    gradient.values = gradient.values.exponentials()
    for (i, row) in rows.enumerated() {
      for j in 0..<gradient.columns { gradient[i, j] *= each }
      gradient[i, classes[row]] -= each
    }
    return (value, gradient)
  }
}

/// Half the squared distance from the row's numbers.
struct DistanceLoss: OutputLoss {
  let numbers: Matrix

  func evaluate(_ outputs: Matrix, rows: [Int]) -> (value: Double, gradient: Matrix) {
    var gradient = outputs
    let each = 1 / Double(rows.count)
    var value = 0.0
    for (i, row) in rows.enumerated() {
      for j in 0..<outputs.columns {
        let difference = outputs[i, j] - numbers[row, j]
        value += each * difference * difference / 2
        gradient[i, j] = each * difference
      }
    }
    return (value, gradient)
  }
}
