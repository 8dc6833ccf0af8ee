// SPDX-License-Identifier: MIT

internal import CHDF5

/// An open HDF5 file: what its paths are, and the texts and numbers that describe them.
struct HDF5File: ~Copyable {
  enum Kind {
    case dataset
    case group
  }

  let name: String
  let library: mi_hdf5
  private let handle: HDF5Handle

  /// Opens a file that has the signature of HDF5.
  init(_ name: String, _ library: mi_hdf5) throws(DataError) {
    withUnsafePointer(to: library) { mi_hdf5_hush($0) }
    guard let handle = HDF5Handle(library.H5Fopen(name, 0, 0), library.H5Fclose) else {
      throw DataError(
        .unreadable,
        "\(name): libhdf5 cannot open it; the file is damaged, or another program is writing it.")
    }
    self.name = name
    self.library = library
    self.handle = handle
  }

  /// The object at a path; nil where there is none.
  func object(_ path: String) -> HDF5Handle? {
    // An absent link on the way is a failure, and no object either.
    var prefix = ""
    for part in path.split(separator: "/") {
      prefix += (prefix.isEmpty ? "" : "/") + part
      guard library.H5Lexists(handle.id, prefix, 0) > 0 else { return nil }
    }
    return HDF5Handle(
      library.H5Oopen(handle.id, prefix.isEmpty ? "/" : prefix, 0), library.H5Oclose)
  }

  func kind(of path: String) -> Kind? {
    guard let object = object(path) else { return nil }
    switch library.H5Iget_type(object.id) {
    case H5I_DATASET: return .dataset
    case H5I_GROUP: return .group
    default: return nil
    }
  }

  /// The names in a group, by name.
  func children(of path: String, atMost limit: Int) -> [String] {
    guard let group = object(path) else { return [] }
    var info = H5G_info_t()
    guard library.H5Gget_info(group.id, &info) >= 0 else { return [] }
    return (0..<min(Int(clamping: info.nlinks), limit)).compactMap { index in
      let place = hsize_t(index)
      let length = library.H5Lget_name_by_idx(
        group.id, ".", H5_INDEX_NAME, H5_ITER_INC, place, nil, 0, 0)
      guard length > 0 else { return nil }
      return withUnsafeTemporaryAllocation(of: CChar.self, capacity: length + 1) { text in
        _ = library.H5Lget_name_by_idx(
          group.id, ".", H5_INDEX_NAME, H5_ITER_INC, place, text.baseAddress, length + 1, 0)
        return text.baseAddress.map { String(cString: $0) }
      }
    }
  }

  /// An attribute that is one text; nil where there is none.
  func text(_ attribute: String, of path: String) -> String? {
    guard let object = object(path), library.H5Aexists(object.id, attribute) > 0,
      let opened = HDF5Handle(library.H5Aopen(object.id, attribute, 0), library.H5Aclose),
      let type = HDF5Handle(library.H5Aget_type(opened.id), library.H5Tclose)
    else { return nil }
    let texts = HDF5Texts(type.id, library)
    return texts?.read(1) { library.H5Aread(opened.id, type.id, $0) }?.first
  }

  /// An attribute of whole numbers, at most eight; nil where there is none.
  func integers(_ attribute: String, of path: String) -> [Int]? {
    guard let object = object(path), library.H5Aexists(object.id, attribute) > 0,
      let opened = HDF5Handle(library.H5Aopen(object.id, attribute, 0), library.H5Aclose),
      let space = HDF5Handle(library.H5Aget_space(opened.id), library.H5Sclose),
      let type = HDF5Handle(library.H5Aget_type(opened.id), library.H5Tclose),
      library.H5Tget_class(type.id) == H5T_INTEGER
    else { return nil }
    let shape = self.shape(space.id) ?? []
    let count = shape.reduce(1, *)
    guard shape.count <= 1, (1...8).contains(count) else { return nil }
    var values = [Int64](repeating: 0, count: count)
    guard library.H5Aread(opened.id, library.native_int64, &values) >= 0 else { return nil }
    return values.map(Int.init)
  }

  /// The lengths of a data space; empty for a scalar, nil where it holds nothing.
  func shape(_ space: hid_t) -> [Int]? {
    switch library.H5Sget_simple_extent_type(space) {
    case H5S_SCALAR: return []
    case H5S_SIMPLE:
      let dimensions = library.H5Sget_simple_extent_ndims(space)
      guard dimensions > 0 else { return [] }
      var lengths = [hsize_t](repeating: 0, count: Int(dimensions))
      _ = library.H5Sget_simple_extent_dims(space, &lengths, nil)
      return lengths.map { Int(clamping: $0) }
    default: return nil
    }
  }
}
