// SPDX-License-Identifier: MIT

import Synchronization

#if canImport(Glibc)
import Glibc
#endif

/// Memory for many numbers that the next search uses again, on pages of 2 MB where the system gives
/// them.
///
/// The first touch of a page is a trip into the kernel, and a random read needs the address of its
/// page. With fresh pages of 4 kB for every array these two took a fifth of the time of `ksg-1` at
/// 100,000 rows (Linux, in a virtual machine), and did not grow with threads as the rest does.
///
/// Unchecked: who holds the memory says who may write to it.
final class LargeBuffer<Value: BitwiseCopyable>: @unchecked Sendable {
  /// The memory; its values are what the last user left.
  let values: UnsafeMutableBufferPointer<Value>
  private let block: LargeBlock?

  /// Room for `capacity` values; what is small comes from the usual pages.
  init(_ type: Value.Type, capacity: Int) {
    let bytes = capacity * MemoryLayout<Value>.stride
    block = bytes > LargeBlock.page / 4 ? .ofAtLeast(bytes) : nil
    guard let block else {
      values = .allocate(capacity: capacity)
      return
    }
    values = UnsafeMutableBufferPointer(
      start: block.memory.bindMemory(to: type, capacity: capacity), count: capacity)
  }

  deinit {
    if let block { block.release() } else { values.deallocate() }
  }
}

/// Some large pages in a row.
///
/// Unchecked: it stands for memory and holds none of its own state.
private struct LargeBlock: @unchecked Sendable {
  static let page = 1 << 21
  let memory: UnsafeMutableRawPointer
  let bytes: Int

  /// Blocks that nobody uses, at most ``kept`` bytes of them.
  private static let free = Mutex<[LargeBlock]>([])
  private static let kept = 1 << 26

  /// The smallest free block that fits without much waste, or a new one.
  static func ofAtLeast(_ needed: Int) -> LargeBlock {
    let bytes = (needed + page - 1) / page * page
    let found = free.withLock { free in
      let fitting = free.indices.filter { (bytes...2 * bytes).contains(free[$0].bytes) }
      return fitting.min { free[$0].bytes < free[$1].bytes }.map { free.remove(at: $0) }
    }
    if let found { return found }
    let memory = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: page)
    #if canImport(Glibc)
    // Advice only: where it is not taken, the pages are small.
    _ = madvise(memory, bytes, MADV_HUGEPAGE)
    #endif
    return LargeBlock(memory: memory, bytes: bytes)
  }

  func release() {
    let isKept = Self.free.withLock { free in
      guard free.reduce(bytes, { $0 + $1.bytes }) <= Self.kept else { return false }
      free.append(self)
      return true
    }
    if !isKept { memory.deallocate() }
  }
}
