// SPDX-License-Identifier: MIT

/// How many points coincide in every coordinate with another one.
///
/// Points are put into an open hash table by the bits of their coordinates (0 and -0 are one
/// number) and compared exactly, so the count is exact; O(n d).
package func coincidentRows(_ points: Columns) -> Int {
  let n = points.count
  var size = 2
  while size < 2 * n { size *= 2 }
  var table = [Int32](repeating: -1, count: size)
  var shared = [Bool](repeating: false, count: n)
  var hashes = [UInt64](repeating: 0, count: n)
  points.values.withUnsafeBufferPointer { values in
    for c in 0..<points.dimension {
      for i in 0..<n {
        // Adding 0 turns -0 into 0.
        let bits = (values[c &* n &+ i] + 0).bitPattern
        hashes[i] = (hashes[i] ^ bits) &* 0x9E37_79B9_7F4A_7C15
        hashes[i] ^= hashes[i] &>> 29
      }
    }
    for i in 0..<n {
      var place = Int(truncatingIfNeeded: hashes[i]) & (size - 1)
      while table[place] >= 0 {
        let other = Int(table[place])
        if hashes[other] == hashes[i],
          (0..<points.dimension).allSatisfy({ values[$0 * n + other] == values[$0 * n + i] })
        {
          shared[other] = true
          shared[i] = true
          break
        }
        place = (place &+ 1) & (size - 1)
      }
      if table[place] < 0 { table[place] = Int32(truncatingIfNeeded: i) }
    }
  }
  return shared.count { $0 }
}
