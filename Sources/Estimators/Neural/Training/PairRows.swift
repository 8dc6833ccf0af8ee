// SPDX-License-Identifier: MIT

/// Standardized rows of both variables.
package struct PairRows<Scalar: NetworkScalar> {
  /// count x dx.
  package let x: Buffer<Scalar>
  /// count x dy.
  package let y: Buffer<Scalar>
  /// The number of rows.
  package let count: Int
  /// The features of the Gaussian baseline, where there is one.
  package var baseline: (x: Buffer<Float>, y: Buffer<Float>, width: Int)?

  /// Joins the two sides.
  package init(x: Buffer<Scalar>, y: Buffer<Scalar>, count: Int) {
    self.x = x
    self.y = y
    self.count = count
  }
}

/// Draws minibatches without replacement, in a new random order each time fewer
/// than a batch are left.
package struct Minibatches<Scalar: NetworkScalar> {
  private let rows: PairRows<Scalar>
  private let dx: Int
  private let dy: Int
  private var random: RandomSource
  private var order: [Int]
  private var next: Int
  /// The rows of a batch, at most as many as there are.
  package let size: Int
  /// The batch drawn last, size x dx.
  package let x: Buffer<Scalar>
  /// The batch drawn last, size x dy.
  package let y: Buffer<Scalar>

  /// The baseline's features of the batch drawn last, where there is one.
  package let baseline: (x: Buffer<Float>, y: Buffer<Float>, width: Int)?

  /// Prepares to draw.
  package init(_ rows: PairRows<Scalar>, size: Int, random: RandomSource) {
    self.rows = rows
    self.random = random
    self.size = min(size, rows.count)
    dx = rows.x.count / rows.count
    dy = rows.y.count / rows.count
    order = Array(0..<rows.count)
    next = rows.count
    x = Buffer(self.size * dx)
    y = Buffer(self.size * dy)
    let batch = self.size
    baseline = rows.baseline.map { (Buffer(batch * $0.width), Buffer(batch * $0.width), $0.width) }
  }

  /// Fills `x` and `y` with the next batch.
  package mutating func draw() {
    // A batch never holds a row twice: a shift of it would break that row into a real pair.
    if rows.count - next < size { next = 0 }
    for i in 0..<size {
      // Fisher-Yates as far as it is needed.
      let pick = next + random.below(rows.count - next)
      order.swapAt(next, pick)
      let row = order[next]
      next += 1
      (x.start + i * dx).update(from: rows.x.start + row * dx, count: dx)
      (y.start + i * dy).update(from: rows.y.start + row * dy, count: dy)
      if let from = rows.baseline, let to = baseline {
        let width = from.width
        (to.x.start + i * width).update(from: from.x.start + row * width, count: width)
        (to.y.start + i * width).update(from: from.y.start + row * width, count: width)
      }
    }
  }

  /// `count` different shifts of 1 ..< size after the 0 of the real pairs, at random.
  package mutating func drawShifts(_ count: Int) -> [Int] {
    if count >= size - 1 { return Array(0..<size) }
    if count == 1 { return [0, 1 + random.below(size - 1)] }
    return [0] + random.subset(count, of: size - 1).map { $0 + 1 }
  }
}
