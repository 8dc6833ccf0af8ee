// SPDX-License-Identifier: MIT

import Estimators
import Testing

@Suite struct SoftmaxGoalTests {
  private let n = 7
  private let classCount = 3

  private func logits(_ random: inout RandomSource, scale: Double = 2) -> Matrix {
    Matrix(
      rows: n, columns: classCount, values: random.normals(n * classCount).map { scale * $0 })
  }

  private func probabilities(_ logits: Matrix, temperature: Double) -> Matrix {
    var p = logits.logSoftmax(temperature: temperature)
    for i in p.values.indices { p.values[i] = exponential(p.values[i]) }
    return p
  }

  /// The loss from its definition, one row and one class at a time.
  private func twin(
    _ z: Matrix, _ classes: [Int], _ teacher: Matrix, weight: Double, temperature: Double
  ) -> Double {
    let hard = z.logSoftmax()
    let soft = z.logSoftmax(temperature: temperature)
    let p = teacher.logSoftmax(temperature: temperature)
    var sum = 0.0
    for i in 0..<z.rows {
      sum -= (1 - weight) * hard[i, classes[i]]
      for j in 0..<z.columns {
        sum +=
          weight * temperature * temperature * exponential(p[i, j]) * (p[i, j] - soft[i, j])
      }
    }
    return sum / Double(z.rows)
  }

  @Test(arguments: [(0.0, 1.0), (0.3, 1.0), (1.0, 1.0), (0.3, 4.0), (1.0, 4.0), (0.7, 0.5)])
  func lossIsItsDefinitionAndGradientItsSlope(weight: Double, temperature: Double) {
    var random = RandomSource(seed: 5)
    let z = logits(&random)
    let teacher = logits(&random)
    let classes = (0..<n).map { $0 % classCount }
    let goal = SoftmaxGoal(
      classes: classes, classCount: classCount,
      teaching: SoftmaxGoal.Teaching(
        probabilities: probabilities(teacher, temperature: temperature), weight: weight,
        temperature: temperature))
    var gradient = z
    let value = goal.loss(logitsToGradient: &gradient)
    func loss(_ z: Matrix) -> Double {
      twin(z, classes, teacher, weight: weight, temperature: temperature)
    }
    #expect(abs(value - loss(z)) < 1e-12)
    for i in z.values.indices {
      var (up, down) = (z, z)
      up.values[i] += 1e-5
      down.values[i] -= 1e-5
      let slope = (loss(up) - loss(down)) / 2e-5
      #expect(abs(gradient.values[i] - slope) < 1e-9, "logit \(i)")
    }
  }

  @Test func aStudentThatAgreesWithItsTeacherIsAtRest() {
    var random = RandomSource(seed: 6)
    let z = logits(&random)
    for temperature in [1.0, 3.0] {
      let goal = SoftmaxGoal(
        classes: [Int](repeating: 0, count: n), classCount: classCount,
        teaching: SoftmaxGoal.Teaching(
          probabilities: probabilities(z, temperature: temperature), weight: 1,
          temperature: temperature))
      var gradient = z
      #expect(abs(goal.loss(logitsToGradient: &gradient)) < 1e-12)
      #expect(gradient.values.allSatisfy { abs($0) < 1e-12 })
    }
  }

  /// A teacher that is sure of the labels is the labels, whatever its weight.
  @Test func aTeacherOfOneHotOpinionsChangesNothing() {
    var random = RandomSource(seed: 7)
    let x = Matrix(rows: 60, columns: 4, values: random.normals(240))
    let classes = (0..<60).map { x[$0, 0] + random.normal() > 0 ? 1 : 0 }
    var certain = Matrix(rows: 60, columns: 2)
    for (row, code) in classes.enumerated() { certain[row, code] = 1 }
    let regression = SoftmaxRegression(x, classCount: 2)
    let alone = regression.fit(SoftmaxGoal(classes: classes, classCount: 2), ridge: 0.01)
    let taught = regression.fit(
      SoftmaxGoal(
        classes: classes, classCount: 2,
        teaching: SoftmaxGoal.Teaching(probabilities: certain, weight: 0.6, temperature: 1)),
      ridge: 0.01)
    for (a, b) in zip(alone.weights.values, taught.weights.values) { #expect(abs(a - b) < 1e-2) }
    #expect(alone.weights.values.contains { abs($0) > 0.3 })
  }

  /// More columns than rows, columns far from mean 0 and a constant one; fresh and from another ridge.
  @Test(arguments: [false, true])
  func aFitIsWhereNoStepGoesDown(warm: Bool) {
    var random = RandomSource(seed: 8)
    let (n, d, ridge) = (20, 30, 0.05)
    var x = Matrix(rows: n, columns: d, values: random.normals(n * d))
    for i in 0..<n {
      x[i, 3] += 4
      x[i, 7] = 1
    }
    let means = (0..<d).map { j in (0..<n).reduce(0) { $0 + x[$1, j] } / Double(n) }
    let classes = (0..<n).map { _ in random.below(3) }
    var opinions = Matrix(rows: n, columns: 3, values: random.normals(3 * n)).logSoftmax()
    for i in opinions.values.indices { opinions.values[i] = exponential(opinions.values[i]) }
    let goal = SoftmaxGoal(
      classes: classes, classCount: 3,
      teaching: SoftmaxGoal.Teaching(probabilities: opinions, weight: 0.4, temperature: 2))
    let regression = SoftmaxRegression(x, classCount: 3)
    let start = warm ? regression.fit(goal, ridge: 1) : nil
    let fitted = regression.fit(goal, ridge: ridge, from: start)
    #expect(fitted.converged)
    func loss(_ weights: Matrix) -> Double {
      var logits = multiply(
        Matrix(besides: x, Matrix(rows: n, columns: 1, repeating: 1)), weights)
      let squares = weights.values.prefix(d * 3).reduce(0) { $0 + $1 * $1 }
      // Half a row of each class at the mean of x.
      let middle = multiply(Matrix(rows: 1, columns: d + 1, values: means + [1]), weights)
      let prior = middle.logSoftmax().values.reduce(0, +) / Double(2 * n)
      return goal.loss(logitsToGradient: &logits) + ridge / 2 * squares - prior
    }
    let here = loss(fitted.weights)
    for i in 0..<d * 3 {
      for step in [-0.02, 0.02] {
        var moved = fitted.weights
        moved.values[i] += step
        #expect(loss(moved) > here - 1e-6, "weight \(i)")
      }
    }
    #expect(fitted.weights.values.contains { abs($0) > 0.1 })
  }
}
