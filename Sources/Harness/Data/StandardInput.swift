// SPDX-License-Identifier: MIT

import Synchronization

#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// Standard input as a file: read once, to its end, when first asked for.
enum StandardInput {
  private static let bytes = Mutex<[UInt8]?>(nil)

  /// Lends the bytes to `body`.
  ///
  /// - Throws: `unreadable`.
  static func with<Result>(
    _ body: (FileBytes) throws(DataError) -> Result
  ) throws(DataError) -> Result {
    let all = try bytes.withLock { (bytes) throws(DataError) -> [UInt8] in
      if let bytes { return bytes }
      let read = try readAll()
      bytes = read
      return read
    }
    var outcome: Swift.Result<Result, DataError>?
    all.withUnsafeBytes { buffer in
      do throws(DataError) {
        outcome = .success(try body(FileBytes(name: "standard input", buffer: buffer)))
      } catch {
        outcome = .failure(error)
      }
    }
    guard let outcome else { preconditionFailure("withUnsafeBytes calls its body") }
    return try outcome.get()
  }

  private static func readAll() throws(DataError) -> [UInt8] {
    var all: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(STDIN_FILENO, &piece, piece.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else {
        throw DataError(
          .unreadable, "standard input: cannot be read: \(String(cString: strerror(errno))).")
      }
      guard count > 0 else { return all }
      all += piece[..<count]
    }
  }
}
