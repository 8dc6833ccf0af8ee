// SPDX-License-Identifier: MIT

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Keeps stdout for replies alone: what an estimator prints there goes to stderr from now on.
func takeStandardOutput() -> (String) -> Void {
  let replies = dup(1)
  dup2(2, 1)
  return { text in
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let written = bytes.withUnsafeBytes { write(replies, $0.baseAddress, $0.count) }
      guard written > 0 else { exit(1) }
      bytes = bytes.dropFirst(written)
    }
  }
}
