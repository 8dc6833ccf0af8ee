// SPDX-License-Identifier: MIT

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Where a working process gets its units and puts its results.
public struct WorkLines {
  private let isOver: () -> Bool
  private let input: () -> String?
  private let output: (String) -> Void

  /// Keeps the ends.
  ///
  /// - Parameters:
  ///   - isOver: asked after each unit; what was not begun then is left to others.
  ///   - input: gives the next line, nil at the end.
  ///   - output: takes a line with its end.
  public init(
    isOver: @escaping () -> Bool, input: @escaping () -> String?,
    output: @escaping (String) -> Void
  ) {
    self.isOver = isOver
    self.input = input
    self.output = output
  }

  /// Does one unit after the other until there are no more or the time is over.
  ///
  /// `make` is given the unit's number, the unit, and the seconds since it came; nil ends the work.
  func serve<Unit: Codable & Sendable>(
    _ make: (_ id: Int, _ unit: Unit, _ seconds: () -> Double) throws -> ResultLine?
  ) throws {
    let clock = ContinuousClock()
    let decoder = JSONDecoder()
    while let line = input() {
      let work: WorkLine<Unit>
      do {
        work = try decoder.decode(WorkLine<Unit>.self, from: Data(line.utf8))
      } catch {
        throw DataError(.malformed, "a line that is no unit of work: \(line)")
      }
      let start = clock.now
      guard let result = try make(work.id, work.unit, { (clock.now - start) / .seconds(1) }) else {
        return
      }
      output(jsonLine(result))
      if isOver() { return }
    }
  }
}
