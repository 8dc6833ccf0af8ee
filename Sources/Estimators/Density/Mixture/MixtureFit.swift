// SPDX-License-Identifier: MIT

/// Fits a mixture by expectation maximization (Dempster, Laird and Rubin 1977).
///
/// Every covariance is drawn toward the overall one, shrunk to a component's size, as if by one more
/// row (Fraley and Raftery 2007, doi:10.1007/s00357-007-0004-5): none can become singular.
struct MixtureFit: Sendable {
  /// The rows as columns, d x n.
  let columns: Matrix
  private let rows: Matrix
  private let overall: Matrix

  init(_ rows: Matrix) {
    self.rows = rows
    columns = rows.transposed
    var centered = rows
    let (n, d) = (rows.rows, rows.columns)
    for j in 0..<d {
      let mean = (0..<n).reduce(0) { $0 + rows[$1, j] } / Double(n)
      for i in 0..<n { centered[i, j] -= mean }
    }
    overall = gram(centered, scale: 1 / Double(n))
  }

  /// A mixture from a random start: centers spread out (k-means++), five rounds of k-means, then
  /// EM until a round gains less than `tolerance` nats per row.
  func fit(
    _ count: Int, using random: inout RandomSource, tolerance: Double = 1e-5, rounds: Int = 200,
    isCancelled: () -> Bool
  ) -> (mixture: GaussianMixture, likelihood: Double)? {
    guard let start = maximized(shares: kMeans(count, using: &random)) else { return nil }
    return improve(start, tolerance: tolerance, rounds: rounds, isCancelled: isCancelled)
  }

  /// EM from a mixture on.
  func improve(
    _ start: GaussianMixture, tolerance: Double = 1e-5, rounds: Int = 200, isCancelled: () -> Bool
  ) -> (mixture: GaussianMixture, likelihood: Double)? {
    var mixture = start
    var last = -Double.infinity
    for _ in 0..<rounds {
      if isCancelled() { return nil }
      var shares = mixture.logParts(columns)
      let densities = normalize(&shares)
      let likelihood = densities.reduce(0, +) / Double(rows.rows)
      guard likelihood.isFinite else { return nil }
      if likelihood - last < tolerance { return (mixture, likelihood) }
      last = likelihood
      guard let next = maximized(shares: shares) else { return nil }
      mixture = next
    }
    return (mixture, last)
  }

  /// The mixture of largest posterior density for given shares (components x n).
  private func maximized(shares: Matrix) -> GaussianMixture? {
    let (n, d, count) = (rows.rows, rows.columns, shares.rows)
    let volume = power(Double(count), -2 / Double(d))
    var weights: [Double] = []
    var means: [[Double]] = []
    var covariances: [Matrix] = []
    let sums = multiply(shares, rows)
    for k in 0..<count {
      let size = shares.values[k * n..<(k + 1) * n].reduce(0, +)
      guard size > 1e-6 else { continue }
      let mean = (0..<d).map { sums[k, $0] / size }
      var weighted = rows
      weighted.values.withUnsafeMutableBufferPointer { values in
        for i in 0..<n {
          let root = shares.values[k * n + i].squareRoot()
          for j in 0..<d { values[i * d + j] = root * (values[i * d + j] - mean[j]) }
        }
      }
      var covariance = gram(weighted)
      for i in covariance.values.indices {
        covariance.values[i] = (covariance.values[i] + volume * overall.values[i]) / (size + 1)
      }
      weights.append(size)
      means.append(mean)
      covariances.append(covariance)
    }
    let total = weights.reduce(0, +)
    return GaussianMixture(
      weights: weights.map { $0 / total }, means: means, covariances: covariances)
  }

  /// Each row's cluster as shares of 0 and 1 (Arthur and Vassilvitskii 2007).
  private func kMeans(_ count: Int, using random: inout RandomSource) -> Matrix {
    let (n, d) = (rows.rows, rows.columns)
    var centers = [Array(row(random.below(n)))]
    var nearest = [Double](repeating: .infinity, count: n)
    while centers.count < count {
      for i in 0..<n { nearest[i] = min(nearest[i], distance(i, centers[centers.count - 1])) }
      var rest = random.uniform() * nearest.reduce(0, +)
      var chosen = n - 1
      for i in 0..<n {
        rest -= nearest[i]
        if rest < 0 {
          chosen = i
          break
        }
      }
      centers.append(Array(row(chosen)))
    }
    var cluster = [Int](repeating: 0, count: n)
    for _ in 0..<5 {
      for i in 0..<n {
        var best = Double.infinity
        for (k, center) in centers.enumerated() {
          let found = distance(i, center)
          if found < best { (best, cluster[i]) = (found, k) }
        }
      }
      var sums = [[Double]](repeating: [Double](repeating: 0, count: d), count: count)
      var sizes = [Double](repeating: 0, count: count)
      for i in 0..<n {
        sizes[cluster[i]] += 1
        for j in 0..<d { sums[cluster[i]][j] += rows[i, j] }
      }
      for k in 0..<count where sizes[k] > 0 { centers[k] = sums[k].map { $0 / sizes[k] } }
    }
    var shares = Matrix(rows: count, columns: n)
    for i in 0..<n { shares[cluster[i], i] = 1 }
    return shares
  }

  private func row(_ i: Int) -> ArraySlice<Double> {
    rows.values[i * rows.columns..<(i + 1) * rows.columns]
  }

  private func distance(_ i: Int, _ center: [Double]) -> Double {
    var sum = 0.0
    let start = i * rows.columns
    for j in center.indices {
      let difference = rows.values[start + j] - center[j]
      sum += difference * difference
    }
    return sum
  }
}
