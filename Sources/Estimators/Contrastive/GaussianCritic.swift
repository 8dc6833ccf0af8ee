// SPDX-License-Identifier: MIT

import EstimatorAPI

/// The log density ratio of jointly Gaussian columns around class means, as a critic of pairs.
///
/// Of residuals r = (a, b) around the mean of their class, scaled to variance 1 or mapped to normal scores,
/// with correlation matrix K and its diagonal blocks B,
///
///     f(a, b) = 1/2 r' (B^-1 - K^-1) r,
///
/// which is ln p(a, b) / (p(a) p(b)) up to a constant. K is that of all rows, or of each class drawn to that
/// of all, and is shrunk toward the identity.
struct GaussianCritic: Sendable {
  /// How residuals become columns, and whose covariance counts.
  struct Setting: Sendable {
    /// Normal scores in place of residuals over their standard deviation.
    let usesScores: Bool
    /// A covariance for each class.
    let isPerClass: Bool
    /// The share of the identity in K, 0 to 1.
    let shrinkage: Double

    /// One covariance or several, residuals or normal scores, from the most rigid to the most flexible,
    /// each with the middle shrinkage.
    static func forms(classes: Int) -> [Setting] {
      (classes > 1 ? [false, true] : [false]).flatMap { perClass in
        [false, true].map { Setting(usesScores: $0, isPerClass: perClass, shrinkage: 0.1) }
      }
    }

    /// The same with more shrinkage, and with less.
    var otherShrinkages: [Setting] {
      [0.3, 0.02].map {
        Setting(usesScores: usesScores, isPerClass: isPerClass, shrinkage: $0)
      }
    }

    var name: String {
      "\(isPerClass ? "a covariance per class" : "one covariance"), "
        + "\(usesScores ? "normal scores" : "residuals"), shrinkage \(shrinkage)"
    }
  }

  /// B^-1 - K^-1 of each class, or one for all.
  private let forms: [Matrix]
  private let dx: Int

  /// Fits to rows as ``ClassResiduals`` maps them; nil where a covariance is not positive definite.
  init?(_ setting: Setting, mapped: Matrix, dx: Int, classes: [Int], classCount: Int) {
    self.dx = dx
    let d = mapped.columns
    let pooled = gram(mapped, scale: 1 / Double(max(mapped.rows, 1)))
    func form(_ covariance: Matrix) -> Matrix? {
      var k = covariance
      let scales = (0..<d).map { max(covariance[$0, $0], 1e-12).squareRoot() }
      var blocks = Matrix(rows: d, columns: d)
      for i in 0..<d {
        for j in 0..<d {
          k[i, j] *= (i == j ? 1 : 1 - setting.shrinkage) / (scales[i] * scales[j])
          if (i < dx) == (j < dx) { blocks[i, j] = k[i, j] }
        }
      }
      guard let joint = Cholesky(k), let apart = Cholesky(blocks) else { return nil }
      var difference = apart.solve(.identity(d))
      let inverse = joint.solve(.identity(d))
      for i in 0..<d {
        for j in 0..<d {
          difference[i, j] = (difference[i, j] - inverse[i, j]) / (scales[i] * scales[j])
        }
      }
      return difference
    }
    guard setting.isPerClass else {
      guard let only = form(pooled) else { return nil }
      forms = [only]
      return
    }
    var forms: [Matrix] = []
    for code in 0..<classCount {
      let rows = classes.indices.filter { classes[$0] == code }
      var own = pooled
      if rows.count > 1 {
        let within = gram(mapped.selecting(rows: rows), scale: 1 / Double(rows.count))
        let weight = Double(rows.count) / Double(rows.count + d)
        for i in own.values.indices {
          own.values[i] = weight * within.values[i] + (1 - weight) * pooled.values[i]
        }
      }
      guard let found = form(own) else { return nil }
      forms.append(found)
    }
    self.forms = forms
  }

