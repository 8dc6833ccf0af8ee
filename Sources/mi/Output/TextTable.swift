// SPDX-License-Identifier: MIT

/// Columns of text under a header: numbers to the right, words to the left.
struct TextTable {
  private var rows: [[String]]

  init(_ header: String...) { rows = [header] }

  mutating func add(_ cells: String...) { rows.append(cells) }

  /// The lines, with a rule under the header.
  var text: String {
    let columns = rows[0].indices
    let widths = columns.map { column in rows.map { $0[column].count }.max() ?? 0 }
    let rightAligned = columns.map { column in
      rows.dropFirst().allSatisfy { row in
        let first = row[column].first
        return first.map { $0.isNumber || "-+.".contains($0) } ?? true
      }
    }
    func line(_ row: [String]) -> String {
      let cells = columns.map { column in
        let padding = String(repeating: " ", count: widths[column] - row[column].count)
        return rightAligned[column] ? padding + row[column] : row[column] + padding
      }
      return trimmedEnd(cells.joined(separator: "  "))
    }
    let rule = String(repeating: "-", count: widths.reduce(0, +) + 2 * (columns.count - 1))
    return ([line(rows[0]), rule] + rows.dropFirst().map(line)).joined(separator: "\n")
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
