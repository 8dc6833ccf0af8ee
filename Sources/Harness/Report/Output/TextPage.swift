// SPDX-License-Identifier: MIT

extension ReportDocument {
  /// The document as plain text for a terminal, without plots.
  public var text: String {
    var parts = [title, subtitle]
    for section in sections where section.hasText {
      parts.append(section.title.uppercased())
      parts += section.paragraphs.map { wrapped($0, width: 100) }
      for case (let title, .table(let table)) in section.blocks.map({ ($0.title, $0.content) }) {
        parts.append((title.isEmpty ? "" : title + "\n") + table.upright.text)
      }
    }
    return parts.joined(separator: "\n\n") + "\n"
  }

  /// The document as Markdown, without plots.
  public var markdown: String {
    var parts = ["# \(title)", subtitle]
    for section in sections where section.hasText {
      parts.append("## \(section.title)")
      parts += section.paragraphs
      for case (let title, .table(let table)) in section.blocks.map({ ($0.title, $0.content) }) {
        if !title.isEmpty { parts.append("### \(title)") }
        parts.append(table.upright.markdown)
      }
    }
    return parts.joined(separator: "\n\n") + "\n"
  }
}

extension ReportDocument.Section {
  /// Whether anything is left without plots.
  fileprivate var hasText: Bool {
    blocks.contains { if case .table = $0.content { true } else { false } }
  }
}

extension ReportTable {
  /// A heat map has too many columns for a terminal: tasks become rows.
  fileprivate var upright: ReportTable { style == .heatMap ? transposed : self }

  /// Columns of text under headings.
  public var text: String {
    let lines = [columns.map(\.name)] + rows.map { $0.map(\.text) }
    let widths = columns.indices.map { column in lines.map { $0[column].count }.max() ?? 0 }
    let rule = String(repeating: "-", count: widths.reduce(0, +) + 2 * (columns.count - 1))
    var output = lines.map { line in
      let cells = columns.indices.map { column in
        let padding = String(repeating: " ", count: widths[column] - line[column].count)
        return columns[column].isNumeric ? padding + line[column] : line[column] + padding
      }
      var text = cells.joined(separator: "  ")
      while text.last == " " { text.removeLast() }
      return text
    }
    output.insert(rule, at: 1)
    return output.joined(separator: "\n")
  }

  /// A Markdown table.
  public var markdown: String {
    func line(_ cells: [String]) -> String {
      "| " + cells.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ") + " |"
    }
    let rule = "|" + columns.map { $0.isNumeric ? " --: |" : " :-- |" }.joined()
    return ([line(columns.map(\.name)), rule] + rows.map { line($0.map(\.text)) })
      .joined(separator: "\n")
  }
}

/// Words in lines of at most `width` characters.
private func wrapped(_ text: String, width: Int) -> String {
  var lines = [""]
  for word in text.split(separator: " ") {
    if !lines[lines.count - 1].isEmpty, lines[lines.count - 1].count + 1 + word.count > width {
      lines.append("")
    }
    lines[lines.count - 1] += (lines[lines.count - 1].isEmpty ? "" : " ") + word
  }
  return lines.joined(separator: "\n")
}
