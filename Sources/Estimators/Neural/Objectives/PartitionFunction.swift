// SPDX-License-Identifier: MIT

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Z, the mean of exp(T) over the broken pairs, kept as its logarithm so that no score overflows.
package struct PartitionFunction {
  /// ln Z.
  package let logarithm: Double
  /// The greatest and the least score allowed to count; T beyond them is clipped.
  private let clip: Double

  /// ln mean exp(clip(T, -clip, clip)).
  package init(_ scores: Scores, clip: Double = .infinity) {
    self.clip = clip
    var greatest = -Double.infinity
    for score in scores.broken { greatest = max(greatest, min(max(score, -clip), clip)) }
    let sum = sumOfExponentials(
      scores.start + scores.rows, count: scores.brokenCount, shift: greatest, limit: clip)
    logarithm = greatest + log(sum / Double(scores.brokenCount))
  }

  /// The shares exp(T) / Z, averaged over the broken pairs of each x and of each y; both have
  /// mean 1.
  package func shares(_ scores: Scores) -> (x: [Double], y: [Double]) {
    let (rows, negatives) = (scores.rows, scores.negatives)
    var x = [Double](repeating: 0, count: rows)
    var y = x
    let all = scores.broken.map { min(max($0, -clip), clip) - logarithm }.exponentials()
    for k in 1...negatives {
      let shift = scores.shifts[k]
      for i in 0..<rows {
        let share = all[(k - 1) * rows + i] / Double(negatives)
        x[i] += share
        let j = i + shift
        y[j < rows ? j : j - rows] += share
      }
    }
    return (x, y)
  }
}
