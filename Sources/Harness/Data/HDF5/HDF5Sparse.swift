// SPDX-License-Identifier: MIT

/// A compressed sparse matrix in a group, as anndata and MATLAB store it.
///
/// anndata: https://anndata.readthedocs.io/en/stable/fileformat-prose.html#sparse-arrays, with
/// `data`, `indices`, `indptr` and the attributes `encoding-type` and `shape`. MATLAB 7.3: `data`,
/// `ir`, `jc` and the attribute `MATLAB_sparse`, the number of rows.
struct HDF5Sparse {
  /// Rows and columns of the matrix.
  let shape: [Int]
  /// Whether runs are rows (CSR) or columns (CSC).
  let isByRow: Bool
  private let path: String
  private let starts: String
  private let indices: String

  /// Nil where a group is no such matrix.
  init?(_ path: String, in file: borrowing HDF5File) {
    self.path = path
    if let rows = file.integers("MATLAB_sparse", of: path)?.first {
      let columns = (file.shape(of: "\(path)/jc")?.first ?? 1) - 1
      (shape, isByRow, starts, indices) = ([rows, columns], false, "jc", "ir")
      return
    }
    let kind =
      file.text("encoding-type", of: path)
      ?? file.text("h5sparse_format", of: path).map { "\($0)_matrix" }
    guard let kind, ["csr_matrix", "csc_matrix"].contains(kind),
      let shape = file.integers("shape", of: path) ?? file.integers("h5sparse_shape", of: path),
      shape.count == 2
    else { return nil }
    (self.shape, isByRow, starts, indices) = (shape, kind == "csr_matrix", "indptr", "indices")
  }

  /// Some columns as a dense array: zeros where nothing is stored.
  func dense(
    _ columns: [Int], in file: borrowing HDF5File, place: String
  ) throws(DataError) -> HDF5Values {
    let count = try HDF5Memory.elements([shape[0], columns.count], place: place)
    let isEmpty = file.kind(of: "\(path)/data") == nil
    guard !isEmpty else {
      return HDF5Values(
        shape: [shape[0], columns.count], elementType: "float64",
        elements: .reals([Double](repeating: 0, count: count), isSingle: false))
    }
    let stored = try file.values("\(path)/data", place: "\(place)/data")
    let layout = Layout(
      starts: try integers("\(path)/\(starts)", file, place),
      indices: try integers("\(path)/\(indices)", file, place), count: stored.count)
    guard layout.isValid(runs: isByRow ? shape[0] : shape[1], width: isByRow ? shape[1] : shape[0])
    else {
      throw DataError(
        .malformed,
        "\(place): the indices of the sparse matrix do not fit its shape "
          + "\(StoredArray.shapeText(shape)).")
    }
    let elements: StoredArray.Elements
    switch stored.elements {
    case .reals(let reals, let isSingle):
      elements = .reals(spread(reals, layout, columns, count, zero: 0), isSingle: isSingle)
    case .integers(let integers):
      elements = .integers(spread(integers, layout, columns, count, zero: 0))
    case .naturals, .texts:
      throw DataError(
        .unsupported, "\(place): the sparse matrix holds \(stored.elementType); it needs numbers.")
    }
    return HDF5Values(
      shape: [shape[0], columns.count], elementType: stored.elementType, elements: elements)
  }

  private func spread<Value: AdditiveArithmetic>(
    _ values: [Value], _ layout: Layout, _ columns: [Int], _ count: Int, zero: Value
  ) -> [Value] {
    var slots = [Int](repeating: -1, count: shape[1])
    for (slot, column) in columns.enumerated() { slots[column] = slot }
    var dense = [Value](repeating: zero, count: count)
    for run in 0..<(layout.starts.count - 1) {
      for at in layout.starts[run]..<layout.starts[run + 1] {
        let (row, column) = isByRow ? (run, layout.indices[at]) : (layout.indices[at], run)
        // Entries stored twice count together, as SciPy has it.
        if slots[column] >= 0 { dense[row * columns.count + slots[column]] += values[at] }
      }
    }
    return dense
  }

  private func integers(
    _ path: String, _ file: borrowing HDF5File, _ place: String
  ) throws(DataError) -> [Int] {
    guard case .integers(let values) = try file.values(path, place: place).elements else {
      throw DataError(.malformed, "\(place): the indices of the sparse matrix are no integers.")
    }
    return values.map(Int.init)
  }
}

/// Where each run of a sparse matrix starts, and the places of its entries.
private struct Layout {
  let starts: [Int]
  let indices: [Int]
  let count: Int

  func isValid(runs: Int, width: Int) -> Bool {
    starts.count == runs + 1 && starts.first == 0 && starts.last == count
      && indices.count == count && zip(starts, starts.dropFirst()).allSatisfy { $0 <= $1 }
      && indices.allSatisfy { (0..<width).contains($0) }
  }
}
