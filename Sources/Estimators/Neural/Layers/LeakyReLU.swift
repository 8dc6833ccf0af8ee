// SPDX-License-Identifier: MIT

// f(z) = z for z > 0, slope z otherwise, 0 <= slope < 1; slope 0 is the ReLU.

/// Adds the bias (columns) to z (rows x columns) and applies f, in place.
@inline(__always)
package func biasAndLeakyReLUForward<Scalar: NetworkScalar>(
  _ z: UnsafeMutablePointer<Scalar>, bias: UnsafePointer<Scalar>, slope: Scalar,
  rows: Int, columns: Int
) {
  for row in 0..<rows {
    let line = z + row &* columns
    for column in 0..<columns {
      let value = line[column] + bias[column]
      let scaled = slope * value
      line[column] = value > scaled ? value : scaled
    }
  }
}

/// Adds the bias (columns) to z (rows x columns), in place: the output layer.
@inline(__always)
package func biasForward<Scalar: NetworkScalar>(
  _ z: UnsafeMutablePointer<Scalar>, bias: UnsafePointer<Scalar>, rows: Int, columns: Int
) {
  for row in 0..<rows {
    let line = z + row &* columns
    for column in 0..<columns { line[column] += bias[column] }
  }
}

/// Turns the gradient by f(z) into the gradient by z, in place; the sign of f(z) is that of z.
@inline(__always)
package func leakyReLUBackward<Scalar: NetworkScalar>(
  _ gradient: UnsafeMutablePointer<Scalar>, output: UnsafePointer<Scalar>, slope: Scalar, count: Int
) {
  for index in 0..<count {
    let value = gradient[index]
    let scaled = slope * value
    gradient[index] = output[index] > 0 ? value : scaled
  }
}
