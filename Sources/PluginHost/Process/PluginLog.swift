// SPDX-License-Identifier: MIT

import EstimatorAPI
import Synchronization

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Where everything goes that plugins write to stderr; nowhere, if no file was named.
final class PluginLog: Sendable {
  private let file: Int32

  init(path: String?) throws(EstimatorError) {
    guard let path else {
      file = -1
      return
    }
    file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    guard file >= 0 else {
      throw EstimatorError(
        .failed, "The log \(path) cannot be written: \(String(cString: strerror(errno))).")
    }
  }

  /// One write a piece: lines of several plugins mix, but no byte is lost.
  func append(_ bytes: ArraySlice<UInt8>) {
    guard file >= 0 else { return }
    _ = bytes.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
  }

  deinit { if file >= 0 { close(file) } }
}
