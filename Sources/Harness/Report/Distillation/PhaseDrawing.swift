// SPDX-License-Identifier: MIT

extension PhaseDiagram {
  /// The diagram as one SVG picture, without gnuplot: the same bytes everywhere.
  public var svg: String {
    let layout = Layout(rows: panels.count, columns: Self.columns.count)
    var parts = [
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(layout.width) \(layout.height)\" "
        + "font-family=\"sans-serif\" font-size=\"12\">",
      "<rect width=\"\(layout.width)\" height=\"\(layout.height)\" fill=\"#fff\"/>",
      legend(layout),
    ]
    for (j, line) in panels.enumerated() {
      for (i, panel) in line.enumerated() {
        let (x, y) = layout.corner(row: j, column: i)
        parts.append("<g transform=\"translate(\(x) \(y))\">")
        parts.append(drawing(panel, isFirst: i == 0, isLast: j == panels.count - 1))
        parts.append("</g>")
      }
    }
    return (parts + ["</svg>"]).joined(separator: "\n") + "\n"
  }

  private static let side = 190.0

  private struct Layout {
    let rows: Int
    let columns: Int
    var width: Int { 66 + columns * 216 }
    var height: Int { 78 + rows * 248 + 26 }
    func corner(row: Int, column: Int) -> (Int, Int) { (66 + column * 216, 112 + row * 248) }
  }

  private func legend(_ layout: Layout) -> String {
    let lines: [(String, String, String)] = [
      ("hypothesis says yes / no", Self.hypothesisInk, "7 3"),
      ("small weight: Cov(e,h) = Var(e)", Self.boundaryInk, "2 3"),
      ("gain is zero, simulated", Self.gainInk, ""),
      ("gain is zero, closed form", Self.exactInk, "4 5"),
    ]
    var text =
      "<text x=\"10\" y=\"22\" font-size=\"15\" font-weight=\"bold\">Joint Gaussian model: "
      + "gain by distillation (blue helps, red hurts)</text>"
    for (index, line) in lines.enumerated() {
      let x = 10 + index * 226
      text +=
        "\n<line x1=\"\(x)\" y1=\"44\" x2=\"\(x + 28)\" y2=\"44\" stroke=\"\(line.1)\" "
        + "stroke-width=\"2.4\" stroke-dasharray=\"\(line.2)\"/>"
        + "<text x=\"\(x + 34)\" y=\"48\">\(line.0)</text>"
    }
    text +=
      "\n<text x=\"10\" y=\"68\" fill=\"#555\">right: correlation of label noise e and teacher "
      + "noise h, -1 to 1; \(dimension) columns, \(draws) draws a size; below each panel how the "
      + "hypothesis did, by area</text>"
    return text
  }

  private func drawing(_ panel: Panel, isFirst: Bool, isLast: Bool) -> String {
    let side = Self.side
    var parts = [
      "<text x=\"0\" y=\"-20\" font-weight=\"bold\">weight \(panel.column.weight), n/d "
        + "\(decimal(panel.column.rowsPerColumn, 1))</text>",
      "<text x=\"0\" y=\"-6\">\(rowTitle(panel.row))</text>",
      cells(panel.simulated),
      path(
        zeroLine(panel.hypothesis.map { $0.map { $0 ? 1 : -1 } }), Self.hypothesisInk, "7 3", 2),
      path(zeroLine(boundary(panel)), Self.boundaryInk, "2 3", 2.2),
      path(zeroLine(panel.simulated), Self.gainInk, "", 2.2),
      path(zeroLine(panel.exact), Self.exactInk, "4 5", 1.5),
      "<rect width=\"\(side)\" height=\"\(side)\" fill=\"none\" stroke=\"#444\"/>",
    ]
    let shares = panel.shares
    func percent(_ share: Double) -> String { decimal(100 * share, 0) + "%" }
    parts.append(
      "<text x=\"0\" y=\"\(side + 15)\" font-size=\"10.5\">right "
        + "\(percent(shares.rightYes + shares.rightNo)), too careful "
        + "\(percent(shares.conservative)), wrong \(percent(shares.wrong))</text>")
    for value in ticks {
      let range = axis.range
      let y =
        side * (1 - (value - range.lowerBound) / (range.upperBound - range.lowerBound))
      parts.append(
        "<line x1=\"-4\" x2=\"0\" y1=\"\(decimal(y, 1))\" y2=\"\(decimal(y, 1))\" "
          + "stroke=\"#444\"/>")
      if isFirst {
        parts.append(
          "<text x=\"-7\" y=\"\(decimal(y + 4, 1))\" text-anchor=\"end\" font-size=\"11\">"
            + "\(decimal(value, 1))</text>")
      }
    }
    if isFirst {
      parts.append(
        "<text transform=\"translate(-36 \(side / 2)) rotate(-90)\" text-anchor=\"middle\">"
          + "\(axis == .noise ? "sd(h) / sd(e)" : "alignment")</text>")
    }
    if isLast {
      for (value, x) in [(-1, 0.0), (0, side / 2), (1, side)] {
        parts.append(
          "<text x=\"\(x)\" y=\"\(side + 30)\" text-anchor=\"middle\" font-size=\"11\">"
            + "\(value)</text>")
      }
    }
    return parts.joined(separator: "\n")
  }

