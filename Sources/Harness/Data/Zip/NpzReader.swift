// SPDX-License-Identifier: MIT

extension StoredArray {
  /// Reads one array of a .npz file: a ZIP archive of .npy entries.
  init(npz file: FileBytes, key: String?) throws(DataError) {
    let archive = try ZipArchive(file)
    let arrays = archive.entries.filter { $0.name.hasSuffix(".npy") }
    let keys = arrays.map { String($0.name.dropLast(4)) }
    let chosen = try chooseArray(key, of: keys, name: file.name)
    guard keys.firstIndex(of: chosen) == keys.lastIndex(of: chosen),
      let entry = arrays.first(where: { $0.name == chosen + ".npy" })
    else {
      throw DataError(.malformed, "\(file.name): two entries are called \"\(chosen).npy\".")
    }
    self = try archive.withContents(of: entry, key: chosen) { contents throws(DataError) in
      try StoredArray(npy: contents)
    }
  }
}

/// The array that was asked for, or the only one.
///
/// - Throws: `notFound` or `ambiguous`, listing the keys that there are.
func chooseArray(_ key: String?, of keys: [String], name: String) throws(DataError) -> String {
  let list = keys.prefix(20).joined(separator: ", ") + (keys.count > 20 ? ", ..." : "")
  if let key {
    // NumPy takes the key with and without the ending of the entry.
    let bare = key.hasSuffix(".npy") ? String(key.dropLast(4)) : key
    if let found = [key, bare].first(where: keys.contains) { return found }
    throw DataError(.notFound, "\(name): there is no array \"\(key)\"; it has \(list).")
  }
  guard let only = keys.first else {
    throw DataError(.notFound, "\(name): there is no array in the file.")
  }
  guard keys.count == 1 else {
    throw DataError(
      .ambiguous,
      "\(name): the file has \(keys.count) arrays, so name one, as in \(name):\(only); it has "
        + "\(list).")
  }
  return only
}
