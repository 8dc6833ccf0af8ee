// SPDX-License-Identifier: MIT

#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// Bytes on loan, with the name that errors call them by.
///
/// Every access is checked against the end: no length in a file is trusted.
struct FileBytes {
  /// The file as the user named it, or `file:entry` inside an archive.
  let name: String
  /// The bytes; valid only inside the closure that lent them, unless the mapping is kept.
  let buffer: UnsafeRawBufferPointer
  /// The mapping that the bytes lie in.
  var mapping = Mapping()

  /// Whether a file stays mapped after the closure.
  final class Mapping {
    var isKept = false
  }

  var count: Int { buffer.count }

  /// A little-endian integer at a byte offset.
  func integer<Value: FixedWidthInteger>(
    _ type: Value.Type, at offset: Int, in what: String
  ) throws(DataError) -> Value {
    let part = try slice(at: offset, count: MemoryLayout<Value>.size, of: what)
    return Value(littleEndian: part.loadUnaligned(as: Value.self))
  }

  /// The bytes `offset ..< offset + count`, or an error that says what lies beyond the end.
  func slice(
    at offset: Int, count: Int, of what: String
  ) throws(DataError) -> UnsafeRawBufferPointer {
    let (end, overflow) = offset.addingReportingOverflow(count)
    guard offset >= 0, count >= 0, !overflow, end <= buffer.count else {
      throw .truncated(name, what: what, needed: overflow ? .max : end, found: buffer.count)
    }
    return UnsafeRawBufferPointer(rebasing: buffer[offset..<end])
  }
}

/// Lends the bytes of a regular file to `body`, mapped and not copied.
///
/// The file must not be shortened by another program meanwhile. Standard input is read whole, once.
func withFileBytes<Result>(
  _ selection: FileSelection, _ body: (FileBytes) throws(DataError) -> Result
) throws(DataError) -> Result {
  if selection.isStandardInput { return try StandardInput.with(body) }
  let path = selection.path
  let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
  guard descriptor >= 0 else {
    guard errno != ENOENT, errno != ENOTDIR else {
      throw DataError(.missingFile, "\(path): there is no such file.")
    }
    throw DataError(.unreadable, "\(path): cannot be opened: \(systemMessage(errno)).")
  }
  defer { close(descriptor) }

  var status = stat()
  guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
    throw DataError(.unreadable, "\(path): is not a regular file.")
  }
  let size = Int(status.st_size)
  guard size > 0 else {
    return try body(FileBytes(name: path, buffer: UnsafeRawBufferPointer(start: nil, count: 0)))
  }
  guard let start = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0), start != MAP_FAILED
  else {
    throw DataError(.unreadable, "\(path): cannot be read: \(systemMessage(errno)).")
  }
  let file = FileBytes(name: path, buffer: UnsafeRawBufferPointer(start: start, count: size))
  defer {
    if file.mapping.isKept { madvise(start, size, MADV_NORMAL) } else { munmap(start, size) }
  }
  madvise(start, size, MADV_SEQUENTIAL)
  return try body(file)
}

/// Whether there is something at the path, a file or not.
func fileExists(_ path: String) -> Bool { access(path, F_OK) == 0 }

/// Writes a whole file, replacing what was there.
func writeFile(_ bytes: [UInt8], to path: String) throws(DataError) {
  guard let file = fopen(path, "wb") else {
    throw DataError(.unreadable, "\(path): cannot be written: \(systemMessage(errno)).")
  }
  let written = fwrite(bytes, 1, bytes.count, file)
  guard fclose(file) == 0, written == bytes.count else {
    throw DataError(.unreadable, "\(path): cannot be written: \(systemMessage(errno)).")
  }
}

private func systemMessage(_ code: Int32) -> String { String(cString: strerror(code)) }
