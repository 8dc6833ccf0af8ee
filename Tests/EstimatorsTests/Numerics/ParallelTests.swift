// SPDX-License-Identifier: MIT

import Estimators
import Synchronization
import Testing

@Suite struct ParallelTests {
  @Test(arguments: [1, 2, 3, 16])
  func everyPieceIsDoneOnce(threads: Int) {
    for count in [0, 1, 2, 7, 1000] {
      let done = Mutex([Int](repeating: 0, count: count))
      parallelFor(count, threads: threads) { piece in done.withLock { $0[piece] += 1 } }
      #expect(done.withLock { $0 } == [Int](repeating: 1, count: count))
    }
  }

  @Test func valuesStandInTheirOrder() {
    #expect(parallelMap(500, threads: 4) { $0 * $0 } == (0..<500).map { $0 * $0 })
  }

  @Test func regionsMayNest() {
    let sums = parallelMap(8, threads: 4) { outer in
      parallelMap(8, threads: 4) { inner in outer * inner }.reduce(0, +)
    }
    #expect(sums == (0..<8).map { $0 * 28 })
  }

  /// Many short regions in a row from several threads: helpers come, go, sleep and are woken.
  @Test func regionsOfManyCallersDoNotMix() async {
    let total = await withTaskGroup(of: Int.self) { group in
      for caller in 0..<4 {
        group.addTask {
          var sum = 0
          for round in 0..<300 {
            sum += parallelMap(5, threads: 3) { $0 + caller * round }.reduce(0, +)
          }
          return sum
        }
      }
      return await group.reduce(0, +)
    }
    #expect(total == 4 * 300 * 10 + 5 * 6 * (299 * 300 / 2))
  }

  /// A helper that is still at work when the caller is done must be waited for, awake or asleep.
  @Test func theCallerWaitsForTheSlowestPiece() {
    for _ in 0..<20 {
      let values = parallelMap(4, threads: 4) { piece in
        if piece > 0 { spin(.milliseconds(piece == 3 ? 5 : 1)) }
        return piece
      }
      #expect(values == [0, 1, 2, 3])
    }
  }

  private func spin(_ time: Duration) {
    let end = ContinuousClock.now + time
    while ContinuousClock.now < end {}
  }
}
