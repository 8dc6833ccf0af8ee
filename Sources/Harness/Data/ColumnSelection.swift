// SPDX-License-Identifier: MIT

/// Columns that a user asks for: `age,price`, `emb_0..emb_767`, `#3`, `#2..#50`, `#2..`.
///
/// A `#` counts columns from 1; everything else is a name. What is the name of a column, commas,
/// dots and all, is that column.
struct ColumnSelection {
  let count: Int
  /// Nil where columns have no names.
  let names: [String]?
  /// What errors call the table.
  let place: String

  /// The columns in the order asked for.
  ///
  /// - Throws: `notFound`, or `ambiguous` where a name stands for two columns or one is taken twice.
  func columns(_ text: String) throws(DataError) -> [Int] {
    let words =
      names?.contains(text) == true
      ? [text] : text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    var taken: [Int] = []
    var isTaken = [Bool](repeating: false, count: count)
    for word in words {
      for column in try range(word) {
        guard !isTaken[column] else {
          throw DataError(.ambiguous, "\(place): column \(called(column)) is asked for twice.")
        }
        isTaken[column] = true
        taken.append(column)
      }
    }
    return taken
  }

  private func range(_ word: String) throws(DataError) -> ClosedRange<Int> {
    if names?.contains(word) != true, let dots = twoDots(word) {
      let (low, high) = (String(word[..<dots.lowerBound]), String(word[dots.upperBound...]))
      let first = low.isEmpty ? 0 : try column(low)
      let last = high.isEmpty ? count - 1 : try column(high)
      guard first <= last else {
        throw DataError(
          .notFound,
          "\(place): \(word) runs backward: \(low) is column \(first + 1), \(high) is column "
            + "\(last + 1).")
      }
      return first...last
    }
    let column = try column(word)
    return column...column
  }

  private func column(_ word: String) throws(DataError) -> Int {
    if let names, let column = names.firstIndex(of: word) {
      guard column == names.lastIndex(of: word) else {
        throw DataError(.ambiguous, "\(place): two columns are called \"\(word)\"; rename one.")
      }
      return column
    }
    if word.first == "#", let number = Int(word.dropFirst()) {
      guard (1...count).contains(number) else {
        throw DataError(
          .notFound, "\(place): there is no column \(word); columns go from #1 to #\(count).")
      }
      return number - 1
    }
    guard let names else {
      throw DataError(
        .notFound,
        "\(place): there is no column \"\(word)\"; its columns have no names, so count them, as in "
          + "#1..#\(count).")
    }
    let list =
      names.prefix(20).map { "\"\($0)\"" }.joined(separator: ", ")
      + (names.count > 20 ? ", ..." : "")
    throw DataError(.notFound, "\(place): there is no column \"\(word)\"; it has \(list).")
  }

  private func called(_ column: Int) -> String {
    names.map { "\"\($0[column])\"" } ?? "#\(column + 1)"
  }

  private func twoDots(_ word: String) -> Range<String.Index>? {
    var at = word.startIndex
    while at < word.endIndex {
      let next = word.index(after: at)
      if word[at] == ".", next < word.endIndex, word[next] == "." {
        return at..<word.index(after: next)
      }
      at = next
    }
    return nil
  }
}
