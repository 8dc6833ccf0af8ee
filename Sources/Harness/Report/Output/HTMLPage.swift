// SPDX-License-Identifier: MIT

import Mustache

extension ReportDocument {
  /// The document as one page that needs no network: style, script and drawings are in it.
  ///
  /// `drawings` are SVG by the name of the plot; nil where there is no gnuplot, which the page then
  /// says.
  public func html(drawings: [String: String]?) -> String {
    let template: MustacheTemplate
    do {
      template = try MustacheTemplate(string: HTMLTemplate.page)
    } catch {
      preconditionFailure("the page's template is wrong: \(error)")
    }
    return template.render(
      [
        "title": title, "subtitle": subtitle, "style": HTMLTemplate.style,
        "headline": headline ?? "", "hasHeadline": headline != nil, "tone": tone.rawValue,
        "script": HTMLTemplate.script,
        "sections": sections.enumerated().map { index, section -> [String: Any] in
          [
            "id": "section-\(index + 1)", "title": section.title,
            "paragraphs": section.paragraphs,
            "blocks": section.blocks.map { $0.values(drawings: drawings) },
          ]
        },
      ] as [String: Any])
  }
}

extension ReportDocument.Block {
  fileprivate func values(drawings: [String: String]?) -> [String: Any] {
    var values: [String: Any] = ["title": title, "folded": isFolded, "open": !isFolded]
    switch content {
    case .table(let table): values["table"] = table.values
    case .intervals(let chart): values["intervals"] = chart.values
    case .notes(let notes): values["notes"] = notes
    case .code(let text): values["code"] = text
    case .plots(let plots):
      guard let drawings else {
        values["missing"] = true
        return values
      }
      values["plots"] = [
        "drawings": plots.compactMap { plot in
          drawings[plot.name].map { inlineSVG($0, name: plot.name, title: plot.title) }
        },
        "legend": legend(plots),
      ]
    }
    return values
  }

  private func legend(_ plots: [Plot]) -> [[String: Any]] {
    var seen: [Int: String] = [:]
    for series in plots.flatMap(\.series) { seen[series.style] = series.label }
    return seen.sorted { $0.key < $1.key }.map { style, label in
      ["label": label, "color": Plot.color(style), "mark": Plot.mark(style)]
    }
  }
}

extension ReportTable {
  fileprivate var values: [String: Any] {
    [
      "class": style == .heatMap ? "heat" : "plain", "sorts": style == .plain,
      "columns": columns.map { column -> [String: Any] in
        [
          "name": column.name, "meaning": column.meaning,
          "class": column.isNumeric ? "number" : "word", "sorts": style == .plain,
        ]
      },
      "rows": rows.map { row -> [String: Any] in
        [
          "head": row[0].text,
          "headClass": columns[0].isNumeric ? "number" : "word",
          "headKey": row[0].sortKey.map { "\($0)" } ?? "",
          "cells": zip(columns, row).dropFirst().map { column, cell -> [String: Any] in
            [
              "text": cell.text, "class": column.isNumeric ? "number" : "word",
              "key": cell.sortKey.map { "\($0)" } ?? "", "detail": cell.detail,
              "color": cell.color.map(background) ?? "",
            ]
          },
        ]
      },
    ]
  }

  /// Blue below, red above, clearer the nearer to zero: over a white and over a black page.
  private func background(_ color: Double) -> String {
    let ink = color < 0 ? "59,130,246" : "239,68,68"
    return "rgba(\(ink),\(decimal(0.75 * min(1, abs(color)), 2)))"
  }
}
