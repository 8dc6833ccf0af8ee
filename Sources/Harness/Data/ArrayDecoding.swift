// SPDX-License-Identifier: MIT

extension StoredArray {
  /// Widens the stored elements, and turns column-major order to row-major.
  ///
  /// `data` is exactly the bytes of the elements, aligned or not; `offset` is where they start in the
  /// file, for errors.
  init(
    decoding data: UnsafeRawBufferPointer, as type: ArrayElementType, shape: [Int],
    isFortran: Bool, name: String, offset: Int
  ) throws(DataError) {
    let count = data.count / type.size
    self.shape = shape
    self.elementType = type.name
    self.subject = "\(type.name) array"
    let columns = isFortran && shape.count == 2 ? shape[1] : 1
    func ordered<Value>(_ values: [Value]) -> [Value] {
      columns == 1 ? values : transposed(values, rows: columns, columns: count / columns)
    }
    switch type.kind {
    case .float, .brainFloat:
      elements = .reals(ordered(reals(data, type, count)), isSingle: type.size < 8)
    case .signed, .unsigned, .bool:
      if type.kind == .unsigned, type.size == 8 {
        let naturals: [UInt64] = map(data, count, type.isSwapped) { $0 }
        if naturals.contains(where: { $0 > Int64.max }) {
          elements = .naturals(ordered(naturals))
          return
        }
      }
      let values = integers(data, type, count)
      if type.kind == .bool, let at = values.firstIndex(where: { $0 != 0 && $0 != 1 }) {
        throw .malformed(name, byte: offset + at, "a bool is \(values[at]); it must be 0 or 1.")
      }
      elements = .integers(ordered(values))
    case .unicode, .bytes:
      let place = TextPlace(name: name, offset: offset)
      elements = .texts(ordered(try texts(data, type, count, place)))
    }
  }
}

/// One pass of load, swap and widen; the closure is inlined, so each use is its own tight loop.
@inline(__always)
private func map<Raw: FixedWidthInteger, Value>(
  _ data: UnsafeRawBufferPointer, _ count: Int, _ isSwapped: Bool, _ widen: (Raw) -> Value
) -> [Value] {
  [Value](unsafeUninitializedCapacity: count) { target, initialized in
    let stride = MemoryLayout<Raw>.size
    if isSwapped {
      for i in 0..<count {
        let raw = data.loadUnaligned(fromByteOffset: i &* stride, as: Raw.self)
        target.initializeElement(at: i, to: widen(raw.byteSwapped))
      }
    } else {
      for i in 0..<count {
        let raw = data.loadUnaligned(fromByteOffset: i &* stride, as: Raw.self)
        target.initializeElement(at: i, to: widen(raw))
      }
    }
    initialized = count
  }
}

private func reals(
  _ data: UnsafeRawBufferPointer, _ type: ArrayElementType, _ count: Int
) -> [Double] {
  switch (type.kind, type.size) {
  case (.float, 8) where !type.isSwapped:
    [Double](unsafeUninitializedCapacity: count) { target, initialized in
      UnsafeMutableRawBufferPointer(target).copyMemory(from: data)
      initialized = count
    }
  case (.float, 8): map(data, count, type.isSwapped) { Double(bitPattern: $0) }
  case (.float, 4): map(data, count, type.isSwapped) { Double(Float(bitPattern: $0)) }
  case (.brainFloat, _):
    map(data, count, type.isSwapped) { (raw: UInt16) in Double(Float(bitPattern: UInt32(raw) << 16))
    }
  default: map(data, count, type.isSwapped) { doubleFromHalf($0) }
  }
}

private func integers(
  _ data: UnsafeRawBufferPointer, _ type: ArrayElementType, _ count: Int
) -> [Int64] {
  let swap = type.isSwapped
  return switch (type.kind == .signed, type.size) {
  case (true, 1): map(data, count, false) { (raw: Int8) in Int64(raw) }
  case (true, 2): map(data, count, swap) { (raw: Int16) in Int64(raw) }
  case (true, 4): map(data, count, swap) { (raw: Int32) in Int64(raw) }
  case (_, 8): map(data, count, swap) { (raw: Int64) in raw }
  case (false, 2): map(data, count, swap) { (raw: UInt16) in Int64(raw) }
  case (false, 4): map(data, count, swap) { (raw: UInt32) in Int64(raw) }
  default: map(data, count, false) { (raw: UInt8) in Int64(raw) }
  }
}

/// IEEE 754 binary16 by hand: Swift's Float16 is missing on some platforms.
@inline(__always)
private func doubleFromHalf(_ raw: UInt16) -> Double {
  let exponent = Int(raw >> 10) & 0x1F
  let fraction = UInt64(raw & 0x3FF)
  let sign = UInt64(raw >> 15) << 63
  switch exponent {
  case 0: return (sign == 0 ? 1 : -1) * Double(fraction) * 0x1p-24
  case 31: return Double(bitPattern: sign | 0x7FF << 52 | fraction << 42)
  default: return Double(bitPattern: sign | UInt64(exponent + 1023 - 15) << 52 | fraction << 42)
  }
}

/// The transpose of a row-major matrix, in blocks that stay in the first-level cache.
func transposed<Value>(_ values: [Value], rows: Int, columns: Int) -> [Value] {
  let block = 32
  return [Value](unsafeUninitializedCapacity: values.count) { target, initialized in
    values.withUnsafeBufferPointer { source in
      for top in stride(from: 0, to: columns, by: block) {
        for left in stride(from: 0, to: rows, by: block) {
          for i in top..<min(top + block, columns) {
            for j in left..<min(left + block, rows) {
              target.initializeElement(at: i &* rows &+ j, to: source[j &* columns &+ i])
            }
          }
        }
      }
    }
    initialized = values.count
  }
}

/// Where the texts of an array start, for errors.
private struct TextPlace {
  let name: String
  let offset: Int
}

private func texts(
  _ data: UnsafeRawBufferPointer, _ type: ArrayElementType, _ count: Int, _ place: TextPlace
) throws(DataError) -> [String] {
  var texts: [String] = []
  texts.reserveCapacity(count)
  for row in 0..<count {
    let start = row * type.size
    let cell = UnsafeRawBufferPointer(rebasing: data[start..<start + type.size])
    guard let text = type.kind == .bytes ? utf8Text(cell) : ucs4Text(cell, type.isSwapped) else {
      throw .malformed(
        place.name, byte: place.offset + start,
        "the text of element \(row) is no valid \(type.kind == .bytes ? "UTF-8" : "Unicode").")
    }
    texts.append(text)
  }
  return texts
}

private func utf8Text(_ cell: UnsafeRawBufferPointer) -> String? {
  let end = (cell.lastIndex { $0 != 0 } ?? -1) + 1
  return String(validating: cell[..<end], as: UTF8.self)
}

private func ucs4Text(_ cell: UnsafeRawBufferPointer, _ isSwapped: Bool) -> String? {
  var scalars = String.UnicodeScalarView()
  var zeros = 0
  for offset in stride(from: 0, to: cell.count, by: 4) {
    let raw = cell.loadUnaligned(fromByteOffset: offset, as: UInt32.self)
    let value = isSwapped ? raw.byteSwapped : raw
    guard value != 0 else {
      zeros += 1
      continue
    }
    guard let scalar = Unicode.Scalar(value) else { return nil }
    // Zeros inside the text belong to it; only those at the end are padding.
    for _ in 0..<zeros { scalars.append(Unicode.Scalar(0)) }
    zeros = 0
    scalars.append(scalar)
  }
  return String(scalars)
}
