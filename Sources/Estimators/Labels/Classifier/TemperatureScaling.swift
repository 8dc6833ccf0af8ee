// SPDX-License-Identifier: MIT

extension Matrix {
  /// The temperature at which these logits have the least cross-entropy, and that cross-entropy.
  ///
  /// Guo et al. 2017, arXiv 1706.04599; by golden sections of its logarithm between 1/20 and 20.
  package func calibrated(to classes: [Int]) -> (temperature: Double, loss: Double) {
    func loss(_ logarithm: Double) -> Double {
      logSoftmax(temperature: exponential(logarithm)).crossEntropy(classes)
    }
    let ratio = (5.0.squareRoot() - 1) / 2
    var (low, high) = (-naturalLogarithm(20), naturalLogarithm(20))
    var (left, right) = (high - ratio * (high - low), low + ratio * (high - low))
    var (atLeft, atRight) = (loss(left), loss(right))
    while high - low > 0.1 {
      if atLeft <= atRight {
        (high, right, atRight) = (right, left, atLeft)
        left = high - ratio * (high - low)
        atLeft = loss(left)
      } else {
        (low, left, atLeft) = (left, right, atRight)
        right = low + ratio * (high - low)
        atRight = loss(right)
      }
    }
    return (exponential((low + high) / 2), min(atLeft, atRight))
  }
}
