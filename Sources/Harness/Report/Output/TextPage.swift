// SPDX-License-Identifier: MIT

extension ReportDocument {
  /// The document as plain text for a terminal, without plots.
  public var text: String {
    var parts = [title, subtitle] + (headline.map { [wrapped($0, width: 100)] } ?? [])
    for section in sections where section.hasText {
      parts.append(section.title.uppercased())
      parts += section.paragraphs.map { wrapped($0, width: 100) }
      for block in section.blocks {
        let heading = block.title.isEmpty ? "" : block.title + "\n"
        switch block.content {
        case .table(let table): parts.append(heading + table.upright.text)
        case .notes(let notes):
          parts.append(
            heading + notes.map { wrapped("! " + $0, width: 100) }.joined(separator: "\n"))
        case .code(let text): parts.append(heading + text)
        case .plots, .intervals: break
        }
      }
    }
    return parts.joined(separator: "\n\n") + "\n"
  }

  /// The document as Markdown, without plots.
  public var markdown: String {
    var parts = ["# \(title)", subtitle] + (headline.map { ["**\($0)**"] } ?? [])
    for section in sections where section.hasText {
      parts.append("## \(section.title)")
      parts += section.paragraphs
      for block in section.blocks {
        let heading = block.title.isEmpty ? [] : ["### \(block.title)"]
        switch block.content {
        case .table(let table): parts += heading + [table.upright.markdown]
        case .notes(let notes):
          parts += heading + [notes.map { "- " + $0 }.joined(separator: "\n")]
        case .code(let text): parts += heading + ["```\n\(text)\n```"]
        case .plots, .intervals: break
        }
      }
    }
    return parts.joined(separator: "\n\n") + "\n"
  }
}

extension ReportDocument.Section {
  /// Whether anything is left without drawings.
  fileprivate var hasText: Bool {
    blocks.contains { block in
      switch block.content {
      case .table, .notes, .code: true
      case .plots, .intervals: false
      }
    }
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
