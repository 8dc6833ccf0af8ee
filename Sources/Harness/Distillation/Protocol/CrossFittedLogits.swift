// SPDX-License-Identifier: MIT

package import EstimatorAPI
package import Estimators

/// What a model predicts for each row when it was trained on other rows: the low-dimensional, held-out
/// representation of a view that the hypothesis speaks of.
///
/// For C classes these are C - 1 numbers per row: the logits in an orthonormal basis of their contrasts
/// (Helmert's), as the sum of the logits means nothing. For numbers it is the one prediction.
///
/// Rows are dealt to folds, in whole groups where there are any; each fold is scored by a model of the
/// other folds.
package func crossFittedLogits(
  _ view: Matrix, target: DistillationTarget, grouping: GroupedRows, shape: ModelShape,
  folds: Int = 5, seed: UInt64, threads: Int
) throws(EstimatorError) -> Samples {
  var random = RandomSource(seed: seed, fnv1a("cross-fitted-logits"))
  let dealt = grouping.folds(folds, using: &random)
  let stream = random
  let fits = parallelMap(dealt.count, threads: threads) { fold in
    let others = dealt.indices.filter { $0 != fold }.flatMap { dealt[$0] }
    let model = Trainee(
      view, target: target, rows: others, grouping: grouping, shape: shape, for: .outputs,
      random: stream)
    return model.outputs(model.train(nil, near: nil).model, rows: dealt[fold])
  }
  let width = max(1, target.outputs - 1)
  var values = [Double](repeating: 0, count: view.rows * width)
  for (rows, outputs) in zip(dealt, fits) {
    let contrasts = target.isClasses ? helmertContrasts(outputs) : outputs
    for (i, row) in rows.enumerated() {
      for j in 0..<width { values[row * width + j] = contrasts[i, j] }
    }
  }
  return try Samples(rowMajor: values, count: view.rows, dimension: width)
}

extension GroupedRows {
  /// All rows in about equal parts, whole groups in one part.
  fileprivate func folds(_ count: Int, using random: inout RandomSource) -> [[Int]] {
    var parts = [[Int]](repeating: [], count: count)
    let order = random.permutation(self.count)
    guard let groups else {
      for (place, row) in order.enumerated() { parts[place % count].append(row) }
      return parts
    }
    var seen: [Int32: Int] = [:]
    for row in order {
      // A new group goes to the part with the fewest rows so far.
      let part = seen[groups[row]] ?? (parts.indices.min { parts[$0].count < parts[$1].count } ?? 0)
      if seen.updateValue(part, forKey: groups[row]) == nil {
        parts[part] += order.filter { groups[$0] == groups[row] }
      }
    }
    return parts.filter { !$0.isEmpty }
  }
}

/// The contrasts of the logits z: column k is the mean of z_0 to z_k less z_(k + 1), scaled to length 1.
private func helmertContrasts(_ logits: Matrix) -> Matrix {
  var result = Matrix(rows: logits.rows, columns: logits.columns - 1)
  for i in 0..<logits.rows {
    var sum = 0.0
    for k in 0..<result.columns {
      sum += logits[i, k]
      let size = Double(k + 1)
      result[i, k] = (sum - size * logits[i, k + 1]) / (size * (size + 1)).squareRoot()
    }
  }
  return result
}
