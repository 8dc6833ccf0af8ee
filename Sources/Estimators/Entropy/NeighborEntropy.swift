// SPDX-License-Identifier: MIT

package import EstimatorAPI

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The rows' terms of a weighted Kozachenko-Leonenko entropy, in nats.
///
///     h_i = sum_j w_j ( d ln(2 rho_ij) + ln(n - 1) - psi(j) ),
///
/// with rho_ij the max-norm distance to the j-th neighbor; a max-norm ball has the volume (2 rho)^d.
/// Their mean is the entropy. The paper takes the Euclidean norm; its expansion needs of a ball only that
/// it is the same mirrored at its center and that its volume goes with rho^d.
///
/// - Throws: `repeatedRows` where a distance that is needed is 0, `cancelled`.
package func neighborEntropyTerms(
  _ points: [Columns], name: String, weights: KozachenkoLeonenkoWeights, threads: Int = 1,
  isCancelled: @escaping @Sendable () -> Bool = { false }
) throws(EstimatorError) -> [Double] {
  let tree = KDTree(points, threads: threads)
  let n = tree.count
  let d = Double(tree.dimension)
  let ks = weights.neighbors
  let chunkSize = 512
  let chunks = (n + chunkSize - 1) / chunkSize
  let state = ChunkProgress(chunks: chunks, progress: { _ in }, isCancelled: isCancelled)
  /// The weighted logarithms by position, nil where a distance is 0.
  let parts: [[Double?]] = parallelMap(chunks, threads: threads) { chunk in
    guard state.mayStart() else { return [] }
    let positions = chunk * chunkSize..<min((chunk + 1) * chunkSize, n)
    let stride = positions.count
    let radii = UnsafeMutablePointer<Double>.allocate(capacity: (2 * ks.count + 1) * stride)
    defer { radii.deallocate() }
    _ = tree.withSearch { search in
      search.radii(
        of: positions, ks: ks, algorithm: .square, into: radii, stride: stride,
        nearest: radii + 2 * ks.count * stride)
    }
    return (0..<stride).map { q in
      // The distances ascend, so the first is the least.
      guard radii[q] > 0 else { return nil }
      return ks.indices.reduce(0) { $0 + weights.weights[$1] * log(2 * radii[2 * $1 * stride + q]) }
    }
  }
  if state.wasCancelled { throw .cancelled }
  let psi = DigammaTable(upTo: n)
  let constant =
    log(Double(n - 1)) - ks.indices.reduce(0) { $0 + weights.weights[$1] * psi[ks[$1]] }
  var terms = [Double](repeating: 0, count: n)
  var coincident = 0
  var position = 0
  for value in parts.joined() {
    if let value { terms[Int(tree.order[position])] = d * value + constant }
    if value == nil { coincident += 1 }
    position += 1
  }
  guard coincident == 0 else {
    throw EstimatorError(
      EstimatorError.Code(rawValue: "repeatedRows"),
      "\(coincident) of \(n) rows have \(ks[0]) others at distance 0 in \(name), and ln 0 is "
        + "-infinity: the entropy of a density needs rows that differ. Use mixed-ksg, or a larger k."
    )
  }
  return terms
}
