// SPDX-License-Identifier: MIT

import Synchronization

/// Where chunks leave their counts: slot 2 s for x and 2 s + 1 for y of the s-th k.
///
/// Unchecked: each row belongs to one chunk, and the counts are read after all chunks have ended.
final class CountSlots: @unchecked Sendable {
  private let rows: Int
  private let slots: Int
  private let memory: LargeBuffer<Int32>
  private var storage: UnsafeMutableBufferPointer<Int32> { memory.values }
  private let duplicates = Atomic(0)

  init(rows: Int, slots: Int) {
    self.rows = rows
    self.slots = slots
    memory = LargeBuffer(Int32.self, capacity: 2 * rows * slots)
    storage.initialize(repeating: 0)
  }

  subscript(slot: Int, row: Int) -> Int32 {
    get { storage[slot &* rows &+ row] }
    set { storage[slot &* rows &+ row] = newValue }
  }

  func addDuplicates(_ count: Int) { duplicates.add(count, ordering: .relaxed) }

  /// How many queries have another point at distance 0.
  var duplicateCount: Int { duplicates.load(ordering: .relaxed) }

  /// The counts of a slot by row.
  func column(_ slot: Int) -> [Int32] {
    Array(UnsafeBufferPointer(rebasing: storage[slot * rows..<(slot + 1) * rows]))
  }
}
