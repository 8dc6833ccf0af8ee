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

/// Refuses code that somebody else could have put there.
enum Trust {
  /// Checks a file and the folder it lies in, after following links.
  ///
  /// - Throws: `pluginNotFound`, or `pluginUntrusted` with the path and its mode.
  static func check(_ path: String) throws(EstimatorError) {
    guard let real = realpath(path, nil) else {
      throw EstimatorError(
        .pluginNotFound, "There is no plugin \(path): \(String(cString: strerror(errno))).")
    }
    defer { free(real) }
    let file = String(cString: real)
    let folder = file.split(separator: "/").dropLast().map { "/\($0)" }.joined()
    for path in [file, folder.isEmpty ? "/" : folder] { try checkOne(path) }
  }

  private static func checkOne(_ path: String) throws(EstimatorError) {
    var status = stat()
    guard stat(path, &status) == 0 else {
      throw EstimatorError(.pluginNotFound, "There is no plugin \(path).")
    }
    let mode = status.st_mode & 0o7777
    let isOthers = status.st_uid != 0 && status.st_uid != getuid()
    // A group of one's own is the custom of Debian and others; treat any other group as shared.
    let isShared = mode & 0o002 != 0 || (mode & 0o020 != 0 && status.st_gid != getgid())
    guard !isOthers, !isShared else {
      let why = isOthers ? "belongs to another user" : "can be changed by other users"
      throw EstimatorError(
        .pluginUntrusted,
        "The plugin's \(path) \(why) (mode \(String(mode, radix: 8)), owner \(status.st_uid)); "
          + "correct that, or run it all the same with --trust.")
    }
  }
}
