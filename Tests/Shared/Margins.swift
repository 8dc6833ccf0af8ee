// SPDX-License-Identifier: MIT

import Foundation
import Testing

/// The seed for a draw of a statistical test, moved by MI_TEST_SEED_SHIFT (0 unless told).
///
/// A test that holds at one seed may hold by luck: `make test-seeds` runs the suite at several shifts. The
/// step is large, so that a test's loop over seeds meets none of another shift's.
func testSeed(_ seed: some BinaryInteger) -> UInt64 { UInt64(seed) &+ seedShift &* 1_000_003 }

/// The mean of what several draws give, where one alone spreads too widely for a near threshold.
func mean(overDraws count: Int, _ draw: (Int) throws -> Double) rethrows -> Double {
  try (0..<count).reduce(0) { try $0 + draw($1) } / Double(count)
}

private let seedShift =
  ProcessInfo.processInfo.environment["MI_TEST_SEED_SHIFT"].flatMap { UInt64($0) } ?? 0

/// Within a tolerance of the truth.
func expect(
  _ value: Double, within tolerance: Double, of truth: Double,
  _ comment: @autoclosure () -> String = "", sourceLocation: SourceLocation = #_sourceLocation
) {
  note(value, low: truth - tolerance, high: truth + tolerance, sourceLocation)
  #expect(
    abs(value - truth) < tolerance, "\(value), not within \(tolerance) of \(truth) \(comment())",
    sourceLocation: sourceLocation)
}

func expect(
  _ value: Double, in range: ClosedRange<Double>, _ comment: @autoclosure () -> String = "",
  sourceLocation: SourceLocation = #_sourceLocation
) {
  note(value, low: range.lowerBound, high: range.upperBound, sourceLocation)
  #expect(
    range.contains(value), "\(value), not in \(range) \(comment())", sourceLocation: sourceLocation)
}

func expect(
  _ value: Double, above bound: Double, _ comment: @autoclosure () -> String = "",
  sourceLocation: SourceLocation = #_sourceLocation
) {
  note(value, low: bound, sourceLocation)
  #expect(
    value > bound, "\(value), not above \(bound) \(comment())", sourceLocation: sourceLocation)
}

func expect(
  _ value: Double, below bound: Double, _ comment: @autoclosure () -> String = "",
  sourceLocation: SourceLocation = #_sourceLocation
) {
  note(value, high: bound, sourceLocation)
  #expect(
    value < bound, "\(value), not below \(bound) \(comment())", sourceLocation: sourceLocation)
}

func expect(
  _ value: Double, atMost bound: Double, _ comment: @autoclosure () -> String = "",
  sourceLocation: SourceLocation = #_sourceLocation
) {
  expect(value, below: bound.nextUp, comment(), sourceLocation: sourceLocation)
}

func expect(
  _ value: Double, atLeast bound: Double, _ comment: @autoclosure () -> String = "",
  sourceLocation: SourceLocation = #_sourceLocation
) {
  expect(value, above: bound.nextDown, comment(), sourceLocation: sourceLocation)
}

/// How many of some draws: a count at a bound still passes, so the threshold lies half a step beyond.
func expect(
  _ count: Int, atMost bound: Int, _ comment: @autoclosure () -> String = "",
  sourceLocation: SourceLocation = #_sourceLocation
) {
  expect(Double(count), below: Double(bound) + 0.5, comment(), sourceLocation: sourceLocation)
}

func expect(
  _ count: Int, atLeast bound: Int, _ comment: @autoclosure () -> String = "",
  sourceLocation: SourceLocation = #_sourceLocation
) {
  expect(Double(count), above: Double(bound) - 0.5, comment(), sourceLocation: sourceLocation)
}

/// A line of the file MI_TEST_MARGINS: place, test, case, value, lower and upper threshold, by tabs.
private func note(
  _ value: Double, low: Double = -.infinity, high: Double = .infinity, _ place: SourceLocation
) {
  guard let margins else { return }
  // The arguments of a case have no public name; its description tells cases apart.
  let arguments = Test.Case.current.map { "\($0)" } ?? ""
  let words = [
    "\(place.fileID):\(place.line)", Test.current?.name ?? "", arguments, "\(value)", "\(low)",
    "\(high)",
  ]
  let line =
    words.map { $0.replacing("\t", with: " ").replacing("\n", with: " ") }
    .joined(separator: "\t") + "\n"
  // One write of a short line to a file opened for appending is not torn.
  _ = line.withCString { write(margins, $0, strlen($0)) }
}

private let margins: Int32? =
  ProcessInfo.processInfo.environment["MI_TEST_MARGINS"].map {
    open($0, O_WRONLY | O_CREAT | O_APPEND, 0o644)
  }
