// SPDX-License-Identifier: MIT

/// The moving average of the weights along the path of training: less noisy than any point of it
/// (Polyak and Juditsky 1992, doi:10.1137/0330046).
///
///     average = k average + (1 - k) weights        k = min(keeping, t / (t + 9)) at step t
///
/// The smaller k of the first steps lets the average forget where it began.
package struct WeightAverage<Scalar: NetworkScalar> {
  /// The average.
  package let weights: Buffer<Scalar>
  private let keeping: Double
  private var steps = 0.0

  /// An average of `count` weights that gives its past the weight `keeping`; 0 follows the weights.
  package init(count: Int, keeping: Double) {
    weights = Buffer(count)
    self.keeping = keeping
  }

  /// Takes in the weights after a step.
  package mutating func add(_ parameters: Buffer<Scalar>) {
    steps += 1
    let keep = min(keeping, steps / (steps + 9))
    // The first step has no past but the zeros that the average was made of.
    if keep == 0 || steps == 1 { return weights.copy(parameters) }
    let (share, average, new) = (Scalar(1 - keep), weights.start, parameters.start)
    for index in 0..<weights.count { average[index] += share * (new[index] - average[index]) }
  }
}
