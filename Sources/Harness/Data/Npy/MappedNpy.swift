// SPDX-License-Identifier: MIT

internal import EstimatorAPI

extension Samples {
  /// The numbers of a large .npy file where they lie: the file stays mapped for the life of the process,
  /// so that data may be larger than memory, for what reads them piece by piece.
  ///
  /// Nil where they must be decoded (another type or order), and where they are not fit for samples: the
  /// usual reading says why.
  init?(mapping file: FileBytes, from threshold: Int) {
    guard file.count >= threshold, let header = try? NpyHeader(file),
      header.type == ArrayElementType(.float, size: 8),
      (1...2).contains(header.shape.count), header.shape.count == 1 || !header.isFortran
    else { return nil }
    let columns = header.shape.count == 2 ? header.shape[1] : 1
    let (count, overflow) = header.shape[0].multipliedReportingOverflow(by: columns)
    let start = file.buffer.baseAddress.map { $0 + header.dataOffset }
    guard let start, !overflow, count > 0, file.count - header.dataOffset == 8 * count,
      Int(bitPattern: start) % MemoryLayout<Double>.alignment == 0
    else { return nil }
    let numbers = UnsafeBufferPointer(
      start: start.assumingMemoryBound(to: Double.self), count: count)
    guard let samples = try? Samples(borrowing: numbers, count: header.shape[0], dimension: columns)
    else { return nil }
    file.mapping.isKept = true
    self = samples
  }
}
