// SPDX-License-Identifier: MIT

import EstimatorAPI

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A folder that only this user can enter, removed with all that is in it at the end.
final class PrivateFolder: Sendable {
  let path: String

  /// Makes a folder in `parent`, by default TMPDIR or /tmp.
  init(in parent: String? = nil) throws(EstimatorError) {
    let base =
      parent ?? ProcessInfo.processInfo.environment["TMPDIR"].flatMap { $0.isEmpty ? nil : $0 }
      ?? "/tmp"
    // mkdtemp makes it with mode 0700 and a name nobody can foresee.
    var template = Array("\(base)/mi-plugin-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else {
      throw EstimatorError(
        .failed, "No private folder can be made in \(base): \(String(cString: strerror(errno))).")
    }
    path = template.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.map { String(cString: $0) } ?? ""
    }
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}
