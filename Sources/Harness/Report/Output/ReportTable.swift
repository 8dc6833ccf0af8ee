// SPDX-License-Identifier: MIT

/// A table of a report, before it is HTML, Markdown or text.
public struct ReportTable: Sendable {
  /// The headings.
  public var columns: [Column]
  /// The rows, as many cells each as there are columns.
  public var rows: [[Cell]] = []
  /// How HTML draws it.
  public var style = Style.plain

  /// Creates a table without rows.
  public init(_ columns: [Column]) { self.columns = columns }

  /// A heading.
  public struct Column: Sendable {
    /// The text.
    public let name: String
    /// What it means, in a few words; shown where the pointer rests.
    public let meaning: String
    /// Whether its cells are numbers.
    public let isNumeric: Bool

    /// Creates a heading.
    public init(_ name: String, meaning: String = "", isNumeric: Bool = true) {
      self.name = name
      self.meaning = meaning
      self.isNumeric = isNumeric
    }
  }

  /// A cell.
  public struct Cell: Sendable {
    /// The text.
    public let text: String
    /// What the column sorts by; nil sorts last.
    ///
    /// Words sort by their text.
    public let sortKey: Double?
    /// From -1, blue, over 0, the page's own color, to 1, red; nil is not colored.
    public let color: Double?
    /// More about it, shown where the pointer rests.
    public let detail: String

    /// Creates a cell.
    public init(
      _ text: String, sortKey: Double? = nil, color: Double? = nil, detail: String = ""
    ) {
      self.text = text
      self.sortKey = sortKey
      self.color = color
      self.detail = detail
    }

    /// A number with so many decimals; nil is a dash.
    public static func number(_ value: Double?, _ decimals: Int = 3, color: Double? = nil) -> Cell {
      Cell(value.map { decimal($0, decimals) } ?? "-", sortKey: value, color: color)
    }

    /// A whole number; nil is a dash.
    public static func count(_ value: Int?) -> Cell {
      Cell(value.map(String.init) ?? "-", sortKey: value.map(Double.init))
    }
  }

  /// How HTML draws a table.
  public enum Style: Sendable {
    /// Rows with headings that sort.
    case plain
    /// Small colored cells under slanted headings.
    case heatMap
  }
}

/// A number with a fixed number of decimals, without a minus sign before zero.
func decimal(_ value: Double, _ decimals: Int) -> String {
  guard value.isFinite else { return value.isNaN ? "nan" : value < 0 ? "-inf" : "inf" }
  let scale = (0..<decimals).reduce(1.0) { product, _ in product * 10 }
  let rounded = (abs(value) * scale).rounded()
  guard rounded < 1e15 else { return "\(value)" }
  let digits = String(Int(rounded))
  let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
  let sign = value < 0 && rounded > 0 ? "-" : ""
  return decimals > 0
    ? sign + padded.dropLast(decimals) + "." + padded.suffix(decimals) : sign + padded
}

/// Bytes in the unit that keeps the number short.
func memoryText(_ bytes: Int) -> String {
  let mebibytes = Double(bytes) / 1_048_576
  return mebibytes < 1024
    ? decimal(mebibytes, mebibytes < 10 ? 1 : 0) + " MB" : decimal(mebibytes / 1024, 1) + " GB"
}

/// Seconds with about three digits.
func secondsText(_ seconds: Double) -> String {
  decimal(seconds, seconds < 0.1 ? 4 : seconds < 10 ? 2 : 0)
}
