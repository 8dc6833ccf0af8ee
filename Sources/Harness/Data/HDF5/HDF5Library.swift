// SPDX-License-Identifier: MIT

internal import CHDF5
import Synchronization

#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// libhdf5, loaded when the first HDF5 file is read; docs/decisions/hdf5.md says why not before.
enum HDF5Library {
  /// The oldest version whose handles have the size that this was compiled for.
  private static let oldest = (major: UInt32(1), minor: UInt32(10))

  /// Most builds of libhdf5 allow one caller at a time, so that the lock is held for a whole file.
  private static let table = Mutex<mi_hdf5?>(nil)

  /// Calls `body` with the functions of the library.
  ///
  /// - Throws: `unsupported`, naming `file` and what to install, where there is no library.
  static func with<Result: Sendable>(
    for file: String, _ body: (mi_hdf5) throws(DataError) -> Result
  ) throws(DataError) -> Result {
    try table.withLock { (table) throws(DataError) -> Result in
      let functions: mi_hdf5
      if let table {
        functions = table
      } else {
        functions = try load(for: file)
        table = functions
      }
      return try body(functions)
    }
  }

  private static func load(for file: String) throws(DataError) -> mi_hdf5 {
    let line = PythonLine.hdf5(file, key: nil)
    guard let library = candidates.lazy.compactMap({ dlopen($0, RTLD_NOW | RTLD_LOCAL) }).first
    else {
      throw DataError(
        .unsupported,
        "\(file): HDF5 is read by libhdf5 1.10 or later, and there is none here; install it "
          + "(apt-get install libhdf5-103-1, brew install hdf5, conda install hdf5), or name its "
          + "file in MI_HDF5, or make an .npy by Python: \(line)")
    }
    var functions = mi_hdf5()
    var version = (major: UInt32(0), minor: UInt32(0), release: UInt32(0))
    if let missing = mi_hdf5_load(library, &functions) {
      throw DataError(
        .unsupported,
        "\(file): the libhdf5 found here has no \(String(cString: missing)); version 1.10 or later "
          + "is needed. By Python: \(line)")
    }
    _ = functions.H5get_libversion(&version.major, &version.minor, &version.release)
    guard (version.major, version.minor) >= (oldest.major, oldest.minor) else {
      throw DataError(
        .unsupported,
        "\(file): the libhdf5 found here is \(version.major).\(version.minor).\(version.release); "
          + "1.10 or later is needed. By Python: \(line)")
    }
    return functions
  }

  /// Where the library may be: the file that MI_HDF5 names alone, or what the loader finds.
  private static var candidates: [String] {
    if let named = getenv("MI_HDF5") { return [String(cString: named)] }
    #if canImport(Darwin)
    return ["libhdf5.dylib", "/opt/homebrew/lib/libhdf5.dylib", "/usr/local/lib/libhdf5.dylib"]
    #else
    // The versions of its binary interface, newest first: HDF5 2.0, 1.14, 1.12, 1.10.
    let versions = ["", ".320", ".310", ".200", ".103", ".101", ".100"]
    let conda = getenv("CONDA_PREFIX").map { [String(cString: $0) + "/lib/libhdf5.so"] } ?? []
    return conda + versions.flatMap { ["libhdf5_serial.so" + $0, "libhdf5.so" + $0] }
    #endif
  }
}

/// An identifier of libhdf5 that is closed with its scope.
struct HDF5Handle: ~Copyable {
  let id: hid_t
  private let close: @convention(c) (hid_t) -> herr_t

  /// Nil where the call that gave the identifier failed.
  init?(_ id: hid_t, _ close: @escaping @convention(c) (hid_t) -> herr_t) {
    guard id >= 0 else { return nil }
    self.id = id
    self.close = close
  }

  deinit { _ = close(id) }
}
