// SPDX-License-Identifier: MIT

// A linear layer: output (rows x to) = input (rows x from) W (from x to) + b (to).
// With one output the products are of a matrix and a vector.

/// input W; the bias is added by the activation that follows, in its own pass.
@inline(__always)
package func linearForward<Scalar: NetworkScalar>(
  _ input: UnsafePointer<Scalar>, weights: UnsafePointer<Scalar>,
  output: UnsafeMutablePointer<Scalar>, rows: Int, from: Int, to: Int
) {
  if to == 1 {
    Scalar.multiply(
      input, transposed: false, vector: weights, into: output, rows: rows, columns: from, adding: 0)
  } else {
    Scalar.multiply(
      input, transposed: false, weights, transposed: false, into: output,
      rows: rows, columns: to, inner: from, adding: 0)
  }
}

/// The gradient by the weights, input' dOutput (from x to), added to `gradient`.
@inline(__always)
package func linearBackwardWeights<Scalar: NetworkScalar>(
  _ input: UnsafePointer<Scalar>, outputGradient: UnsafePointer<Scalar>,
  gradient: UnsafeMutablePointer<Scalar>, rows: Int, from: Int, to: Int
) {
  if to == 1 {
    Scalar.multiply(
      input, transposed: true, vector: outputGradient, into: gradient, rows: rows, columns: from,
      adding: 1)
  } else {
    Scalar.multiply(
      input, transposed: true, outputGradient, transposed: false, into: gradient,
      rows: from, columns: to, inner: rows, adding: 1)
  }
}

/// The gradient by the bias, the column sums of dOutput (rows x to), added to `gradient`.
@inline(__always)
package func linearBackwardBias<Scalar: NetworkScalar>(
  outputGradient: UnsafePointer<Scalar>, gradient: UnsafeMutablePointer<Scalar>,
  rows: Int, to: Int
) {
  for row in 0..<rows {
    let source = outputGradient + row &* to
    for column in 0..<to { gradient[column] += source[column] }
  }
}

/// The gradient by the input, dOutput W' (rows x from).
@inline(__always)
package func linearBackwardInput<Scalar: NetworkScalar>(
  outputGradient: UnsafePointer<Scalar>, weights: UnsafePointer<Scalar>,
  gradient: UnsafeMutablePointer<Scalar>, rows: Int, from: Int, to: Int
) {
  if to == 1 {
    // An outer product: BLAS would pack for nothing.
    for row in 0..<rows {
      let factor = outputGradient[row]
      let target = gradient + row &* from
      for column in 0..<from { target[column] = factor * weights[column] }
    }
  } else {
    Scalar.multiply(
      outputGradient, transposed: false, weights, transposed: true, into: gradient,
      rows: rows, columns: from, inner: to, adding: 0)
  }
}
