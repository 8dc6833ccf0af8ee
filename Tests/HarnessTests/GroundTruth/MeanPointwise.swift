// SPDX-License-Identifier: MIT

import EstimatorAPI
import Foundation
import Harness

/// True where the environment asks for the long runs.
let slowTests = ProcessInfo.processInfo.environment["MI_SLOW_TESTS"] == "1"

/// How many rows the truth tests draw: 1e5, or 1e6 with MI_SLOW_TESTS=1.
let truthRows = slowTests ? 1_000_000 : 100_000

/// The standard errors that a truth may be off: of the 370 that are compared one is beyond 5 at one seed of
/// 5,000, beyond 4 at one of 40.
let truthErrors = 5.0

/// How far the mean pointwise information over `count` draws lies from the stated truth, in
/// standard errors of the mean; nil where the truth has no density.
///
/// Drawn in batches of at most 4e6 numbers, for memory's sake.
func standardErrorsOff(
  _ truth: any GroundTruth, count: Int = truthRows, seed: UInt64 = 1
) -> Double? {
  let batch = min(count, 4_000_000 / (truth.dx + truth.dy))
  var sum = 0.0
  var squares = 0.0
  var drawn = 0
  let center = truth.information.nats
  while drawn < count {
    let rows = min(batch, count - drawn)
    let pair = truth.sample(rows, seed: testSeed(seed &+ UInt64(drawn)))
    guard let values = truth.pointwise(pair) else { return nil }
    for value in values {
      sum += value - center
      squares += (value - center) * (value - center)
    }
    drawn += rows
  }
  let n = Double(count)
  let mean = sum / n
  let error = ((squares / n - mean * mean) / n).squareRoot()
  return abs(mean) / (error + truth.informationError.nats + 1e-12)
}

/// Two continuous sides as one, x's columns first.
func joined(_ pair: SamplePair) throws -> Samples {
  guard let x = pair.x.samples, let y = pair.y.samples else { throw SideIsNotContinuous() }
  var values: [Double] = []
  for row in 0..<x.count {
    values += x.values[row * x.dimension..<(row + 1) * x.dimension]
    values += y.values[row * y.dimension..<(row + 1) * y.dimension]
  }
  return try Samples(rowMajor: values, count: x.count, dimension: x.dimension + y.dimension)
}

private struct SideIsNotContinuous: Error {}
