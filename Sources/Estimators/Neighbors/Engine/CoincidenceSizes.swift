// SPDX-License-Identifier: MIT

/// For each row the number of rows, itself included, that equal it in every coordinate; O(n d).
package func coincidenceSizes(_ sides: [Columns]) -> [Int] {
  struct Key: Hashable {
    let group: Int32
    let bits: UInt64
  }
  let n = sides[0].count
  var groups = [Int32](repeating: 0, count: n)
  for side in sides {
    for c in 0..<side.dimension {
      var next: [Key: Int32] = [:]
      for i in 0..<n {
        // Adding 0 turns -0 into 0.
        let key = Key(group: groups[i], bits: (side.values[c * n + i] + 0).bitPattern)
        let fresh = Int32(next.count)
        groups[i] = next[key, default: fresh]
        if groups[i] == fresh { next[key] = fresh }
      }
    }
  }
  var sizes = [Int](repeating: 0, count: n)
  for group in groups { sizes[Int(group)] += 1 }
  return groups.map { sizes[Int($0)] }
}
