// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators
import Foundation

/// What is done with the columns of Gaussian classes before they are checked.
enum Shape: String {
  /// Nothing.
  case plain
  /// Classes of unequal size, shares as 1, 1/2, 1/3, ...
  case uneven
  /// exp and cube in turn: no information changes.
  case bent
  /// sinh(1.2 x): heavy tails; no information changes.
  case tails
  /// Classes whose correlation of teacher and student has a sign of its own, see ``OwnCovariances``.
  case own

  func applied(to variable: Variable) throws -> Variable {
    guard let samples = variable.samples, self == .bent || self == .tails else { return variable }
    let d = samples.dimension
    let values = samples.values.enumerated().map { index, value -> Double in
      guard self == .bent else { return sinh(1.2 * value) }
      return index % d % 2 == 0 ? exp(value) : value * value * value
    }
    return .samples(try Samples(rowMajor: values, count: samples.count, dimension: d))
  }
}

/// Gaussian classes of unit covariance within teacher and student, whose columns k have the correlation
/// +r in one half of the classes and -r in the other.
///
/// I(S; T | Y) = -d/2 ln(1 - r^2) exactly; I(S; Y | T) is a mean of the exact log density ratios over 200,000
/// rows.
struct OwnCovariances {
  let means: (teacher: [[Double]], student: [[Double]])
  let r: Double
  let d: Int

  init(classes: Int, d: Int, r: Double, apart: (teacher: Double, student: Double)) {
    var random = RandomSource(seed: 77)
    func points(_ scale: Double) -> [[Double]] {
      (0..<classes).map { _ in random.normals(d).map { scale * $0 / Double(d).squareRoot() } }
    }
    means = (points(apart.teacher), points(apart.student))
    self.r = r
    self.d = d
  }

  var gap: Double {
    let (t, s, codes) = draw(200_000, seed: 1)
    let classes = means.teacher.count
    var sum = 0.0
    for row in codes.indices {
      var (both, one) = ([Double](), [Double]())
      for code in 0..<classes {
        let rho = correlation(code)
        var (joint, alone) = (0.0, 0.0)
        for k in 0..<d {
          let a = t[row * d + k] - means.teacher[code][k]
          let b = s[row * d + k] - means.student[code][k] - rho * a
          alone -= a * a / 2
          joint -= a * a / 2 + b * b / (2 * (1 - rho * rho)) + log(1 - rho * rho) / 2
        }
        both.append(joint)
        one.append(alone)
      }
      func posterior(_ logs: [Double]) -> Double {
        let top = logs.max() ?? 0
        return logs[codes[row]] - top - log(logs.reduce(0) { $0 + exp($1 - top) })
      }
      sum += posterior(both) - posterior(one)
    }
    return -Double(d) / 2 * log(1 - r * r) - sum / 200_000
  }

  /// Row-major teacher, student and the class of each row; classes in turn.
  func draw(_ n: Int, seed: UInt64) -> (t: [Double], s: [Double], codes: [Int]) {
    var random = RandomSource(seed: seed, 78)
    var (t, s, codes): ([Double], [Double], [Int]) = ([], [], [])
    for row in 0..<n {
      let code = row % means.teacher.count
      let rho = correlation(code)
      for k in 0..<d {
        let (a, b) = (random.normal(), random.normal())
        t.append(means.teacher[code][k] + a)
        s.append(means.student[code][k] + rho * a + (1 - rho * rho).squareRoot() * b)
      }
      codes.append(code)
    }
    return (t, s, codes)
  }

  private func correlation(_ code: Int) -> Double { code % 2 == 0 ? r : -r }
}
