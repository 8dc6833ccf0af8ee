// SPDX-License-Identifier: MIT

/// What of an HDF5 file is taken: a path, and columns after a colon.
struct HDF5Choice {
  /// Without the first slash.
  let path: String
  let selection: String?

  /// Reads `key`; without one, the only array there is, or the matrix X of a .h5ad file.
  ///
  /// - Throws: `notFound` or `ambiguous`, listing the arrays of the file.
  init(
    _ key: String?, in file: borrowing HDF5File, format: FileSelection.Format
  ) throws(DataError) {
    guard let key, !key.isEmpty else {
      if format == .h5ad, file.kind(of: "X") != nil {
        (path, selection) = ("X", nil)
        return
      }
      let paths = file.arrays()
      path = String(try chooseArray(nil, of: paths, name: file.name).dropFirst())
      selection = nil
      return
    }
    var wanted = key
    var selection: String?
    // A path may have a colon in it.
    if file.kind(of: key) == nil, let colon = key.lastIndex(of: ":") {
      wanted = String(key[..<colon])
      selection = String(key[key.index(after: colon)...])
    }
    let bare = wanted.split(separator: "/").joined(separator: "/")
    let isArray =
      file.kind(of: bare) == .dataset || HDF5Sparse(bare, in: file) != nil
      || file.text("encoding-type", of: bare) == "categorical"
    guard isArray else {
      let list = file.arrays()
      let what = file.kind(of: bare) == .group ? "is a group, no array" : "is not in the file"
      throw DataError(
        .notFound,
        "\(file.name): \"/\(bare)\" \(what); it has \(list.prefix(20).joined(separator: ", "))"
          + (list.count > 20 ? ", ..." : "") + ".")
    }
    self.path = bare
    self.selection = selection
  }

  /// The columns that were asked for, of `count` columns; nil for all.
  func columns(of count: Int, _ file: borrowing HDF5File) throws(DataError) -> [Int]? {
    guard let selection else { return nil }
    let names = file.variableNames(of: path)
    guard names == nil || names?.count == count else {
      throw DataError(
        .malformed,
        "\(file.name): /\(path) has \(count) columns, and there are \(names?.count ?? 0) names.")
    }
    return try ColumnSelection(count: count, names: names, place: "\(file.name):/\(path)")
      .columns(selection)
  }
}

extension HDF5File {
  /// The paths of what can be read, with a slash first.
  func arrays() -> [String] {
    var found: [String] = []
    var visits = 0
    collect("", 0, &found, &visits)
    return found
  }

  private func collect(
    _ group: String, _ depth: Int, _ found: inout [String], _ visits: inout Int
  ) {
    // Links may form circles, and a file may hold millions of groups.
    guard depth < 8 else { return }
    for child in children(of: group, atMost: 1000) where !child.hasPrefix("#") {
      visits += 1
      guard visits < 2000 else { return }
      let path = group.isEmpty ? child : "\(group)/\(child)"
      switch kind(of: path) {
      case .dataset:
        if let shape = shape(of: path), (1...2).contains(shape.count) { found.append("/\(path)") }
      case .group:
        if HDF5Sparse(path, in: self) != nil
          || text("encoding-type", of: path) == "categorical"
        {
          found.append("/\(path)")
        } else {
          collect(path, depth + 1, &found, &visits)
        }
      case nil: break
      }
    }
  }

  /// The names of a .h5ad matrix's columns: the index of `var`.
  func variableNames(of path: String) -> [String]? {
    let table: String
    if path == "X" || path.hasPrefix("layers/") {
      table = "var"
    } else if path == "raw/X" {
      table = "raw/var"
    } else {
      return nil
    }
    guard kind(of: table) == .group,
      let read = try? values(
        "\(table)/\(text("_index", of: table) ?? "_index")", place: "\(name):/\(table)"),
      case .texts(let names) = read.elements
    else { return nil }
    return names
  }
}
