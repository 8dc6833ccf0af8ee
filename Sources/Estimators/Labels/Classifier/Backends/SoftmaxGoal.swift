// SPDX-License-Identifier: MIT

/// What a softmax regression is fitted to: the rows' classes, and a teacher's opinion of them where
/// there is one.
///
/// With q the model's probabilities and p the teacher's, both at temperature T (Hinton, Vinyals and
/// Dean 2015, arXiv 1503.02531), the loss of a row is
///
///     (1 - weight) (-ln q[class]) + weight T^2 KL(p at T || q at T)
package struct SoftmaxGoal: Sendable {
  /// The class of each row.
  package let classes: [Int]
  /// The number of classes, some of which may have no row.
  package let classCount: Int
  /// The teacher's part.
  package let teaching: Teaching?

  /// Creates a goal.
  package init(classes: [Int], classCount: Int, teaching: Teaching? = nil) {
    self.classes = classes
    self.classCount = classCount
    self.teaching = teaching
  }

  /// A teacher's probabilities with their weight.
  package struct Teaching: Sendable {
    /// Rows x classes, softened by ``temperature`` already; each row sums to 1.
    package let probabilities: Matrix
    /// From 0, no teacher, to 1, no labels.
    package let weight: Double
    /// What the student's logits are divided by, positive.
    package let temperature: Double
    /// The sum of p ln p over all rows: a constant of the loss.
    fileprivate let negativeEntropy: Double

    /// Creates a teacher's part.
    package init(probabilities: Matrix, weight: Double, temperature: Double) {
      precondition(weight >= 0 && weight <= 1, "a teacher's weight of \(weight)")
      precondition(temperature > 0, "a temperature of \(temperature)")
      self.probabilities = probabilities
      self.weight = weight
      self.temperature = temperature
      negativeEntropy = probabilities.values.reduce(0) {
        $1 > 0 ? $0 + $1 * naturalLogarithm($1) : $0
      }
    }
  }

  /// The number of rows.
  package var count: Int { classes.count }

  /// Each class's share of the rows, with half a row added to each (Jeffreys): never 0.
  var shares: [Double] {
    var sizes = [Int](repeating: 0, count: classCount)
    for code in classes { sizes[code] += 1 }
    return sizes.map { (Double($0) + 0.5) / (Double(count) + 0.5 * Double(classCount)) }
  }
}

extension SoftmaxGoal {
  /// The mean loss of the logits, which become its gradient in place.
  ///
  /// The gradient of a row by its logits is (1 - weight) (q - onehot) + weight T (q at T - p), over n.
  /// Also the loss of networks, hence not a part of ``SoftmaxRegression``.
  package func loss(logitsToGradient logits: inout Matrix) -> Double {
    let (n, classCount) = (count, classCount)
    precondition(logits.rows == n && logits.columns == classCount, "logits of another shape")
    let each = 1 / Double(n)
    var value = 0.0
    logits.values.withUnsafeMutableBufferPointer { q in
      classes.withUnsafeBufferPointer { classes in
        guard let teaching, teaching.weight > 0 else {
          for i in 0..<n {
            let row = i * classCount
            var highest = q[row]
            for j in 1..<classCount { highest = max(highest, q[row + j]) }
            value += highest - q[row + classes[i]]
            for j in 0..<classCount { q[row + j] -= highest }
          }
          if let start = q.baseAddress { exponentiate(start, count: q.count) }
          let sums = (0..<n).map { i in
            (0..<classCount).reduce(0.0) { $0 + q[i * classCount + $1] }
          }
          for logarithm in sums.logarithms() { value += logarithm }
          for i in 0..<n {
            let row = i * classCount
            let scale = each / sums[i]
            for j in 0..<classCount { q[row + j] *= scale }
            q[row + classes[i]] -= each
          }
          return
        }
        value = teaching.loss(q, classes, classCount: classCount)
      }
    }
    return value * each
  }
}

extension SoftmaxGoal.Teaching {
  /// The sum of the rows' losses; the logits become the gradient of the mean.
  ///
  /// The loss is the Kullback-Leibler divergence and not the cross-entropy, so that a student that
  /// agrees with its teacher has none.
  fileprivate func loss(
    _ q: UnsafeMutableBufferPointer<Double>, _ classes: UnsafeBufferPointer<Int>, classCount: Int
  ) -> Double {
    let each = 1 / Double(classes.count)
    let (hard, soft) = (1 - weight, weight * temperature * temperature)
    var sharp = [Double](repeating: 0, count: classCount)
    var value = soft * negativeEntropy
    probabilities.values.withUnsafeBufferPointer { p in
      sharp.withUnsafeMutableBufferPointer { sharp in
        for i in classes.indices {
          let row = i * classCount
          var highest = q[row]
          for j in 1..<classCount { highest = max(highest, q[row + j]) }
          // At temperature 1 both parts share one softmax.
          var (sum, sumSoft) = (0.0, 0.0)
          if hard > 0 {
            value += hard * (highest - q[row + classes[i]])
            for j in 0..<classCount { sharp[j] = q[row + j] - highest }
            if let start = sharp.baseAddress { exponentiate(start, count: classCount) }
            for j in 0..<classCount { sum += sharp[j] }
            value += hard * naturalLogarithm(sum)
          }
          for j in 0..<classCount {
            let shifted = (q[row + j] - highest) / temperature
            value -= soft * p[row + j] * shifted
            q[row + j] = hard > 0 && temperature == 1 ? sharp[j] : shifted
          }
          if !(hard > 0 && temperature == 1), let start = q.baseAddress {
            exponentiate(start + row, count: classCount)
          }
          for j in 0..<classCount { sumSoft += q[row + j] }
          value += soft * naturalLogarithm(sumSoft)
          let (scale, scaleSoft) = (hard > 0 ? hard / sum : 0, soft / temperature / sumSoft)
          for j in 0..<classCount {
            let gradient =
              scale * sharp[j] + scaleSoft * q[row + j] - soft / temperature * p[row + j]
            q[row + j] = each * gradient
          }
          q[row + classes[i]] -= each * hard
        }
      }
    }
    return value
  }
}
