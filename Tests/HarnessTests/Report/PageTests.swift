// SPDX-License-Identifier: MIT

import Foundation
import Harness
import Testing

/// The first thing that the bench page says.
@Suite struct PageTests {
  @Test func aPageWithoutAHeadlineHasNoBox() {
    let document = ReportDocument(title: "t", subtitle: "s")
    #expect(!document.html(drawings: nil).contains("class=\"headline"))
  }

  @Test func aHeadlineIsInItsBox() {
    var document = ReportDocument(title: "t", subtitle: "s")
    document.headline = "ksg-1 < 0.1"
    #expect(
      document.html(drawings: nil)
        .contains("<p class=\"headline neutral\">ksg-1 &lt; 0.1</p>"))
  }

  @Test func contentsLeadToEverySection() {
    var document = ReportDocument(title: "t", subtitle: "s")
    document.sections = [.init("One"), .init("Two")]
    let page = document.html(drawings: nil)
    for (index, title) in ["One", "Two"].enumerated() {
      #expect(page.contains("<a href=\"#section-\(index + 1)\">\(title)</a>"))
      #expect(page.contains("<section id=\"section-\(index + 1)\">"))
    }
  }
}
