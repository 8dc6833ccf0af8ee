// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A distribution of (teacher, student, labels), fitted to data, of which I(student; labels | teacher) is known.
protocol Triple: Sendable {
  /// What it is, in words.
  var summary: String { get }
  /// The hash of its parameters.
  var hash: ContentHash { get }
  /// I(student; labels | teacher).
  var information: Information { get }
  /// A bound on the numeric error of that; zero for closed forms.
  var informationError: Information { get }
  /// Draws independent rows.
  func sample(_ count: Int, seed: UInt64) -> (teacher: Samples, student: Samples, labels: Variable)
}

/// Gaussian classes of teacher and student together.
///
/// Fitted classes share more than the data do where each has few rows for its columns. So the classes' own
/// covariances are drawn to the pooled one by as much as predicts held-out rows best, see
/// ``ClassGaussians/init(regularized:labels:seed:)``.
///
/// The information is a mean over 20,000 draws of a fixed seed; its stated error is three standard errors.
struct ClassTriple: Triple {
  let summary: String
  let information: Information
  let informationError: Information
  private let joint: ClassGaussians
  private let teacherColumns: Int

  /// Nil where a column does not vary.
  init?(teacher: Samples, student: Samples, labels: Labels, cache: (any NumbersMemo)?, threads: Int)
  {
    let split = teacher.dimension
    guard let rows = try? concatenated([teacher, student]),
      let joint = ClassGaussians(regularized: rows, labels: labels, seed: 0),
      let alone = joint.marginal(0..<split)
    else { return nil }
    self.joint = joint
    teacherColumns = split
    summary =
      "\(joint.shares.count) Gaussian classes fitted to the data, \(split) columns of the teacher and "
      + "\(student.dimension) of the student"
    let known = cache.numbers(
      .classTriple(version: 1, teacherColumns: split, fittedTo: joint.hash.text)
    ) {
      let differences = parallelMap(10, threads: threads) { batch -> [Double] in
        var random = RandomSource(seed: fnv1a("class-triple"), UInt64(batch))
        let (codes, points) = joint.sample(2000, using: &random)
        let both = joint.logDensities(points)
        let one = alone.logDensities(
          points.block(rows: 0..<split, columns: 0..<points.columns))
        let (mixture, mixtureOfOne) = (joint.logMixture(both), alone.logMixture(one))
        return codes.indices.map { row in
          both[codes[row]][row] - mixture[row] - one[codes[row]][row] + mixtureOfOne[row]
        }
      }.flatMap(\.self)
      let count = Double(differences.count)
      return [
        differences.reduce(0, +) / count,
        3 * standardDeviation(differences) / count.squareRoot(),
      ]
    }
    information = Information(nats: known[0])
    informationError = Information(nats: known[1])
  }

  var hash: ContentHash { joint.hash }

  func sample(_ count: Int, seed: UInt64) -> (teacher: Samples, student: Samples, labels: Variable)
  {
    var random = RandomSource(seed: seed)
    let (codes, points) = joint.sample(count, using: &random)
    let (teacher, student) = points.transposed.split(at: teacherColumns)
    return (
      teacher, student, .labels(trusted(codes.map(Int32.init), classCount: joint.shares.count))
    )
  }
}

/// Jointly Gaussian teacher, student and a continuous label.
///
/// The correlations are those of the data's normal scores, shrunk toward zero by d / (d + n).
struct GaussianTriple: Triple {
  let summary: String
  let hash: ContentHash
  let information: Information
  let informationError = Information.zero
  private let factor: Cholesky
  private let teacherColumns: Int

  /// Nil where a column does not vary or columns determine each other.
  init?(teacher: Samples, student: Samples, labels: Samples) {
    guard labels.dimension == 1, let rows = try? concatenated([teacher, student, labels]),
      let scores = try? normalScores(rows)
    else { return nil }
    var correlation = covariance(scores)
    let d = correlation.rows
    let scales = (0..<d).map { correlation[$0, $0].squareRoot() }
    let kept = Double(rows.count) / Double(rows.count + d)
    for i in 0..<d {
      for j in 0..<d { correlation[i, j] *= (i == j ? 1 : kept) / (scales[i] * scales[j]) }
    }
    let split = teacher.dimension
    func variance(given columns: [Int]) -> Double? {
      let taken = columns + [d - 1]
      var block = Matrix(rows: taken.count, columns: taken.count)
      for (i, row) in taken.enumerated() {
        for (j, column) in taken.enumerated() { block[i, j] = correlation[row, column] }
      }
      return Cholesky(block).map { $0.factor[taken.count - 1, taken.count - 1] }
    }
    guard let factor = Cholesky(correlation), let one = variance(given: Array(0..<split)),
      let both = variance(given: Array(0..<d - 1))
    else { return nil }
    self.factor = factor
    teacherColumns = split
    hash = ContentHash(correlation.values)
    information = Information(nats: log(one / both))
    summary =
      "jointly Gaussian, \(split) columns of the teacher, \(student.dimension) of the student and the label"
  }

  func sample(_ count: Int, seed: UInt64) -> (teacher: Samples, student: Samples, labels: Variable)
  {
    var random = RandomSource(seed: seed)
    let d = factor.factor.rows
    let normals = Matrix(rows: d, columns: count, values: random.normals(d * count))
    let rows = multiply(factor.factor, normals).transposed
    let (teacher, rest) = rows.split(at: teacherColumns)
    let (student, label) = Matrix(
      rows: count, columns: rest.dimension, values: rest.values
    ).split(at: rest.dimension - 1)
    return (teacher, student, .samples(label))
  }
}

extension Matrix {
  /// The first columns and the others, as samples.
  fileprivate func split(at column: Int) -> (Samples, Samples) {
    let (left, right) = (
      block(rows: 0..<rows, columns: 0..<column), block(rows: 0..<rows, columns: column..<columns)
    )
    return (
      trusted(left.values, dimension: column), trusted(right.values, dimension: columns - column)
    )
  }
}
