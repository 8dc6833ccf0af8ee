// SPDX-License-Identifier: MIT

package import EstimatorAPI
import Estimators

/// The columns of a view on scales on which its classes are as nearly normal as one scale can make them.
///
/// A strictly rising map of a column changes no information, so the parts of a contrast may be estimated on any
/// such scale. Prices, counts and rates have long tails, and spread more where they are larger: on the scale as
/// recorded, residuals around class means are neither normal nor alike in all classes. Normal scores of a whole column
/// do not mend that where classes lie apart, for then the column is no normal but a mixture.
///
/// So a column's ranks are given the quantiles of a mixture of normal classes of one variance:
///
///     t = G^-1(F(x)),  G = sum_c p_c N(m_c, s^2),
///
/// with F the empirical distribution, and m_c and s the class means and the pooled deviation of t itself, from
/// normal scores until t rests. It depends on the ranks and classes only: columns that were bent give the very
/// numbers that straight ones give. For numbers as labels it is normal scores.
///
/// - Complexity: O(n log n + iterations (n + 512 C)) a column.
package enum ClassScores {
  package static func scores(_ view: Variable, labels: Variable) throws(EstimatorError) -> Variable
  {
    guard let samples = view.samples else { return view }
    let n = samples.count
    let classes = labels.labels.map { $0.codes.map(Int.init) } ?? [Int](repeating: 0, count: n)
    let classCount = (classes.max() ?? 0) + 1
    var values = samples.values
    for column in 0..<samples.dimension {
      let scores = scores(samples.column(column), classes: classes, classCount: classCount)
      for row in 0..<n { values[row * samples.dimension + column] = scores[row] }
    }
    return .samples(try Samples(rowMajor: values, count: n, dimension: samples.dimension))
  }

  /// The scores of one column; the column itself if it is constant.
  package static func scores(_ column: [Double], classes: [Int], classCount: Int) -> [Double] {
    // The share of rows below each row, half of those that are equal: never 0 or 1.
    let shares = averageRanks(column).map { ($0 - 0.5) / Double(column.count) }
    guard let first = shares.first, shares.contains(where: { $0 != first }) else { return column }
    var scores = shares.map(normalQuantile)
    guard classCount > 1 else { return scores }
    for _ in 0..<mostIterations {
      guard let mixture = ClassMixture(scores, classes: classes, classCount: classCount) else {
        break
      }
      let next = mixture.quantiles(shares)
      let change = zip(scores, next).reduce(0) { max($0, abs($1.0 - $1.1)) }
      scores = next
      if change < 0.005 { break }
    }
    return scores
  }

  private static let mostIterations = 60
}

/// Normal classes of one variance on a line, as the classes of some scores are.
private struct ClassMixture {
  private let shares: [Double]
  private let means: [Double]
  private let deviation: Double

  /// Nil where the classes do not vary within.
  init?(_ scores: [Double], classes: [Int], classCount: Int) {
    var sizes = [Double](repeating: 0, count: classCount)
    var sums = sizes
    for (score, code) in zip(scores, classes) {
      sizes[code] += 1
      sums[code] += score
    }
    let n = Double(scores.count)
    let means = zip(sums, sizes).map { $1 > 0 ? $0 / $1 : 0 }
    let squares = zip(scores, classes).reduce(0) { sum, row in
      let rest = row.0 - means[row.1]
      return sum + rest * rest
    }
    guard squares > 1e-9 * n else { return nil }
    self.means = means
    shares = sizes.map { $0 / n }
    deviation = (squares / n).squareRoot()
  }

  /// Where the mixture reaches each of the shares, linear between the places of a grid, standardized.
  func quantiles(_ wanted: [Double]) -> [Double] {
    let (least, most) = (means.min() ?? 0, means.max() ?? 0)
    let start = least - 7 * deviation
    let step = (most - least + 14 * deviation) / Double(Self.places - 1)
    let grid = (0..<Self.places).map { start + Double($0) * step }
    let reached = grid.map { place in
      zip(shares, means).reduce(0) { sum, one in
        one.0 > 0 ? sum + one.0 * normalCDF((place - one.1) / deviation) : sum
      }
    }
    let scores = wanted.map { share -> Double in
      var (low, high) = (0, Self.places - 1)
      while high - low > 1 {
        let middle = (low + high) / 2
        if reached[middle] < share { low = middle } else { high = middle }
      }
      let rise = reached[high] - reached[low]
      return grid[low] + (rise > 0 ? min(max((share - reached[low]) / rise, 0), 1) : 0.5) * step
    }
    let mean = scores.reduce(0, +) / Double(scores.count)
    let variance = scores.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(scores.count)
    let scale = max(variance.squareRoot(), 1e-12)
    return scores.map { ($0 - mean) / scale }
  }

  private static let places = 1024
}
