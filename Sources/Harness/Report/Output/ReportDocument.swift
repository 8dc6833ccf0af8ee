// SPDX-License-Identifier: MIT

/// A report before it is written: sections with words, tables and plots, in reading order.
public struct ReportDocument: Sendable {
  /// The title.
  public var title: String
  /// What was studied, in one line.
  public var subtitle: String
  /// The answer in one sentence, for someone who will read nothing else; nil where there is none.
  public var headline: String?
  /// How the answer is colored.
  public var tone = Tone.neutral
  /// The sections.
  public var sections: [Section] = []

  /// The plots of all sections.
  public var plots: [Plot] {
    sections.flatMap(\.blocks).flatMap { block -> [Plot] in
      if case .plots(let plots) = block.content { plots } else { [] }
    }
  }

  /// Creates an empty document.
  public init(title: String, subtitle: String) {
    self.title = title
    self.subtitle = subtitle
  }

  /// The color of an answer.
  public enum Tone: String, Sendable {
    /// Go.
    case good
    /// Do not.
    case bad
    /// Neither.
    case neutral
  }

  /// A section.
  public struct Section: Sendable {
    /// The heading.
    public var title: String
    /// Paragraphs of explanation.
    public var paragraphs: [String] = []
    /// What follows.
    public var blocks: [Block] = []

    /// Creates a section.
    public init(_ title: String, _ paragraphs: String...) {
      self.title = title
      self.paragraphs = paragraphs
    }
  }

  /// A part of a section.
  public struct Block: Sendable {
    /// Its heading; empty where the section's is enough.
    public var title: String
    /// What it holds.
    public var content: Content
    /// Whether a page with space to spare shows it at once.
    public var isFolded = false

    /// Creates a block.
    public init(_ content: Content, title: String = "", isFolded: Bool = false) {
      self.content = content
      self.title = title
      self.isFolded = isFolded
    }
  }

  /// What a block holds.
  public enum Content: Sendable {
    /// Numbers.
    case table(ReportTable)
    /// Plots side by side; text formats leave them out.
    case plots([Plot])
    /// Intervals over one axis; text formats leave them out, as a table has the numbers.
    case intervals(IntervalChart)
    /// Sentences that the reader must not miss, one per paragraph.
    case notes([String])
    /// Text to be copied as it is.
    case code(String)
  }
}
