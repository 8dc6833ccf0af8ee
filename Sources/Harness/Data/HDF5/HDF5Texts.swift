// SPDX-License-Identifier: MIT

internal import CHDF5

/// Texts of an HDF5 type: of a fixed length, or of a length each.
struct HDF5Texts {
  private let library: mi_hdf5
  private let isVariable: Bool
  private let size: Int
  private let padding: H5T_str_t

  /// Nil where the type is no text.
  init?(_ type: hid_t, _ library: mi_hdf5) {
    guard library.H5Tget_class(type) == H5T_STRING else { return nil }
    self.library = library
    isVariable = library.H5Tis_variable_str(type) > 0
    size = isVariable ? MemoryLayout<UnsafeMutablePointer<CChar>?>.size : library.H5Tget_size(type)
    padding = library.H5Tget_strpad(type)
  }

  /// The texts that `read` puts into a buffer, laid out by the type itself.
  ///
  /// Nil where the reading fails, or a text is no UTF-8 (of which ASCII is a part).
  func read(_ count: Int, _ read: (UnsafeMutableRawPointer?) -> herr_t) -> [String]? {
    let (bytes, overflow) = count.multipliedReportingOverflow(by: size)
    guard size > 0, !overflow else { return nil }
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes, alignment: 16)
    defer { buffer.deallocate() }
    buffer.initializeMemory(as: UInt8.self, repeating: 0)
    guard read(buffer.baseAddress) >= 0 else { return nil }
    let texts = (0..<count).map { row in isVariable ? variable(buffer, row) : fixed(buffer, row) }
    return texts.contains(nil) ? nil : texts.compactMap(\.self)
  }

  private func variable(_ buffer: UnsafeMutableRawBufferPointer, _ row: Int) -> String? {
    let text = buffer.load(
      fromByteOffset: row * size, as: UnsafeMutablePointer<CChar>?.self)
    // A text that was never written is a null pointer.
    guard let text else { return "" }
    defer { _ = library.H5free_memory(text) }
    return String(validatingCString: text)
  }

  private func fixed(_ buffer: UnsafeMutableRawBufferPointer, _ row: Int) -> String? {
    let cell = UnsafeRawBufferPointer(rebasing: buffer[row * size..<(row + 1) * size])
    let end: Int
    switch padding {
    case H5T_STR_NULLTERM: end = cell.firstIndex(of: 0) ?? size
    case H5T_STR_SPACEPAD: end = (cell.lastIndex { $0 != 0x20 } ?? -1) + 1
    default: end = (cell.lastIndex { $0 != 0 } ?? -1) + 1
    }
    return String(validating: cell[..<end], as: UTF8.self)
  }
}