  /// The critic of every a with every b among mapped rows of one class: element (i, j) pairs a of row i
  /// with b of row j.
  func scores(_ mapped: Matrix, code: Int) -> Matrix {
    let form = forms[forms.count == 1 ? 0 : code]
    let (m, d) = (mapped.rows, mapped.columns)
    let (x, y) = (0..<dx, dx..<d)
    let (a, b) = (mapped.block(rows: 0..<m, columns: x), mapped.block(rows: 0..<m, columns: y))
    func halfSquares(_ v: Matrix, _ q: Matrix) -> [Double] {
      let product = multiply(v, q)
      return (0..<m).map { row in
        (0..<v.columns).reduce(0) { $0 + product[row, $1] * v[row, $1] } / 2
      }
    }
    let ofA = halfSquares(a, form.block(rows: x, columns: x))
    let ofB = halfSquares(b, form.block(rows: y, columns: y))
    var scores = multiply(multiply(a, form.block(rows: x, columns: y)), transposed: b)
    for i in 0..<m {
      for j in 0..<m { scores[i, j] += ofA[i] + ofB[j] }
    }
    return scores
  }
}

/// Columns as what is left of them around the means of their class.
struct ClassResiduals: Sendable {
  /// The mean of each class, one row a class.
  private let means: Matrix
  private let scales: [Double]
  /// The residuals of each column in ascending order.
  private let sorted: [[Double]]
  /// The normal score of twice the rank, from 0 to twice the number of rows.
  private let scores: [Double]

  /// A class without rows has the mean of all.
  init(_ columns: Matrix, classes: [Int], classCount: Int) {
    let (n, d) = (columns.rows, columns.columns)
    var sums = Matrix(rows: classCount, columns: d)
    var sizes = [Int](repeating: 0, count: classCount)
    var overall = [Double](repeating: 0, count: d)
    for row in 0..<n {
      sizes[classes[row]] += 1
      for j in 0..<d {
        sums[classes[row], j] += columns[row, j]
        overall[j] += columns[row, j] / Double(n)
      }
    }
    for code in 0..<classCount {
      for j in 0..<d {
        sums[code, j] = sizes[code] == 0 ? overall[j] : sums[code, j] / Double(sizes[code])
      }
    }
    means = sums
    let residuals = (0..<d).map { j in
      radixSorted((0..<n).map { columns[$0, j] - sums[classes[$0], j] })
    }
    sorted = residuals
    scores = (0...2 * n).map { normalQuantile((Double($0) / 2 + 0.5) / Double(n + 1)) }
    scales = residuals.map { column in
      let variance = column.reduce(0) { $0 + $1 * $1 } / Double(max(n - 1, 1))
      return max(variance.squareRoot(), 1e-12)
    }
  }

  /// Residuals over their standard deviation, at most six of them, or normal scores by the ranks that they
  /// would have among those of the fit.
  func mapped(_ columns: Matrix, classes: [Int], toScores: Bool) -> Matrix {
    let (n, d) = (columns.rows, columns.columns)
    var result = [Double](repeating: 0, count: n * d)
    for row in 0..<n {
      for j in 0..<d {
        let residual = columns.values[row * d + j] - means.values[classes[row] * d + j]
        result[row * d + j] =
          toScores
          ? score(residual, among: sorted[j]) : min(max(residual / scales[j], -6), 6)
      }
    }
    return Matrix(rows: n, columns: d, values: result)
  }

  /// Half of the ties count as below.
  private func score(_ value: Double, among sorted: [Double]) -> Double {
    let below = sorted.firstPlace { $0 >= value }
    var notAbove = below
    while notAbove < sorted.count, sorted[notAbove] == value { notAbove += 1 }
    return scores[below + notAbove]
  }
}

extension [Double] {
  /// The first index whose element fulfils the condition, which all later ones do too; the count if none.
  fileprivate func firstPlace(where isAfter: (Double) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if isAfter(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
