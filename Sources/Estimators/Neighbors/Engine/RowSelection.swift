// SPDX-License-Identifier: MIT

/// A row with the coordinate by which it is ordered.
struct KeyedRow: BitwiseCopyable {
  var key: Double
  var row: Int32
}

/// Selection by partition: afterwards, among `first` ..< `last`, no key before `middle` exceeds the
/// key there, and none after is less.
func selectRow(
  _ keys: UnsafeMutablePointer<KeyedRow>, _ first: Int, _ last: Int, _ middle: Int
) {
  var (start, end) = (first, last)
  while end - start > 1 {
    let pivot = pivot(keys, start, end, middle)
    let border = partition(keys, start, end) { isLess($0, pivot) }
    if middle < border {
      end = border
    } else if border > start {
      start = border
    } else {
      // The pivot is the least: set aside all that equal it.
      let equal = partition(keys, start, end) { 1 &- isLess(pivot, $0) }
      if middle < equal { return }
      start = equal
    }
  }
}

/// 1 where a < b, else 0, by the sign of the difference: the compiler makes a branch of a
/// comparison, and on random keys every other one is mispredicted.
@inline(__always)
private func isLess(_ a: Double, _ b: Double) -> Int {
  Int(truncatingIfNeeded: (a - b).bitPattern &>> 63)
}

/// Moves the keys for which `holds` is 1 to the front and returns their end.
@inline(__always)
private func partition(
  _ keys: UnsafeMutablePointer<KeyedRow>, _ start: Int, _ end: Int, _ holds: (Double) -> Int
) -> Int {
  var border = start
  for i in start..<end {
    let item = keys[i]
    keys[i] = keys[border]
    keys[border] = item
    border &+= holds(item.key)
  }
  return border
}

/// A key near the wanted one, a little beyond it as seen from the nearer end, so that the next
/// partition leaves few (after Floyd and Rivest 1975, doi:10.1145/360680.360691).
@inline(__always)
private func pivot(
  _ keys: UnsafeMutablePointer<KeyedRow>, _ start: Int, _ end: Int, _ middle: Int
) -> Double {
  let count = end - start
  if count < 64 {
    let (a, b, c) = (keys[start].key, keys[start + count / 2].key, keys[end - 1].key)
    let (low, high) = a < b ? (a, b) : (b, a)
    return c < low ? low : c > high ? high : c
  }
  let size = count < 1024 ? 15 : 63
  return withUnsafeTemporaryAllocation(of: Double.self, capacity: size) { sample in
    for i in 0..<size {
      let key = keys[start + (2 * i + 1) * count / (2 * size)].key
      var place = i
      while place > 0, sample[place &- 1] > key {
        sample[place] = sample[place &- 1]
        place &-= 1
      }
      sample[place] = key
    }
    let wanted = (middle - start) * size / count
    let margin = size / 15
    return 2 * wanted < size ? sample[wanted + margin] : sample[max(wanted - margin, 0)]
  }
}
