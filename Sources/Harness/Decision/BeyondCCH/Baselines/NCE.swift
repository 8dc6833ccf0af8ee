// SPDX-License-Identifier: MIT

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// NCE: the negative conditional entropy of the labels given a source's labels (Tran, Nguyen, Hassner
/// 2019, arXiv 1908.08142).
///
///     NCE = -H(Y | Z) = sum over y, z of p(y, z) ln (p(y, z) / p(z))
///
/// with the shares of rows as probabilities. At most 0, higher is better. The source's labels Z are
/// here the predictions of a classifier cross-fitted on the view.
package func nce(source: [Int], labels: [Int], classCount: Int) -> Double {
  let sources = (source.max() ?? 0) + 1
  var joint = [Int](repeating: 0, count: sources * classCount)
  var marginal = [Int](repeating: 0, count: sources)
  for (z, y) in zip(source, labels) {
    joint[z * classCount + y] += 1
    marginal[z] += 1
  }
  var sum = 0.0
  for z in 0..<sources {
    for y in 0..<classCount where joint[z * classCount + y] > 0 {
      let both = Double(joint[z * classCount + y])
      sum += both * log(both / Double(marginal[z]))
    }
  }
  return sum / Double(labels.count)
}
