// SPDX-License-Identifier: MIT

package import EstimatorAPI

/// Neighbor counts of rows in time order, where rows at most `window` rows apart do not count.
///
/// Rows near in time are near in value whatever the other series does; a neighbor must be one by the
/// dynamics, not by the clock (Theiler 1986, doi:10.1103/PhysRevA.34.2427). By all pairs of rows, exact,
/// O(n^2 (d + k)) on the request's threads: a tree cannot leave out rows by their number.
package struct TheilerCounts: Sendable {
  /// For each k the numbers of rows near in each subspace, by row; the row itself is not among them.
  package private(set) var near: [[[Int32]]]
  /// The rows that each row is compared with: n less its window.
  package private(set) var candidates: [Int32]

  /// What is near: strictly closer than the k-th neighbor in the max-norm over all sides, or with
  /// `rectangle` at most as far in each side as the farthest of the k neighbors there.
  package enum Region: Sendable {
    case square
    case rectangle
  }

  /// Counts.
  ///
  /// - Parameters:
  ///   - sides: the variables; neighbors are sought in all of them together.
  ///   - subspaces: for each count the sides that it is taken in.
  ///   - ks: the numbers of neighbors in rising order.
  ///   - window: rows at most this far apart are no neighbors.
  ///   - region: what is near.
  ///   - estimator: the id that errors name.
  ///   - threads: how many may work at once.
  ///   - isCancelled: asked now and then.
  /// - Throws: `tooFewSamples` where a row has fewer than k rows to be compared with, `cancelled`.
  package init(
    sides: [Columns], subspaces: [[Int]], ks: [Int], window: Int, region: Region = .square,
    estimator: String, threads: Int, isCancelled: @escaping @Sendable () -> Bool
  ) throws(EstimatorError) {
    let n = sides[0].count
    let largest = ks[ks.count - 1]
    guard n - 2 * window - 1 >= largest else {
      throw .tooFewSamples(found: n, needed: largest + 2 * window + 1, estimator: estimator)
    }
    candidates = (0..<n).map { row in
      Int32(n - 1 - min(row, window) - min(n - 1 - row, window))
    }
    let chunk = 64
    let pieces = parallelMap((n + chunk - 1) / chunk, threads: threads) { piece -> [[[Int32]]]? in
      guard !isCancelled() else { return nil }
      var rows = TheilerRow(sides: sides, subspaces: subspaces, ks: ks, region: region)
      return (piece * chunk..<min((piece + 1) * chunk, n)).map { rows.counts($0, window: window) }
        .reduce(into: ks.map { _ in subspaces.map { _ in [Int32]() } }) { all, row in
          for slot in ks.indices {
            for space in subspaces.indices {
              all[slot][space].append(row[slot * subspaces.count + space])
            }
          }
        }
    }
    near = ks.map { _ in subspaces.map { _ in [] } }
    for piece in pieces {
      guard let piece else { throw .cancelled }
      for slot in ks.indices {
        for space in subspaces.indices { near[slot][space] += piece[slot][space] }
      }
    }
  }
}

/// The distances of one row to all others, and what they count to.
private struct TheilerRow {
  let sides: [Columns]
  let subspaces: [[Int]]
  let ks: [Int]
  let region: TheilerCounts.Region
  private var distances: [[Double]]
  private var joint: [Double]

  init(sides: [Columns], subspaces: [[Int]], ks: [Int], region: TheilerCounts.Region) {
    self.sides = sides
    self.subspaces = subspaces
    self.ks = ks
    self.region = region
    let n = sides[0].count
    distances = sides.map { _ in [Double](repeating: 0, count: n) }
    joint = [Double](repeating: 0, count: n)
  }

  /// The counts of one row, all subspaces for each k.
  mutating func counts(_ row: Int, window: Int) -> [Int32] {
    let n = joint.count
    for j in 0..<n { joint[j] = 0 }
    for (s, side) in sides.enumerated() {
      for j in 0..<n { distances[s][j] = 0 }
      side.values.withUnsafeBufferPointer { values in
        for c in 0..<side.dimension {
          let center = values[c * n + row]
          for j in 0..<n { distances[s][j] = max(distances[s][j], abs(values[c * n + j] - center)) }
        }
      }
      for j in 0..<n { joint[j] = max(joint[j], distances[s][j]) }
    }
    let excluded = max(row - window, 0)...min(row + window, n - 1)
    for j in excluded { joint[j] = .infinity }
    let nearest = nearestRows(ks[ks.count - 1])
    var found: [Int32] = []
    for k in ks {
      let reach = sides.indices.map { s in
        switch region {
        case .square: joint[nearest[k - 1]]
        case .rectangle: nearest.prefix(k).reduce(0) { max($0, distances[s][$1]) }
        }
      }
      for space in subspaces {
        var count: Int32 = 0
        for j in 0..<n where joint[j] < .infinity {
          let isNear = space.allSatisfy { side in
            region == .square ? distances[side][j] < reach[side] : distances[side][j] <= reach[side]
          }
          if isNear { count += 1 }
        }
        found.append(count)
      }
    }
    return found
  }

  /// The k rows with the smallest joint distances, ascending; of equal ones the lower number first.
  private func nearestRows(_ k: Int) -> [Int] {
    var best: [Int] = []
    for j in joint.indices where joint[j] < .infinity {
      if best.count == k, joint[j] >= joint[best[k - 1]] { continue }
      var place = best.count
      while place > 0, joint[best[place - 1]] > joint[j] { place -= 1 }
      best.insert(j, at: place)
      if best.count > k { best.removeLast() }
    }
    return best
  }
}
