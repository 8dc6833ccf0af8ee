// SPDX-License-Identifier: MIT

import Harness

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A file, or stdout, that takes text.
struct TextSink: ~Copyable {
  private let name: String
  private let descriptor: Int32

  /// Opens the file and empties it; nil is stdout.
  init(_ path: String?) throws {
    name = path ?? "stdout"
    descriptor = path.map { open($0, O_WRONLY | O_CREAT | O_TRUNC, 0o644) } ?? 1
    guard descriptor >= 0 else {
      throw DataError(
        .unreadable, "\(name) cannot be written: \(String(cString: strerror(errno))).")
    }
  }

  deinit { if descriptor > 2 { close(descriptor) } }

  /// Writes text to the end.
  func write(_ text: String) throws {
    var text = text
    try text.withUTF8 { bytes in
      var rest = UnsafeRawBufferPointer(bytes)
      while !rest.isEmpty {
        let written = posixWrite(descriptor, rest)
        guard written > 0 else {
          throw DataError(
            .unreadable, "\(name) cannot be written: \(String(cString: strerror(errno))).")
        }
        rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(written))
      }
    }
  }
}

/// The C function, whose name the method above hides.
private func posixWrite(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
  write(descriptor, bytes.baseAddress, bytes.count)
}
