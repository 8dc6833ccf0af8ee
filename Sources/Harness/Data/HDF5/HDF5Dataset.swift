// SPDX-License-Identifier: MIT

internal import CHDF5

/// The values of a dataset, widened as those of other formats are.
struct HDF5Values {
  /// The lengths as the file has them.
  let shape: [Int]
  let elementType: String
  let elements: StoredArray.Elements

  var count: Int { shape.reduce(1, *) }
}

extension HDF5File {
  /// The shape of a dataset without its values; nil where it is none, or holds nothing.
  func shape(of path: String) -> [Int]? {
    guard kind(of: path) == .dataset, let dataset = object(path),
      let space = HDF5Handle(library.H5Dget_space(dataset.id), library.H5Sclose)
    else { return nil }
    return shape(space.id)
  }

  /// Reads a whole dataset of numbers or texts.
  ///
  /// `place` names it in errors.
  func values(_ path: String, place: String) throws(DataError) -> HDF5Values {
    guard kind(of: path) == .dataset, let dataset = object(path),
      let space = HDF5Handle(library.H5Dget_space(dataset.id), library.H5Sclose),
      let type = HDF5Handle(library.H5Dget_type(dataset.id), library.H5Tclose)
    else { throw DataError(.notFound, "\(place): there is no dataset here.") }
    guard let shape = shape(space.id) else {
      throw DataError(.shapeMismatch, "\(place): the dataset is empty.")
    }
    let count = try HDF5Memory.elements(shape, place: place)
    let size = library.H5Tget_size(type.id)
    switch library.H5Tget_class(type.id) {
    case H5T_FLOAT where size <= 8:
      let reals: [Double] = try read(dataset.id, library.native_double, count, path, place)
      return HDF5Values(
        shape: shape, elementType: "float\(size * 8)",
        elements: .reals(reals, isSingle: size < 8))
    case H5T_INTEGER where size <= 8:
      guard library.H5Tget_sign(type.id) == H5T_SGN_NONE else {
        let integers: [Int64] = try read(dataset.id, library.native_int64, count, path, place)
        return HDF5Values(
          shape: shape, elementType: "int\(size * 8)", elements: .integers(integers))
      }
      let naturals: [UInt64] = try read(dataset.id, library.native_uint64, count, path, place)
      let areLarge = naturals.contains { $0 > Int64.max }
      return HDF5Values(
        shape: shape, elementType: "uint\(size * 8)",
        elements: areLarge ? .naturals(naturals) : .integers(naturals.map { Int64($0) }))
    case H5T_ENUM:
      // h5py's bool is one of two names; others are taken by their numbers.
      let integers: [Int64] = try read(dataset.id, library.native_int64, count, path, place)
      let isBool = library.H5Tget_nmembers(type.id) == 2 && size == 1
      return HDF5Values(
        shape: shape, elementType: isBool ? "bool" : "enumeration", elements: .integers(integers))
    case H5T_STRING:
      let texts = HDF5Texts(type.id, library)?.read(count) {
        library.H5Dread(dataset.id, type.id, 0, 0, 0, $0)
      }
      guard let texts else { throw unreadable(dataset.id, path, place, "as UTF-8 text") }
      return HDF5Values(shape: shape, elementType: "string", elements: .texts(texts))
    default:
      throw DataError(
        .unsupported,
        "\(place): the dataset is neither of numbers of at most 64 bits nor of texts; save one "
          + "plain array (of a table of fields, one field; of complex numbers, both parts as columns)."
      )
    }
  }

  private func read<Value>(
    _ dataset: hid_t, _ type: hid_t, _ count: Int, _ path: String, _ place: String
  ) throws(DataError) -> [Value] {
    var status: herr_t = -1
    let values = [Value](unsafeUninitializedCapacity: count) { target, initialized in
      status = library.H5Dread(dataset, type, 0, 0, 0, target.baseAddress)
      initialized = status < 0 ? 0 : count
    }
    guard status >= 0 else { throw unreadable(dataset, path, place, "as numbers") }
    return values
  }

  /// Why a dataset could not be read: most often a compression that the library does not have.
  private func unreadable(
    _ dataset: hid_t, _ path: String, _ place: String, _ how: String
  ) -> DataError {
    var missing: [String] = []
    if let list = HDF5Handle(library.H5Dget_create_plist(dataset), library.H5Pclose) {
      for index in 0..<UInt32(max(library.H5Pget_nfilters(list.id), 0)) {
        var (flags, settings) = (UInt32(0), UInt32(0))
        var count = 0
        let filter = library.H5Pget_filter2(
          list.id, index, &flags, &count, nil, 0, nil, &settings)
        if filter > 0, library.H5Zfilter_avail(filter) <= 0 { missing.append("\(filter)") }
      }
    }
    let line = PythonLine.hdf5(name, key: path)
    return missing.isEmpty
      ? DataError(
        .malformed, "\(place): libhdf5 cannot read it \(how); the file is damaged or unusual.")
      : DataError(
        .unsupported,
        "\(place): the dataset is compressed by filter \(missing.joined(separator: ", ")), which "
          + "libhdf5 does not have here (32000 is h5py's lzf); save it with gzip, or make an .npy "
          + "by Python: \(line)")
  }
}
