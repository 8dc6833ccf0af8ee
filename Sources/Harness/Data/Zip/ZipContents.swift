// SPDX-License-Identifier: MIT

internal import CZlib

extension ZipArchive {
  /// Lends the contents of an entry to `body`, under the name `archive:key`.
  ///
  /// Stored entries are lent where they lie; deflated ones are inflated in memory. The checksum is
  /// tested before `body` sees a byte.
  func withContents<Result>(
    of entry: Entry, key: String, _ body: (FileBytes) throws(DataError) -> Result
  ) throws(DataError) -> Result {
    let name = "\(file.name):\(key)"
    guard entry.flags & 0x2041 == 0 else {
      throw DataError(.unsupported, "\(name): the entry is encrypted; it must not be.")
    }
    let stored = try storedBytes(entry, name: name)
    switch entry.method {
    case 0:
      guard entry.size == entry.compressedSize else {
        throw .malformed(
          name, byte: entry.headerOffset,
          "a stored entry has \(entry.compressedSize) bytes and claims \(entry.size).")
      }
      return try checked(FileBytes(name: name, buffer: stored), entry, body)
    case 8:
      // Deflate packs at most 1032 to 1: a greater claim is false, and is not allocated.
      guard entry.size <= (stored.count + 1) * 1032 else {
        throw .malformed(
          name, byte: entry.headerOffset,
          "\(stored.count) deflated bytes cannot hold the \(entry.size) that the entry claims.")
      }
      let target = UnsafeMutableRawBufferPointer.allocate(byteCount: entry.size, alignment: 64)
      defer { target.deallocate() }
      try inflateAll(stored, into: target, name: name)
      return try checked(FileBytes(name: name, buffer: UnsafeRawBufferPointer(target)), entry, body)
    default:
      throw DataError(
        .unsupported,
        "\(name): the entry has compression method \(entry.method); 0 (stored) and 8 (deflated) "
          + "are read.")
    }
  }

  /// The bytes of an entry as they lie in the archive, behind its local header (4.3.7).
  private func storedBytes(
    _ entry: Entry, name: String
  ) throws(DataError) -> UnsafeRawBufferPointer {
    let what = "the entry \"\(entry.name)\""
    let header = entry.headerOffset
    guard try file.integer(UInt32.self, at: header, in: what) == 0x0403_4B50 else {
      throw .malformed(name, byte: header, "there is no local ZIP header here.")
    }
    let nameLength = Int(try file.integer(UInt16.self, at: header + 26, in: what))
    let extraLength = Int(try file.integer(UInt16.self, at: header + 28, in: what))
    return try file.slice(
      at: header + 30 + nameLength + extraLength, count: entry.compressedSize, of: what)
  }

  private func checked<Result>(
    _ contents: FileBytes, _ entry: Entry, _ body: (FileBytes) throws(DataError) -> Result
  ) throws(DataError) -> Result {
    let start = contents.buffer.bindMemory(to: UInt8.self).baseAddress
    // A null pointer would ask zlib for its initial value, which is 0 as well.
    let found = UInt32(truncatingIfNeeded: crc32_z(0, start, contents.count))
    guard found == entry.checksum else {
      let (has, needs) = (String(found, radix: 16), String(entry.checksum, radix: 16))
      throw .malformed(
        contents.name, byte: entry.headerOffset,
        "the contents have the checksum \(has); the archive says \(needs), so they are damaged.")
    }
    return try body(contents)
  }
}

/// Inflates raw deflate data that must fill `target` exactly.
private func inflateAll(
  _ source: UnsafeRawBufferPointer, into target: UnsafeMutableRawBufferPointer, name: String
) throws(DataError) {
  var stream = z_stream()
  // A negative window size means: no zlib header.
  guard
    inflateInit2_(&stream, -15, zlibVersion(), Int32(MemoryLayout<z_stream>.size)) == Z_OK
  else { throw DataError(.unreadable, "\(name): zlib does not start.") }
  defer { inflateEnd(&stream) }

  let input = source.bindMemory(to: UInt8.self)
  let output = target.bindMemory(to: UInt8.self)
  // zlib counts in 32 bits, so large arrays go through in pieces; one spare byte finds overlong data.
  let piece = 1 << 30
  var (read, written) = (0, 0)
  var spare: UInt8 = 0
  var status = Z_OK
  while status == Z_OK {
    let offered = min(piece, input.count - read)
    let isFull = written == output.count
    let room = isFull ? 1 : min(piece, output.count - written)
    status = withUnsafeMutablePointer(to: &spare) { spare in
      stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress.map { $0 + read })
      stream.avail_in = UInt32(offered)
      stream.next_out = isFull ? spare : output.baseAddress.map { $0 + written }
      stream.avail_out = UInt32(room)
      return inflate(&stream, Z_NO_FLUSH)
    }
    read += offered - Int(stream.avail_in)
    let produced = room - Int(stream.avail_out)
    guard !isFull || produced == 0 else {
      throw .malformed(name, byte: written, "the deflated data go on beyond the size claimed.")
    }
    written += produced
  }
  guard status == Z_STREAM_END, written == output.count else {
    throw .malformed(
      name, byte: written,
      "the deflated data end or break here; \(output.count) bytes were claimed.")
  }
}
