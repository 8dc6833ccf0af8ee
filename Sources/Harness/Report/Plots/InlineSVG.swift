// SPDX-License-Identifier: MIT

import Foundation

/// A gnuplot drawing as an element of a page, that takes the page's color and font.
func inlineSVG(_ drawing: String, name: String, title: String) -> String {
  guard let start = drawing.range(of: "<svg") else { return "" }
  var text = String(drawing[start.lowerBound...])
  for element in ["title", "desc"] {
    guard let open = text.range(of: "<\(element)>"), let close = text.range(of: "</\(element)>")
    else { continue }
    text.removeSubrange(open.lowerBound..<close.upperBound)
  }
  let label = title.replacing("&", with: "&amp;").replacing("\"", with: "&quot;")
    .replacing("<", with: "&lt;")
  return
    text
    .replacing("<svg", with: "<svg role=\"img\" aria-label=\"\(label)\"", maxReplacements: 1)
    // Black is gnuplot's default ink: the page's ink takes its place, so that it shows on black.
    .replacing(" color=\"black\"", with: "")
    .replacing("'black'", with: "'currentColor'")
    .replacing("\"black\"", with: "\"currentColor\"")
    .replacing("rgb(  0,   0,   0)", with: "currentColor")
    .replacing("font-family=\"sans\"", with: "font-family=\"inherit\"")
    // Names are unique in a page: each drawing gets marks of its own.
    .replacing("gpPt", with: "\(name)-pt").replacing("gpDot", with: "\(name)-dot")
    .replacing("id=\"gnuplot_", with: "id=\"\(name)-")
    .replacing("id='textbox'", with: "id='\(name)-textbox'")
    .replacing("id='greybox'", with: "id='\(name)-greybox'")
}
