// SPDX-License-Identifier: MIT

/// The standard deviation with n - 1 below the line; 0 for one value.
func standardDeviation(_ values: [Double]) -> Double {
  guard values.count > 1 else { return 0 }
  let mean = values.reduce(0, +) / Double(values.count)
  let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
  return (squares / Double(values.count - 1)).squareRoot()
}

/// The root of the sum of squares: how independent errors add up.
func norm(_ parts: Double...) -> Double {
  parts.reduce(0) { $0 + $1 * $1 }.squareRoot()
}
