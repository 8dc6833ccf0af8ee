// SPDX-License-Identifier: MIT

import Estimators

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// `count` class codes with the given probabilities, which add up to 1.
func drawClasses(
  _ count: Int, of probabilities: [Double], using source: inout RandomSource
) -> [Int32] {
  var sum = 0.0
  let ends = probabilities.map { p -> Double in
    sum += p
    return sum
  }
  let last = probabilities.count - 1
  var codes = [Int32](repeating: 0, count: count)
  for row in 0..<count {
    let u = source.uniform() * sum
    var low = 0
    var high = last
    while low < high {
      let middle = (low + high) / 2
      if u < ends[middle] { high = middle } else { low = middle + 1 }
    }
    codes[row] = Int32(low)
  }
  return codes
}

/// ln of the sum of weights[i] exp(logs[i]), without overflow.
func logSumExp(_ logs: [Double], weights: [Double]) -> Double {
  var largest = -Double.infinity
  for value in logs where value > largest { largest = value }
  var sum = 0.0
  for i in logs.indices { sum += weights[i] * exp(logs[i] - largest) }
  return largest + log(sum)
}
