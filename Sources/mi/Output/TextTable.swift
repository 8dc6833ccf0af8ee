// SPDX-License-Identifier: MIT

/// Columns of text under a header: numbers to the right, words to the left.
///
/// At a terminal that is narrower, columns of words are folded; in files and pipes a row is a line.
struct TextTable {
  private var rows: [[String]]

  init(_ header: String...) { rows = [header] }

  mutating func add(_ cells: String...) { rows.append(cells) }

  /// The lines, with a rule under the header.
  var text: String { text(within: terminalWidth) }

  /// The lines, none longer than `limit` where folding words can do it.
  func text(within limit: Int?) -> String {
    let columns = rows[0].indices
    let rightAligned = columns.map { column in
      rows.dropFirst().allSatisfy { row in
        let first = row[column].first
        return first.map { $0.isNumber || "-+.".contains($0) } ?? true
      }
    }
    let widths = folded(
      columns.map { column in rows.map { $0[column].count }.max() ?? 0 },
      foldable: rightAligned.map { !$0 }, within: limit)
    func lines(_ row: [String]) -> [String] {
      let cells = columns.map { words($0 < row.count ? row[$0] : "", within: widths[$0]) }
      return (0..<(cells.map(\.count).max() ?? 0)).map { line in
        let parts = columns.map { column in
          let cell = line < cells[column].count ? cells[column][line] : ""
          let padding = String(repeating: " ", count: widths[column] - cell.count)
          return rightAligned[column] ? padding + cell : cell + padding
        }
        return trimmedEnd(parts.joined(separator: "  "))
      }
    }
    let rule = String(repeating: "-", count: widths.reduce(0, +) + 2 * (columns.count - 1))
    return (lines(rows[0]) + [rule] + rows.dropFirst().flatMap(lines)).joined(separator: "\n")
  }

  /// The widths with the widest columns of words narrowed, one character at a time and to no less
  /// than twelve or their longest word, until a row fits.
  private func folded(_ widths: [Int], foldable: [Bool], within limit: Int?) -> [Int] {
    guard let limit else { return widths }
    var widths = widths
    let least = widths.indices.map { column in
      let longest = rows.flatMap { $0[column].split(separator: " ") }.map(\.count).max() ?? 0
      return max(12, longest)
    }
    while widths.reduce(0, +) + 2 * (widths.count - 1) > limit,
      let widest = widths.indices.filter({ foldable[$0] && widths[$0] > least[$0] })
        .max(by: { widths[$0] < widths[$1] })
    {
      widths[widest] -= 1
    }
    return widths
  }

  /// A cell as lines of whole words.
  private func words(_ cell: String, within width: Int) -> [String] {
    guard cell.count > width else { return [cell] }
    var lines: [String] = []
    for word in cell.split(separator: " ") {
      if let last = lines.last, last.count + 1 + word.count <= width {
        lines[lines.count - 1] = last + " " + word
      } else {
        lines.append(String(word))
      }
    }
    return lines
  }
}

private func trimmedEnd(_ text: String) -> String {
  var text = Substring(text)
  while text.last == " " { text.removeLast() }
  return String(text)
}

/// A number with a fixed number of decimals; nil is a dash.
func fixed(_ value: Double?, _ decimals: Int = 3) -> String {
  guard let value else { return "-" }
  let scale = (0..<decimals).reduce(1.0) { product, _ in product * 10 }
  let rounded = (abs(value) * scale).rounded()
  guard rounded < 1e15 else { return "\(value)" }
  let digits = String(Int(rounded))
  let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
  let sign = value < 0 && rounded > 0 ? "-" : ""
  guard decimals > 0 else { return sign + padded }
  return sign + padded.dropLast(decimals) + "." + padded.suffix(decimals)
}
