// SPDX-License-Identifier: MIT

/// What makes bytes no frame.
package enum FrameError: Error, Equatable {
  /// The header is not `Content-Length: N` and an empty line; the text has its beginning.
  case noHeader(String)
  /// The frame announces more bytes than are read.
  case tooLong(Int)
}

/// Cuts a stream of bytes into messages: `Content-Length: N\r\n\r\n` and N bytes, as language
/// servers do.
///
/// It never reads beyond what it was given and never allocates by what a header says, so that no
/// input, however wrong, can harm the host.
package struct FrameParser {
  /// The longest message: 10^6 pointwise values fit.
  package static let longestMessage = 64 << 20
  /// The longest header, with its empty line.
  package static let longestHeader = 128

  private var bytes: [UInt8] = []
  private var start = 0

  package init() {}

  /// True where bytes are left that are no whole message.
  package var isInsideMessage: Bool { start < bytes.count }

  /// Adds bytes as they came.
  package mutating func append(_ more: some Collection<UInt8>) {
    if start > 0, start == bytes.count || start > 1 << 16 {
      bytes.removeSubrange(0..<start)
      start = 0
    }
    bytes.append(contentsOf: more)
  }

  /// The next whole message, or nil where more bytes are needed.
  ///
  /// - Throws: where the bytes can be no frame, whatever follows.
  package mutating func next() throws(FrameError) -> [UInt8]? {
    guard let (bodyStart, length) = try header() else { return nil }
    guard bytes.count - bodyStart >= length else { return nil }
    start = bodyStart + length
    return Array(bytes[bodyStart..<start])
  }

  /// Where the body starts and how long it is, or nil where the header is not yet whole.
  private func header() throws(FrameError) -> (start: Int, length: Int)? {
    let expected = Array("Content-Length: ".utf8)
    var at = start
    for byte in expected {
      guard at < bytes.count else { return nil }
      guard bytes[at] == byte else { throw .noHeader(excerpt) }
      at += 1
    }
    var length = 0
    var digits = 0
    while at < bytes.count, (48...57).contains(bytes[at]) {
      length = length * 10 + Int(bytes[at] - 48)
      digits += 1
      at += 1
      guard length <= Self.longestMessage else { throw .tooLong(length) }
      guard digits <= 10 else { throw .noHeader(excerpt) }
    }
    // Other fields may follow in later versions; the header ends with an empty line.
    let end: [UInt8] = [13, 10, 13, 10]
    guard at < bytes.count else { return nil }
    guard digits > 0, bytes[at] == 13 else { throw .noHeader(excerpt) }
    while at + 3 < bytes.count {
      if bytes[at..<(at + 4)].elementsEqual(end) { return (at + 4, length) }
      guard at - start <= Self.longestHeader else { throw .noHeader(excerpt) }
      at += 1
    }
    guard at - start <= Self.longestHeader else { throw .noHeader(excerpt) }
    return nil
  }

  /// The first bytes, for a sentence.
  private var excerpt: String {
    String(decoding: bytes[start...].prefix(60), as: UTF8.self)
      .map { $0.isNewline ? " " : String($0) }.joined()
  }
}

/// A message as a frame.
package func framed(_ body: [UInt8]) -> [UInt8] {
  Array("Content-Length: \(body.count)\r\n\r\n".utf8) + body
}
