// SPDX-License-Identifier: MIT

/// A file and what to take from it, out of what the user typed: `file`, `file:key`,
/// `file:column,column`, or `-` for a CSV table from standard input.
struct FileSelection {
  enum Format: String {
    case npy, npz, csv, tsv, safetensors, h5, hdf5, h5ad, mat

    /// The endings, for people.
    static let list = ".npy, .npz, .csv, .tsv, .safetensors, .h5, .hdf5, .h5ad or .mat"

    /// The format that a path's ending names.
    init?(path: String) {
      guard let dot = path.lastIndex(of: ".") else { return nil }
      self.init(rawValue: path[path.index(after: dot)...].lowercased())
    }
  }

  let path: String
  /// The text after the colon, where there is one.
  let key: String?

  var format: Format? { isStandardInput ? .csv : Format(path: path) }

  var isStandardInput: Bool { Self.standardInput.contains(path) }

  /// Where `mi` is given `-:column`, the command passes the second name on.
  private static let standardInput = ["-", "/dev/stdin"]

  /// Takes the longest part before a colon, or the whole, that names an existing file.
  init(_ spec: String) {
    let colons = spec.indices.filter { spec[$0] == ":" }
    func split(at colon: String.Index) -> (path: String, key: String) {
      (String(spec[..<colon]), String(spec[spec.index(after: colon)...]))
    }
    let splits = colons.reversed().map(split)
    if let (path, key) = splits.last, Self.standardInput.contains(path) {
      self.path = path
      self.key = key
      return
    }
    let isWhole = fileExists(spec) || Self.standardInput.contains(spec)
    // With no such file at all, an ending that is a format shows where the path stops.
    if !isWhole,
      let (path, key) = splits.first(where: { fileExists($0.path) })
        ?? splits.first(where: { Format(path: $0.path) != nil })
    {
      self.path = path
      self.key = key
    } else {
      self.path = spec
      self.key = nil
    }
  }
}
