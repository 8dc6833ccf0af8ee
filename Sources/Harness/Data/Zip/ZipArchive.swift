// SPDX-License-Identifier: MIT

/// The directory of a ZIP archive.
///
/// Format: PKWARE APPNOTE.TXT 6.3.10, https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT,
/// sections 4.3 and 4.5.3 (zip64). Sizes come from the central directory, as local headers of
/// streamed archives have none.
struct ZipArchive {
  struct Entry {
    let name: String
    let flags: UInt16
    let method: UInt16
    let checksum: UInt32
    let compressedSize: Int
    let size: Int
    let headerOffset: Int
  }

  let file: FileBytes
  let entries: [Entry]

  init(_ file: FileBytes) throws(DataError) {
    let directory = try Self.locateDirectory(file)
    var entries: [Entry] = []
    var offset = directory.offset
    for _ in 0..<directory.count {
      let (entry, next) = try Self.entry(file, at: offset)
      entries.append(entry)
      offset = next
    }
    self.file = file
    self.entries = entries
  }

  /// Reads the end record (4.3.16), and the zip64 one (4.3.14) where a field is saturated.
  private static func locateDirectory(
    _ file: FileBytes
  ) throws(DataError) -> (offset: Int, count: Int) {
    let what = "the end record"
    let end = try endRecord(file)
    let count = Int(try file.integer(UInt16.self, at: end + 10, in: what))
    let offset = Int(try file.integer(UInt32.self, at: end + 16, in: what))
    guard count == 0xFFFF || offset == 0xFFFF_FFFF,
      end >= 20, try file.integer(UInt32.self, at: end - 20, in: what) == 0x0706_4B50
    else { return (offset, count) }

    let what64 = "the zip64 end record"
    let end64 = try file.natural(at: end - 12, in: what64)
    guard try file.integer(UInt32.self, at: end64, in: what64) == 0x0606_4B50 else {
      throw .malformed(file.name, byte: end64, "there is no zip64 end record here.")
    }
    return (
      try file.natural(at: end64 + 48, in: what64), try file.natural(at: end64 + 32, in: what64)
    )
  }

  /// The end record is the last 22 bytes, or lies before a comment of at most 65,535.
  private static func endRecord(_ file: FileBytes) throws(DataError) -> Int {
    guard !file.buffer.isEmpty else {
      throw DataError(.truncated, "\(file.name): the file is empty; it needs a ZIP archive.")
    }
    var offset = file.count - 22
    let first = max(0, offset - 0xFFFF)
    while offset >= first {
      if try file.integer(UInt32.self, at: offset, in: "the end record") == 0x0605_4B50 {
        let comment = Int(try file.integer(UInt16.self, at: offset + 20, in: "the end record"))
        if offset + 22 + comment == file.count { return offset }
      }
      offset -= 1
    }
    let isZip = file.buffer.starts(with: [0x50, 0x4B])
    throw isZip
      ? DataError(
        .truncated,
        "\(file.name): no ZIP end record up to byte \(file.count); the archive is cut off.")
      : .malformed(file.name, byte: 0, "there is no \"PK\", so this is no ZIP archive.")
  }

  /// Reads one file header of the central directory (4.3.12).
  private static func entry(
    _ file: FileBytes, at offset: Int
  ) throws(DataError) -> (Entry, next: Int) {
    let what = "a directory entry"
    guard try file.integer(UInt32.self, at: offset, in: what) == 0x0201_4B50 else {
      throw .malformed(file.name, byte: offset, "there is no ZIP directory entry here.")
    }
    let nameLength = Int(try file.integer(UInt16.self, at: offset + 28, in: what))
    let extraLength = Int(try file.integer(UInt16.self, at: offset + 30, in: what))
    let commentLength = Int(try file.integer(UInt16.self, at: offset + 32, in: what))
    let name = try file.slice(at: offset + 46, count: nameLength, of: what)
    let extraOffset = offset + 46 + nameLength

    var wide = Zip64Fields(file, at: extraOffset, count: extraLength)
    let size = try wide.widen(try file.integer(UInt32.self, at: offset + 24, in: what))
    let compressedSize = try wide.widen(try file.integer(UInt32.self, at: offset + 20, in: what))
    let headerOffset = try wide.widen(try file.integer(UInt32.self, at: offset + 42, in: what))
    let entry = Entry(
      name: String(decoding: name, as: UTF8.self),
      flags: try file.integer(UInt16.self, at: offset + 8, in: what),
      method: try file.integer(UInt16.self, at: offset + 10, in: what),
      checksum: try file.integer(UInt32.self, at: offset + 16, in: what),
      compressedSize: compressedSize, size: size, headerOffset: headerOffset)
    return (entry, extraOffset + extraLength + commentLength)
  }
}

/// The zip64 extra field (4.5.3): 8-byte values for those 4-byte fields that are saturated, in the
/// order size, compressed size, offset.
private struct Zip64Fields {
  private let file: FileBytes
  private let start: Int
  private let end: Int
  private var used = 0

  init(_ file: FileBytes, at offset: Int, count: Int) {
    self.file = file
    start = offset
    end = offset + count
  }

  mutating func widen(_ narrow: UInt32) throws(DataError) -> Int {
    guard narrow == .max else { return Int(narrow) }
    var field = start
    while field + 4 <= end {
      let id = try file.integer(UInt16.self, at: field, in: "an extra field")
      let length = Int(try file.integer(UInt16.self, at: field + 2, in: "an extra field"))
      if id == 1, used + 8 <= length {
        used += 8
        return try file.natural(at: field + 4 + used - 8, in: "the zip64 field")
      }
      field += 4 + length
    }
    throw .malformed(
      file.name, byte: start, "a size of 2^32 - 1 needs a zip64 field, and has none.")
  }
}

extension FileBytes {
  /// An 8-byte length or offset.
  func natural(at offset: Int, in what: String) throws(DataError) -> Int {
    let value = try integer(UInt64.self, at: offset, in: what)
    guard let natural = Int(exactly: value) else {
      throw .malformed(name, byte: offset, "\(what) is \(value), beyond any file.")
    }
    return natural
  }
}
