// SPDX-License-Identifier: MIT

/// Numbers with their intervals, one a line over a common axis.
///
/// A page draws it with its own boxes, not as a drawing: its text keeps its size on a phone.
public struct IntervalChart: Sendable {
  /// The lines, from top to bottom.
  public var rows: [Row]
  /// Places on the axis that the eye should compare with, each with what it is.
  public var marks: [(at: Double, text: String)] = []
  /// The unit of the axis.
  public var unit: String
  /// What the marks are, under the chart.
  public var legend = ""

  /// A number with its interval.
  public struct Row: Sendable {
    /// What it is.
    public let name: String
    /// The number.
    public let value: Double
    /// Its interval.
    public let interval: [Double]
    /// The number of a color of plots.
    public let style: Int

    /// Creates a line.
    public init(name: String, value: Double, interval: [Double], style: Int) {
      self.name = name
      self.value = value
      self.interval = interval
      self.style = style
    }
  }

  /// Creates a chart.
  public init(rows: [Row], unit: String) {
    self.rows = rows
    self.unit = unit
  }

  /// What the page's template takes: places in percent of the axis.
  var values: [String: Any] {
    let ends = rows.flatMap(\.interval) + rows.map(\.value) + marks.map(\.at) + [0]
    let (low, high) = (ends.min() ?? 0, ends.max() ?? 1)
    let step = niceStep((high - low) / 4)
    let start = (low / step).rounded(.down) * step
    let count = max(1, Int(((high - start) / step).rounded(.up)))
    let width = Double(count) * step
    func place(_ x: Double) -> String { decimal(100 * (x - start) / width, 2) }
    let lines = marks.map { ["at": place($0.at), "text": $0.text] }
    return [
      "unit": unit, "legend": legend,
      "alt": rows.map { "\($0.name): \(decimal($0.value, 2)) \(unit)" }.joined(separator: "; "),
      "ticks": (0...count).map { index in
        [
          "at": place(start + Double(index) * step),
          "text": decimal(start + Double(index) * step, step < 0.1 ? 2 : step < 1 ? 1 : 0),
        ]
      },
      "rows": rows.map { row -> [String: Any] in
        [
          "name": row.name, "at": place(row.value), "left": place(row.interval[0]),
          "width": decimal(100 * (row.interval[1] - row.interval[0]) / width, 2),
          "color": Plot.color(row.style), "marks": lines,
          "value": "\(decimal(row.value, 2)) [\(decimal(row.interval[0], 2)), "
            + "\(decimal(row.interval[1], 2))]",
        ]
      },
    ]
  }

  /// 1, 2 or 5 times a power of ten, at least `size`.
  private func niceStep(_ size: Double) -> Double {
    var power = 1e-3
    while true {
      for factor in [1.0, 2, 5] where factor * power >= size { return factor * power }
      power *= 10
    }
  }
}
