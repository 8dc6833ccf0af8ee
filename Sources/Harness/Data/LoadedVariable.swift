// SPDX-License-Identifier: MIT

public import EstimatorAPI

/// How the values of a file are to be taken.
public enum VariableReading: String, Sendable, Hashable, Codable, CaseIterable {
  /// By the element type: integers and strings are labels, floating numbers are continuous.
  case automatic
  /// As labels.
  case discrete
  /// As continuous numbers.
  case continuous
}

/// A variable that came from a file, and how it was taken.
public struct LoadedVariable: Sendable, Hashable {
  /// The samples or labels.
  public let variable: Variable
  /// The file and selection as the user typed them.
  public let source: String
  /// What the file holds: `float32`, `int64`, `string U5`, `csv integer`, `csv number`, `csv text`.
  public let elementType: String
  /// What was taken, as a phrase for the output.
  ///
  /// For instance "int64 array taken as labels, 10 classes" or "float32 array taken as continuous,
  /// 2000 x 6".
  public let reading: String
  /// 16 hexadecimal digits that depend on the values alone, whichever format they came in.
  public let contentHash: String
}

/// Reads one variable from a file.
///
/// `spec` is `file.npy`, `file.npz:key`, `file.safetensors:key`, `file.csv` or `file.tsv` for all
/// columns, or `file.csv:column,column` with ranges such as `emb_0..emb_767` and `#2..#50`; `-` and
/// `-:column` are a CSV table from standard input. `file.h5:/path` is a dataset of HDF5, as are
/// MATLAB's files from 7.3 on; of `file.h5ad` the matrix X, or `file.h5ad:/X:CD3E,CD19`,
/// `file.h5ad:/obs/cell_type`. A key may be left out where the file holds one array. If the whole of
/// `spec` names an existing file, its colons belong to the name.
///
/// The rules:
/// - An integer, bool or string array of one dimension (or n x 1) is labels. Classes are named by
///   their decimal text and sorted as numbers, or by the string and sorted as text.
/// - A floating array of one or two dimensions (n x d) is continuous.
/// - `.continuous` takes integers as numbers too; beyond 2^53 they are refused, because a Double
///   would round them. `.discrete` takes one floating column as labels, each value named by its
///   shortest text.
/// - A CSV column of numbers is continuous. One selected column whose every cell is an integer is
///   labels, as an integer array is; several selected columns must all be numeric and are taken
///   together as continuous, integers too. A column of text is labels; one of both is refused unless
///   `.discrete` asks for it.
/// - NaN, infinities, empty cells and empty strings are refused with their place. Nothing is dropped,
///   filled in or rounded.
///
/// - Throws: an error that names the file and the place.
public func loadVariable(
  _ spec: String, reading: VariableReading = .automatic
) throws(DataError) -> LoadedVariable {
  try loadVariable(spec, reading: reading, mappingFrom: 1 << 26)
}

/// As ``loadVariable(_:reading:)``; 64-bit numbers in .npy files of `threshold` bytes and more are not
/// copied.
package func loadVariable(
  _ spec: String, reading: VariableReading, mappingFrom threshold: Int
) throws(DataError) -> LoadedVariable {
  let selection = FileSelection(spec)
  let mayMap = selection.format == .npy && selection.key == nil && reading != .discrete
  return try withFileBytes(selection) { file throws(DataError) in
    if mayMap, let samples = Samples(mapping: file, from: threshold) {
      return LoadedVariable(
        variable: .samples(samples), source: spec, elementType: "float64",
        reading: "float64 array taken as continuous, \(samples.count) x \(samples.dimension)",
        contentHash: ContentHash(.samples(samples)).text)
    }
    return try LoadedVariable(
      StoredArray(file, selection, reading), spec: spec, reading: reading)
  }
}

extension LoadedVariable {
  /// The variable that the rules make of an array.
  init(_ array: StoredArray, spec: String, reading: VariableReading) throws(DataError) {
    let result = try array.variable(reading, name: spec)
    self.init(
      variable: result.variable, source: spec, elementType: result.elementType,
      reading: result.reading, contentHash: ContentHash(result.variable).text)
  }
}

extension DataError {
  /// The complaint about one place with the number of rows that miss a value, and what to do at the
  /// command's line.
  package func countingMissing(in spec: String) -> DataError {
    guard code == .missingValue || code == .nonFinite || code == .wrongReading,
      let missing = try? missingRows(spec)
    else { return self }
    return counting(missing: missing)
  }

  /// The same where it is known which rows miss a value.
  func counting(missing: [Bool]) -> DataError {
    let count = missing.count { $0 }
    guard count > 0, code == .missingValue || code == .nonFinite || code == .wrongReading else {
      return self
    }
    return DataError(
      code,
      "\(description) \(count) of \(missing.count) rows miss a value; --missing drop leaves them out "
        + "(missing=\"drop\" in Python).")
  }
}

extension StoredArray {
  /// Reads the selection by the format that the file's ending names.
  init(
    _ file: FileBytes, _ selection: FileSelection, _ reading: VariableReading
  ) throws(DataError) {
    switch selection.format {
    case .npy:
      if let key = selection.key {
        throw DataError(
          .notFound, "\(file.name): a .npy file has one array, so \":\(key)\" names nothing.")
      }
      try self.init(npy: file)
    case .npz: try self.init(npz: file, key: selection.key)
    case .safetensors: try self.init(safetensors: file, key: selection.key)
    case .csv, .tsv:
      self = try TableCells(file, selection: selection).array(reading)
    case .h5, .hdf5, .h5ad, .mat:
      try self.init(hdf5: file, key: selection.key, format: selection.format ?? .h5)
    case nil:
      throw PythonLine.refusal(of: file.name, key: selection.key)
        ?? DataError(
          .unsupported, "\(file.name): the name must end in \(FileSelection.Format.list).")
    }
  }
}
