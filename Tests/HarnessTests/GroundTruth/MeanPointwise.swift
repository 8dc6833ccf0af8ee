// SPDX-License-Identifier: MIT

import EstimatorAPI
import Foundation
import Harness

/// True where the environment asks for the long runs.
let slowTests = ProcessInfo.processInfo.environment["MI_SLOW_TESTS"] == "1"

/// How many rows the truth tests draw: 1e5, or 1e6 with MI_SLOW_TESTS=1.
let truthRows = slowTests ? 1_000_000 : 100_000

/// How far the mean pointwise information over `count` draws lies from the stated truth, in
/// standard errors of the mean; nil where the truth has no density.
func standardErrorsOff(_ truth: any GroundTruth, count: Int = truthRows, seed: UInt64 = 1)
  -> Double?
{
  guard let values = truth.pointwise(truth.sample(count, seed: seed)) else { return nil }
  let mean = values.reduce(0, +) / Double(count)
  let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count - 1)
  let error = (variance / Double(count)).squareRoot() + truth.informationError.nats + 1e-12
  return abs(mean - truth.information.nats) / error
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
