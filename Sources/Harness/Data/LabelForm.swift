// SPDX-License-Identifier: MIT

package import EstimatorAPI

/// What a column of labels looks like, where it is not plainly classes.
package enum LabelForm: Hashable, Sendable {
  /// Days or times of day, such as 2024-03-01, 01.03.2024, 14:05 or 2024-03-01T14:05.
  case dates(example: String)
  /// A label of its own for every row.
  case identifiers
  /// A label of its own for most rows: more than half of the classes have one member.
  case mostlySingle(classes: Int, singles: Int)

  /// Nil for classes.
  package init?(_ labels: Labels) {
    let used = labels.classSizes.indices.filter { labels.classSizes[$0] > 0 }
    let names = used.map { labels.names[$0] }
    if let first = names.first, names.count > 1, names.allSatisfy(Self.isDate) {
      self = .dates(example: first)
      return
    }
    let singles = used.count { labels.classSizes[$0] == 1 }
    if labels.count >= 10, singles == labels.count {
      self = .identifiers
    } else if labels.count >= 10, used.count > 20, 2 * singles > used.count {
      self = .mostlySingle(classes: used.count, singles: singles)
    } else {
      return nil
    }
  }

  /// What it is and what to do, for a variable of this name.
  package func sentence(_ name: String) -> String {
    switch self {
    case .dates(let example):
      "\(name) holds dates or times, such as \"\(example)\", taken as labels: make of them what may matter, "
        + "such as days since the first one (a number), the weekday or the hour."
    case .identifiers:
      "\(name) has a different label in each of its rows, as an identifier has: leave it out, or take "
        + "numbers as numbers (--continuous \(name))."
    case .mostlySingle(let classes, let singles):
      "\(singles) of the \(classes) classes of \(name) have one row: join rare ones, or take numbers as "
        + "numbers (--continuous \(name))."
    }
  }

  /// Whether a text is a day, a time of day, or both: two to four parts of digits with the usual marks
  /// between them, of which the first or the third of a day may have four digits.
  private static func isDate(_ text: String) -> Bool {
    let parts = text.split(whereSeparator: { $0 == "T" || $0 == " " })
    guard let first = parts.first, parts.count <= 2 else { return false }
    if parts.count == 1 { return isDay(first) || isTime(first) }
    return isDay(first) && isTime(parts[1])
  }

  private static func isDay(_ text: Substring) -> Bool {
    guard let mark = text.first(where: { !$0.isNumber }), "-/.".contains(mark) else { return false }
    let parts = text.split(separator: mark, omittingEmptySubsequences: false)
    guard parts.count == 3, let numbers = numbers(parts) else { return false }
    let isYearFirst = parts[0].count == 4
    let year = isYearFirst ? parts[0] : parts[2]
    let (a, b) = isYearFirst ? (numbers[1], numbers[2]) : (numbers[0], numbers[1])
    return (year.count == 4 || year.count == 2) && (1...12).contains(min(a, b))
      && (1...31).contains(max(a, b))
  }

  private static func isTime(_ text: Substring) -> Bool {
    var text = text
    if text.last == "Z" { text.removeLast() }
    if let zone = text.firstIndex(where: { $0 == "+" || $0 == "-" }) { text = text[..<zone] }
    let whole = text.split(separator: ".", maxSplits: 1)
    let parts = (whole.first ?? "").split(separator: ":", omittingEmptySubsequences: false)
    guard (2...3).contains(parts.count), let numbers = numbers(parts) else { return false }
    return numbers[0] < 25 && numbers[1...].allSatisfy { $0 <= 60 }
  }

  private static func numbers(_ parts: [Substring]) -> [Int]? {
    let numbers = parts.compactMap { $0.count <= 4 && $0.allSatisfy(\.isNumber) ? Int($0) : nil }
    return numbers.count == parts.count ? numbers : nil
  }
}

extension Variable {
  /// Refuses labels of which no two rows agree.
  ///
  /// - Throws: `identifier`.
  package func refuseIdentifier(named name: String) throws(EstimatorError) {
    guard let labels, labels.count >= 10,
      labels.classSizes.allSatisfy({ $0 <= 1 }), let form = LabelForm(labels)
    else { return }
    throw EstimatorError(
      .identifier,
      "Nothing can be estimated from \(labels.count) rows that all differ: \(form.sentence(name))")
  }
}
