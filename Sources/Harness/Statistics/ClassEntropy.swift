// SPDX-License-Identifier: MIT

package import EstimatorAPI

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The plug-in entropy of class sizes.
package func entropy(ofSizes sizes: [Int]) -> Information {
  let total = Double(sizes.reduce(0, +))
  let nats = sizes.filter { $0 > 0 }.reduce(0.0) { sum, size in
    let share = Double(size) / total
    return sum - share * log(share)
  }
  return Information(nats: nats)
}
