// SPDX-License-Identifier: MIT

/// The pieces of the line on which a function, known on a grid, is zero (marching squares).
///
/// Positions are in steps of the grid, x to the right and y upward. A square whose corners alternate
/// in sign is divided by the sign of their mean.
func zeroLine(
  _ values: [[Double]]
) -> [(start: (x: Double, y: Double), end: (x: Double, y: Double))] {
  typealias Point = (x: Double, y: Double)
  var pieces: [(start: Point, end: Point)] = []
  guard let width = values.first?.count else { return [] }
  for j in 0..<values.count - 1 {
    for i in 0..<width - 1 {
      // Corners counterclockwise from the lower left, each with the edge to the next.
      let corners: [(Point, Double)] = [
        ((Double(i), Double(j)), values[j][i]), ((Double(i + 1), Double(j)), values[j][i + 1]),
        ((Double(i + 1), Double(j + 1)), values[j + 1][i + 1]),
        ((Double(i), Double(j + 1)), values[j + 1][i]),
      ]
      var crossings: [Point] = []
      for k in 0..<4 {
        let ((p, a), (q, b)) = (corners[k], corners[(k + 1) % 4])
        guard (a > 0) != (b > 0) else { continue }
        let t = a / (a - b)
        crossings.append((p.x + t * (q.x - p.x), p.y + t * (q.y - p.y)))
      }
      if crossings.count == 2 { pieces.append((crossings[0], crossings[1])) }
      if crossings.count == 4 {
        let mean = corners.reduce(0) { $0 + $1.1 } / 4
        // Crossings lie on the edges in order; the first corner is cut off unless the mean joins it.
        let joins = (corners[0].1 > 0) == (mean > 0)
        pieces.append(
          joins ? (crossings[0], crossings[1]) : (crossings[3], crossings[0]))
        pieces.append(
          joins ? (crossings[2], crossings[3]) : (crossings[1], crossings[2]))
      }
    }
  }
  return pieces
}
