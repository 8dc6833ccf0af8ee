// SPDX-License-Identifier: MIT

package import Estimators

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// LEEP: the mean log likelihood of the labels under a model that goes through the classes of a source
/// (Nguyen, Hassner, Seeger, Archambeau 2020, arXiv 2002.12462).
///
///     LEEP = 1/n sum_i ln sum_z P(y_i | z) theta(x_i)_z,   P(y, z) = 1/n sum_{i: y_i = y} theta(x_i)_z
///
/// At most 0, higher is better. The source's class probabilities theta are here those of a classifier
/// that is cross-fitted on the view (``CrossFittedScores``): features have no classes of their own.
///
/// `theta` is rows x source classes, each row adding up to 1; `labels` are classes 0 ..< `classCount`.
package func leep(theta: Matrix, labels: [Int], classCount: Int) -> Double {
  let n = Double(theta.rows)
  var joint = Matrix(rows: classCount, columns: theta.columns)
  var marginal = [Double](repeating: 0, count: theta.columns)
  for (row, label) in labels.enumerated() {
    for z in 0..<theta.columns {
      joint[label, z] += theta[row, z] / n
      marginal[z] += theta[row, z] / n
    }
  }
  let logs = labels.enumerated().map { row, label -> Double in
    log(
      (0..<theta.columns).reduce(0) { sum, z in
        marginal[z] > 0 ? sum + joint[label, z] / marginal[z] * theta[row, z] : sum
      })
  }
  return logs.reduce(0, +) / n
}
