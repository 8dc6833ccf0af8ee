// SPDX-License-Identifier: MIT

import Synchronization

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// One line on stderr that tells what is being done; silent where stderr is no terminal.
final class ProgressLine: Sendable {
  private let isTerminal = isatty(2) == 1
  private let width = Mutex(0)

  /// Shows a text in place of the last one.
  func show(_ text: String) {
    guard isTerminal else { return }
    width.withLock { width in
      let padding = String(repeating: " ", count: max(0, width - text.count))
      writeErrorText("\r\(text)\(padding)")
      width = text.count
    }
  }

  /// Removes the line.
  func clear() {
    guard isTerminal else { return }
    width.withLock { width in
      writeErrorText("\r\(String(repeating: " ", count: width))\r")
      width = 0
    }
  }
}
