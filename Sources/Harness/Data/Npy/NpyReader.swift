// SPDX-License-Identifier: MIT

extension StoredArray {
  /// Reads a whole .npy file or archive entry: header, then exactly the elements.
  init(npy file: FileBytes) throws(DataError) {
    let header = try NpyHeader(file)
    let count = try Self.checkShape(header.shape, name: file.name)
    let (size, overflow) = count.multipliedReportingOverflow(by: header.type.size)
    let available = file.count - header.dataOffset
    guard !overflow, size <= available else {
      throw DataError(
        .truncated,
        "\(file.name): shape \(Self.shapeText(header.shape)) of \(header.type.name) needs "
          + (overflow ? "more bytes than any machine has" : "\(size) bytes")
          + " after the header; the file has \(available).")
    }
    guard size == available else {
      throw .malformed(
        file.name, byte: header.dataOffset + size,
        "the array ends here, but the file has \(counted(available - size, "byte", "bytes")) more.")
    }
    let data = try file.slice(at: header.dataOffset, count: size, of: "the array")
    try self.init(
      decoding: data, as: header.type, shape: header.shape, isFortran: header.isFortran,
      name: file.name, offset: header.dataOffset)
  }
}
