// SPDX-License-Identifier: MIT

/// A plot before it is drawn: lines with bands over one axis.
public struct Plot: Sendable {
  /// Its name, fit for a file: lower case, digits and hyphens.
  public var name: String
  /// The title.
  public var title: String
  /// The axes.
  public var xLabel: String
  /// The axes.
  public var yLabel: String
  /// Whether x is on a logarithmic scale.
  public var isLogarithmic = false
  /// Whether points stand alone with bars of the bands' height, not on lines.
  public var isScatter = false
  /// A horizontal line, for example the truth.
  public var level: Double?
  /// Names of the first whole positions on the x axis.
  ///
  /// Where there are any, points stand alone with bars of the bands' height, not on lines.
  public var categories: [String] = []
  /// The lines.
  public var series: [Series]

  /// Creates a plot.
  public init(
    name: String, title: String, xLabel: String, yLabel: String, series: [Series]
  ) {
    self.name = name
    self.title = title
    self.xLabel = xLabel
    self.yLabel = yLabel
    self.series = series
  }

  /// A line.
  public struct Series: Sendable {
    /// What it is called in the legend.
    public let label: String
    /// Which color and mark it has, the same in every plot of a report.
    public let style: Int
    /// x, y and half the width of the band around y.
    public let points: [(x: Double, y: Double, band: Double?)]

    /// Creates a line.
    public init(
      label: String, style: Int, points: [(x: Double, y: Double, band: Double?)]
    ) {
      self.label = label
      self.style = style
      self.points = points
    }
  }

  /// The colors of lines: of middle lightness, so that they show on white and on black.
  static let colors = [
    "#3b82c4", "#e07b39", "#2ca58d", "#c05299", "#8a7fd1", "#b59b1c", "#7a8b99", "#d1495b",
  ]

  /// The marks of points, as text for a page's legend and by gnuplot's number.
  static let marks: [(text: String, number: Int)] = [
    ("\u{25CF}", 7), ("\u{25A0}", 5), ("\u{25B2}", 9), ("\u{25C6}", 13), ("\u{25BC}", 11),
    ("\u{25CB}", 6), ("\u{25A1}", 4),
  ]

  /// The mark of a style.
  static func mark(_ style: Int) -> String { marks[style % marks.count].text }

  /// The color of a style; styles beyond the colors repeat them with other marks.
  static func color(_ style: Int) -> String { colors[style % colors.count] }
}
