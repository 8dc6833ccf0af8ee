// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators

/// Rows of the test bed of the Modality Focusing Hypothesis.
struct ModalityRows: Sendable {
  let teacher: Matrix
  let student: Matrix
  /// 0 or 1.
  let labels: [Double]

  /// Draws n rows; `balanced` ones have either label on every other row.
  ///
  /// A row whose label is not wanted is mirrored: its decisive features are symmetric, so the rows of
  /// a class have the same distribution either way.
  init(
    _ n: Int, _ direction: [Double], overlap: Int, balanced: Bool = false,
    using random: inout RandomSource
  ) {
    var (teacher, student, labels) = ([Double](), [Double](), [Double]())
    for row in 0..<n {
      var xs = random.normals(20)
      let noise = random.normals(55)
      var label = zip(xs, direction).reduce(0) { $0 + $1.0 * $1.1 } > 0 ? 1.0 : 0
      if balanced, label != Double(row % 2) {
        xs = xs.map { -$0 }
        label = 1 - label
      }
      student += xs[0..<10] + noise[0..<40]
      teacher += xs[10 - overlap..<20 - overlap] + noise[40...]
      labels.append(label)
    }
    self.teacher = Matrix(rows: n, columns: 25, values: teacher)
    self.student = Matrix(rows: n, columns: 50, values: student)
    self.labels = labels
  }
}
