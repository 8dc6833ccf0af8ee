// SPDX-License-Identifier: MIT

extension StoredArray {
  /// Reads one array of an HDF5 file: `key` is a path in it, and columns after a colon where only
  /// some are wanted.
  ///
  /// That is .h5 and .hdf5, the matrices (dense and sparse) and columns of .h5ad
  /// (https://anndata.readthedocs.io/en/stable/fileformat-prose.html) and the arrays of MATLAB's
  /// files from version 7.3 on, whose order of rows and columns is turned round.
  init(hdf5 file: FileBytes, key: String?, format: FileSelection.Format) throws(DataError) {
    guard file.isHDF5 else {
      throw format == .mat
        ? PythonLine.refusal(of: "an old .mat file (before version 7.3)", file.name, key)
        : .malformed(file.name, byte: 0, "there is no signature of HDF5, so this is no HDF5 file.")
    }
    self = try HDF5Library.with(for: file.name) { (library) throws(DataError) -> StoredArray in
      let opened = try HDF5File(file.name, library)
      let choice = try HDF5Choice(key, in: opened, format: format)
      return try StoredArray(choice, opened)
    }
  }

  private init(_ choice: HDF5Choice, _ file: borrowing HDF5File) throws(DataError) {
    let place = "\(file.name):/\(choice.path)"
    let found: HDF5Values
    var kind = "array"
    var columns: [Int]?
    if let sparse = HDF5Sparse(choice.path, in: file) {
      _ = try Self.checkShape(sparse.shape, name: place)
      columns = try choice.columns(of: sparse.shape[1], file)
      found = try sparse.dense(columns ?? Array(0..<sparse.shape[1]), in: file, place: place)
      kind = "sparse matrix"
    } else if let categories = try file.categories(choice.path, place: place) {
      found = categories
      kind = "column"
    } else {
      let plain = try file.values(choice.path, place: place)
      found = file.text("MATLAB_class", of: choice.path) == nil ? plain : plain.turned
      guard found.elements.count > 0 || found.shape.contains(0) else {
        throw DataError(.shapeMismatch, "\(place): the dataset is empty.")
      }
    }
    _ = try Self.checkShape(found.shape, name: place)
    var array = StoredArray(
      shape: found.shape, elementType: found.elementType, elements: found.elements,
      subject: "\(found.elementType) \(kind)")
    if columns == nil, choice.selection != nil {
      let taken = try choice.columns(of: array.columns, file) ?? []
      columns = taken
      array = array.taking(taken)
    }
    if let columns, let selection = choice.selection {
      let noun = columns.count == 1 ? "column" : "columns"
      array = StoredArray(
        shape: array.shape, elementType: array.elementType, elements: array.elements,
        subject: "\(array.subject), \(columns.count) \(noun) (\(selection)),")
    }
    self = array
  }

  /// Some columns of a matrix.
  private func taking(_ taken: [Int]) -> StoredArray {
    let width = columns
    func cut<Value>(_ values: [Value]) -> [Value] {
      (0..<rows).flatMap { row in taken.map { values[row * width + $0] } }
    }
    let cut: Elements =
      switch elements {
      case .reals(let reals, let isSingle): .reals(cut(reals), isSingle: isSingle)
      case .integers(let integers): .integers(cut(integers))
      case .naturals(let naturals): .naturals(cut(naturals))
      case .texts(let texts): .texts(cut(texts))
      }
    return StoredArray(
      shape: [rows, taken.count], elementType: elementType, elements: cut, subject: subject)
  }
}

extension StoredArray.Elements {
  fileprivate var count: Int {
    switch self {
    case .reals(let values, _): values.count
    case .integers(let values): values.count
    case .naturals(let values): values.count
    case .texts(let values): values.count
    }
  }
}

extension HDF5Values {
  /// The matrix that MATLAB shows: it stores columns one after the other.
  fileprivate var turned: HDF5Values {
    guard shape.count == 2 else {
      return HDF5Values(shape: shape.reversed(), elementType: elementType, elements: elements)
    }
    let turned: StoredArray.Elements =
      switch elements {
      case .reals(let values, let isSingle):
        .reals(transposed(values, rows: shape[0], columns: shape[1]), isSingle: isSingle)
      case .integers(let values):
        .integers(transposed(values, rows: shape[0], columns: shape[1]))
      case .naturals(let values):
        .naturals(transposed(values, rows: shape[0], columns: shape[1]))
      case .texts(let values): .texts(transposed(values, rows: shape[0], columns: shape[1]))
      }
    return HDF5Values(shape: [shape[1], shape[0]], elementType: elementType, elements: turned)
  }
}

extension FileBytes {
  /// Whether the signature is where the format allows it: at byte 0, 512, 1024 and so on
  /// (HDF5 File Format Specification 3.0, section II.A), as MATLAB puts a header before it.
  var isHDF5: Bool {
    let signature: [UInt8] = [0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A]
    var offset = 0
    while offset + signature.count <= count {
      if buffer[offset..<offset + signature.count].elementsEqual(signature) { return true }
      offset = offset == 0 ? 512 : offset * 2
    }
    return false
  }
}
