// SPDX-License-Identifier: MIT

extension HDF5File {
  /// A column of categories as anndata stores it: a group of `codes` and `categories`, or in old
  /// files a dataset of codes beside `__categories`.
  ///
  /// A code below 0 is a missing value. Nil where the path is no such column.
  func categories(_ path: String, place: String) throws(DataError) -> HDF5Values? {
    let parent = path.split(separator: "/").dropLast().joined(separator: "/")
    let last = path.split(separator: "/").last.map(String.init) ?? path
    let old = "\(parent)/__categories/\(last)"
    let codesPath: String
    let namesPath: String
    if text("encoding-type", of: path) == "categorical" {
      (codesPath, namesPath) = ("\(path)/codes", "\(path)/categories")
    } else if kind(of: path) == .dataset, kind(of: old) == .dataset {
      (codesPath, namesPath) = (path, old)
    } else {
      return nil
    }
    let found = try values(codesPath, place: place)
    let names = try values(namesPath, place: place)
    guard case .integers(let codes) = found.elements, found.shape.count == 1,
      codes.allSatisfy({ $0 < Int64(names.count) })
    else {
      throw DataError(
        .malformed,
        "\(place): the codes of the categories do not fit the \(names.count) categories."
      )
    }
    let isWhole = codes.allSatisfy { $0 >= 0 }
    let elements: StoredArray.Elements
    switch names.elements {
    case .texts(let texts): elements = .texts(codes.map { $0 < 0 ? "" : texts[Int($0)] })
    case .integers(let integers):
      elements =
        isWhole
        ? .integers(codes.map { integers[Int($0)] })
        : .texts(codes.map { $0 < 0 ? "" : "\(integers[Int($0)])" })
    case .reals(let reals, let isSingle):
      elements = .reals(codes.map { $0 < 0 ? .nan : reals[Int($0)] }, isSingle: isSingle)
    case .naturals:
      throw DataError(.unsupported, "\(place): the categories are integers beyond 64 bits.")
    }
    return HDF5Values(shape: [codes.count], elementType: "categorical", elements: elements)
  }
}
