// SPDX-License-Identifier: MIT

#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// The bound on what a shape in a file may make this process allocate: HDF5 shapes are claims, as
/// chunks that were never written take no room in the file, and so are those of sparse matrices.
enum HDF5Memory {
  /// The number of elements of a shape.
  ///
  /// - Throws: `unsupported` where 8 bytes for each are more than the machine has.
  static func elements(_ shape: [Int], place: String) throws(DataError) -> Int {
    var count = 1
    for length in shape {
      let (product, overflow) = count.multipliedReportingOverflow(by: length)
      guard !overflow else { throw tooLarge(shape, place) }
      count = product
    }
    let memory = sysconf(Int32(_SC_PHYS_PAGES)) / 8 * sysconf(Int32(_SC_PAGESIZE))
    guard count <= memory else { throw tooLarge(shape, place) }
    return count
  }

  private static func tooLarge(_ shape: [Int], _ place: String) -> DataError {
    DataError(
      .unsupported,
      "\(place): an array of shape \(StoredArray.shapeText(shape)) does not fit this machine's "
        + "memory; of a sparse matrix name the columns to take, as in \(place):#1..#50.")
  }
}
