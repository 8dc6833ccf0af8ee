// SPDX-License-Identifier: MIT

/// The cells and texts that mean no value: those of pandas' reader, less the rare ones.
enum MissingMark {
  private static let words: Set<String> = [
    "", "na", "n/a", "nan", "null", "none", "<na>", "#n/a",
  ]

  static func contains(_ bytes: Slice<UnsafeRawBufferPointer>) -> Bool {
    guard bytes.count <= 16 else { return false }
    return contains(String(decoding: bytes, as: UTF8.self))
  }

  static func contains(_ text: String) -> Bool {
    var word = Substring(text)
    while word.first == " " { word.removeFirst() }
    while word.last == " " { word.removeLast() }
    return words.contains(word.lowercased())
  }
}

extension StoredArray {
  /// Whether each row holds a NaN or a text that means: no value.
  var missing: [Bool] {
    (0..<rows).map { row in
      let range = row * columns..<(row + 1) * columns
      return switch elements {
      case .reals(let reals, _): reals[range].contains { $0.isNaN }
      case .texts(let texts): texts[range].contains(where: MissingMark.contains)
      case .integers, .naturals: false
      }
    }
  }

  /// The rows that are not marked in `missing`.
  func without(_ missing: [Bool]) -> StoredArray {
    let kept = missing.indices.filter { !missing[$0] }
    let width = columns
    func rows<Value>(_ values: [Value]) -> [Value] {
      kept.flatMap { values[$0 * width..<($0 + 1) * width] }
    }
    let elements: Elements =
      switch self.elements {
      case .reals(let reals, let isSingle): .reals(rows(reals), isSingle: isSingle)
      case .integers(let integers): .integers(rows(integers))
      case .naturals(let naturals): .naturals(rows(naturals))
      case .texts(let texts): .texts(rows(texts))
      }
    return StoredArray(
      shape: [kept.count] + shape.dropFirst(), elementType: elementType, elements: elements,
      subject: subject)
  }
}
