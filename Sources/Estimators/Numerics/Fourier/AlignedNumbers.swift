// SPDX-License-Identifier: MIT

/// Numbers at an address that FFTW's vector code can use, owned by whoever holds this value.
///
/// A plan may run on any array that is aligned as the one it was made for, so all arrays of the
/// transforms come from here.
struct AlignedNumbers: ~Copyable {
  let count: Int
  let base: UnsafeMutablePointer<Double>

  /// `count` zeros.
  init(count: Int) {
    precondition(count >= 1, "\(count) aligned numbers")
    self.count = count
    let bytes = UnsafeMutableRawPointer.allocate(
      byteCount: count * MemoryLayout<Double>.stride, alignment: 64)
    base = bytes.initializeMemory(as: Double.self, repeating: 0, count: count)
  }

  /// A copy of the numbers.
  init(_ numbers: [Double]) {
    self.init(count: numbers.count)
    for (i, number) in numbers.enumerated() { base[i] = number }
  }

  deinit { base.deallocate() }

  /// The numbers as an array.
  var array: [Double] { Array(UnsafeBufferPointer(start: base, count: count)) }
}
