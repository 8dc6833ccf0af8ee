// SPDX-License-Identifier: MIT

import EstimatorAPI

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Refuses a search that would not fit in memory, before the system ends the process for it.
enum MemoryNeed {
  /// Bytes a row beyond the data: the tree, its points in order, the counts and the terms.
  static func bytesPerRow(columns: Int, ks: Int) -> Int { 40 + 24 * columns + 16 * ks }

  /// Checks only from a million rows on, below which a search fits anywhere.
  ///
  /// - Throws: `failed`, with the found and the needed memory and the way out.
  static func check(rows: Int, columns: Int, ks: Int) throws(EstimatorError) {
    guard rows >= 1_000_000, let available = availableBytes else { return }
    let needed = rows * bytesPerRow(columns: columns, ks: ks)
    guard needed > available else { return }
    throw EstimatorError(
      .failed,
      "\(rows) rows need \(gigabytes(needed)) GB of memory and \(gigabytes(available)) GB are "
        + "available; subsample+ESTIMATOR reads parts of the rows and gives a standard error.")
  }

  private static func gigabytes(_ bytes: Int) -> Double {
    (Double(bytes) / 1e8).rounded() / 10
  }

  /// What the kernel would give without swapping; nil where it does not say.
  private static var availableBytes: Int? {
    guard let file = fopen("/proc/meminfo", "r") else { return nil }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 128)
    while fgets(&line, CInt(line.count), file) != nil {
      let text = line.prefix { $0 != 0 }.map { Character(UnicodeScalar(UInt8(bitPattern: $0))) }
      let words = String(text).split(separator: " ")
      if words.count > 1, words[0] == "MemAvailable:", let kilobytes = Int(words[1]) {
        return kilobytes * 1024
      }
    }
    return nil
  }
}
