// SPDX-License-Identifier: MIT

import Foundation

/// Draws plots with the program gnuplot, in one run for all of them.
public enum Gnuplot {
  /// The plots, which have different names, as SVG texts by name; nil where there is no gnuplot on the
  /// path.
  ///
  /// `hasKey` tells whether each has a legend of its own.
  ///
  /// - Throws: `DataError` where gnuplot fails or the temporary folder cannot be written.
  public static func draw(_ plots: [Plot], hasKey: Bool) throws(DataError) -> [String: String]? {
    guard let program = executable else { return nil }
    guard !plots.isEmpty else { return [:] }
    do {
      return try run(program, plots, hasKey: hasKey)
    } catch let error as DataError {
      throw error
    } catch {
      throw DataError(.unreadable, "gnuplot could not be run: \(error)")
    }
  }

  private static var executable: URL? {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    return path.split(separator: ":").map { URL(fileURLWithPath: "\($0)/gnuplot") }
      .first { FileManager.default.isExecutableFile(atPath: $0.path) }
  }

  private static func run(
    _ program: URL, _ plots: [Plot], hasKey: Bool
  ) throws -> [String: String] {
    let folder = FileManager.default.temporaryDirectory.appending(path: "mi-\(UUID().uuidString)")
    try FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    defer { try? FileManager.default.removeItem(at: folder) }
    let script = folder.appending(path: "plots.gp")
    try plots.map { $0.script(hasKey: hasKey) }.joined(separator: "\n")
      .write(to: script, atomically: false, encoding: .utf8)
    let process = Process()
    process.executableURL = program
    process.arguments = [script.path]
    process.currentDirectoryURL = folder
    let complaints = Pipe()
    process.standardError = complaints
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    let said = complaints.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw DataError(
        .malformed, "gnuplot failed: \(String(decoding: said.prefix(500), as: UTF8.self))")
    }
    var drawings: [String: String] = [:]
    for plot in plots {
      let text = try String(contentsOf: folder.appending(path: plot.name + ".svg"), encoding: .utf8)
      drawings[plot.name] = text
    }
    return drawings
  }
}

extension Plot {
  /// The gnuplot commands that draw it into `<name>.svg`.
  func script(hasKey: Bool) -> String {
    var lines = [
      "reset",
      "set terminal svg size \(hasKey ? 760 : 520),340 dynamic font 'sans,13' linewidth 1.3",
      "set output \(quoted(name + ".svg"))",
      "set title \(quoted(title)) noenhanced", "set xlabel \(quoted(xLabel)) noenhanced",
      "set ylabel \(quoted(yLabel)) noenhanced",
      "set border 3", "set tics nomirror", "set grid lc rgb '#888888' lw 0.4 dt 3",
      hasKey ? "set key outside right top noenhanced" : "unset key",
    ]
    lines += horizontalAxis + verticalAxis
    for (index, one) in series.enumerated() {
      lines.append("$d\(index) << EOD")
      lines += one.points.map {
        "\($0.x) \($0.y) \($0.y - ($0.band ?? 0)) \($0.y + ($0.band ?? 0))"
      }
      lines.append("EOD")
    }
    guard categories.isEmpty, !isScatter else {
      return (lines + [barCommand]).joined(separator: "\n") + "\n"
    }
    var parts: [String] = []
    if let level { parts.append("\(level) with lines lc rgb 'black' lw 1 dt 2 notitle") }
    for (index, one) in series.enumerated() where one.points.contains(where: { $0.band != nil }) {
      parts.append(
        "$d\(index) using 1:3:4 with filledcurves fs transparent solid 0.15 noborder "
          + "lc rgb '\(Plot.color(one.style))' notitle")
    }
    for (index, one) in series.enumerated() {
      parts.append(
        "$d\(index) using 1:2 with linespoints lc rgb '\(Plot.color(one.style))' lw 1.5 ps 0.5 "
          + "pt \(one.mark) dt \(one.dash) title \(quoted(one.label))")
    }
    lines.append("plot " + parts.joined(separator: ", "))
    return lines.joined(separator: "\n") + "\n"
  }

  /// Points with bars over named positions.
  private var barCommand: String {
    var parts = level.map { ["\($0) with lines lc rgb '#888888' lw 1.5 dt 2 notitle"] } ?? []
    for (index, one) in series.enumerated() {
      parts.append(
        "$d\(index) using 1:2:3:4 with yerrorbars lc rgb '\(Plot.color(one.style))' lw 2 ps 0.9 "
          + "pt \(one.mark) title \(quoted(one.label))")
    }
    return "plot " + parts.joined(separator: ", ")
  }

  /// A logarithmic axis ends a little beyond the points, and its ticks are the points' positions.
  private var horizontalAxis: [String] {
    guard categories.isEmpty else {
      let names = categories.enumerated().map { "\(quoted($1)) \($0 + 1)" }
      return [
        "set xrange [0.5:\(Double(categories.count) + 0.5)]",
        "set xtics (\(names.joined(separator: ", "))) noenhanced",
      ]
    }
    let positions = Set(series.flatMap { $0.points.map(\.x) })
    guard isLogarithmic, let first = positions.min(), let last = positions.max() else { return [] }
    let margin = first == last ? 2 : pow(last / first, 0.04)
    return [
      "set logscale x", "set xrange [\(first / margin):\(last * margin)]",
      "set xtics (\(ticks(positions)))",
    ]
  }

  /// Where a few values are far beyond the others, the axis is linear near zero and logarithmic far
  /// from it (asinh), so that neither the many nor the few are lost.
  private var verticalAxis: [String] {
    let sizes = series.flatMap { $0.points.map { abs($0.y) } }.filter { $0 > 0 }.sorted()
    guard let largest = sizes.last, level == nil || level == 0,
      largest > 12 * sizes[sizes.count * 3 / 4]
    else { return [] }
    let scale = sizes[sizes.count / 2]
    var ticks = ["'0' 0"]
    var tick = pow(10, log10(scale).rounded(.down))
    while tick < 2 * largest {
      for value in [tick, 3 * tick] {
        let text =
          value < 1 ? decimal(value, max(1, Int((-log10(tick)).rounded()))) : decimal(value, 0)
        ticks += ["'\(text)' \(value)", "'-\(text)' -\(value)"]
      }
      tick *= 10
    }
    return [
      "s = \(scale)", "set nonlinear y via asinh(y / s) inverse s * sinh(y)",
      "set ytics (\(ticks.joined(separator: ", ")))",
      "set ylabel \(quoted(yLabel + " (asinh scale)")) noenhanced",
    ]
  }

  /// The positions themselves as ticks, thinned where they would touch.
  private func ticks(_ positions: Set<Double>) -> String {
    let sorted = positions.sorted()
    guard let first = sorted.first, let last = sorted.last else { return "" }
    var kept = [first]
    // At most about nine labels over a logarithmic axis.
    let step = pow(last / first, 1.0 / 9)
    for x in sorted.dropFirst() where x / kept[kept.count - 1] >= step { kept.append(x) }
    return kept.map { "'\(decimal($0, 0))' \($0)" }.joined(separator: ", ")
  }
}

extension Plot.Series {
  // Seven marks and eight colors: 56 styles before one comes again.
  fileprivate var mark: Int { Plot.marks[style % Plot.marks.count].number }
  fileprivate var dash: Int { 1 + style / Plot.colors.count % 5 }
}

/// A text in gnuplot's single quotes, in which nothing but the quote itself is special.
private func quoted(_ text: String) -> String {
  "'" + text.replacing("'", with: "''").replacing("\n", with: " ") + "'"
}