  private var ticks: [Double] { axis == .noise ? [0.5, 1, 1.5, 2, 2.5] : [-1, -0.5, 0, 0.5, 1] }

  private func rowTitle(_ row: Double) -> String {
    axis == .noise ? "alignment \(decimal(row, 1))" : "sd(h) / sd(e) = \(decimal(row, 1))"
  }

  /// Cov(e, h) - Var(e) on the grid.
  private func boundary(_ panel: Panel) -> [[Double]] {
    (0..<steps).map { up in
      (0..<steps).map { right in
        let ratio =
          axis == .noise ? Self.position(up, of: steps, in: axis.range) : panel.row
        return Self.position(right, of: steps, in: -1...1) * ratio - 1
      }
    }
  }

  /// Squares of one color as one path, neighbors in a row joined.
  private func cells(_ gains: [[Double]]) -> String {
    let size = Self.side / Double(steps - 1)
    var paths: [Int: String] = [:]
    for (up, line) in gains.enumerated() {
      var right = 0
      while right < line.count {
        let level = Self.level(line[right])
        var end = right
        while end < line.count, Self.level(line[end]) == level { end += 1 }
        // A value is drawn at the middle of its square; squares at the border are halved.
        let left = max(0, (Double(right) - 0.5) * size)
        let far = min(Self.side, (Double(end) - 0.5) * size)
        let top = max(0, Self.side - (Double(up) + 0.5) * size)
        let bottom = min(Self.side, Self.side - (Double(up) - 0.5) * size)
        if level != 0 {
          paths[level, default: ""] +=
            "M\(decimal(left, 1)) \(decimal(top, 1))H\(decimal(far, 1))V\(decimal(bottom, 1))"
            + "H\(decimal(left, 1))z"
        }
        right = end
      }
    }
    return paths.sorted { $0.key < $1.key }.map { level, path in
      let ink = level > 0 ? "59,130,246" : "239,68,68"
      return "<path d=\"\(path)\" fill=\"rgba(\(ink),\(decimal(0.14 * Double(abs(level)), 2)))\"/>"
    }.joined(separator: "\n")
  }

  /// A gain's depth of color: 0 is none, 5 is a half or more of the risk.
  private static func level(_ gain: Double) -> Int {
    let size = [0.002, 0.02, 0.08, 0.2, 0.5].count { abs(gain) >= $0 }
    return gain > 0 ? size : -size
  }

  private func path(
    _ pieces: [(start: (x: Double, y: Double), end: (x: Double, y: Double))], _ ink: String,
    _ dash: String, _ width: Double
  ) -> String {
    let size = Self.side / Double(steps - 1)
    func point(_ p: (x: Double, y: Double)) -> String {
      "\(decimal(p.x * size, 1)) \(decimal(Self.side - p.y * size, 1))"
    }
    let path = joined(pieces).map { line in
      "M" + line.map(point).joined(separator: "L")
    }.joined()
    return "<path d=\"\(path)\" fill=\"none\" stroke=\"\(ink)\" stroke-width=\"\(width)\" "
      + "stroke-dasharray=\"\(dash)\"/>"
  }

  private static let hypothesisInk = "#111111"
  private static let boundaryInk = "#7c3aed"
  private static let gainInk = "#15803d"
  private static let exactInk = "#fde047"
}

/// Pieces joined end to end, so that a dash runs over all of a line.
private func joined(
  _ pieces: [(start: (x: Double, y: Double), end: (x: Double, y: Double))]
) -> [[(x: Double, y: Double)]] {
  typealias Point = (x: Double, y: Double)
  func meet(_ a: Point, _ b: Point) -> Bool { abs(a.x - b.x) + abs(a.y - b.y) < 1e-9 }
  var rest = pieces
  var lines: [[Point]] = []
  while let first = rest.popLast() {
    var line = [first.start, first.end]
    var grew = true
    while grew {
      grew = false
      for (index, piece) in rest.enumerated() {
        if meet(line[line.count - 1], piece.start) {
          line.append(piece.end)
        } else if meet(line[line.count - 1], piece.end) {
          line.append(piece.start)
        } else if meet(line[0], piece.end) {
          line.insert(piece.start, at: 0)
        } else if meet(line[0], piece.start) {
          line.insert(piece.end, at: 0)
        } else {
          continue
        }
        rest.remove(at: index)
        grew = true
        break
      }
    }
    lines.append(line)
  }
  return lines
}
