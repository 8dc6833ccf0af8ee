// SPDX-License-Identifier: MIT

import EstimatorAPI
import Foundation
import Harness
import Testing

/// Files that must be refused, each with its whole sentence.
@Suite struct DataRefusalTests {
  struct Refusal: Sendable, CustomTestStringConvertible {
    let file: String
    let reading: VariableReading
    let code: DataError.Code
    let sentence: String

    init(
      _ file: String, _ code: DataError.Code, _ sentence: String,
      reading: VariableReading = .automatic
    ) {
      self.file = file
      self.reading = reading
      self.code = code
      self.sentence = sentence
    }

    var testDescription: String { file }
  }

  @Test(arguments: [
    Refusal(
      "object.npy", .unsupported,
      "object.npy: the array is of Python objects (dtype |O); save numbers or fixed-width "
        + "strings, for instance astype(str)."
    ),
    Refusal(
      "complex.npy", .unsupported,
      "complex.npy: the array is complex (dtype <c16); save real and imaginary parts as columns."),
    Refusal(
      "longdouble.npy", .unsupported,
      "longdouble.npy: the array is of extended precision (dtype <f16); save it as float64."),
    Refusal(
      "structured.npy", .unsupported,
      "structured.npy: the array has a structured dtype (named fields); save one plain array "
        + "a file."
    ),
    Refusal(
      "datetime.npy", .unsupported,
      "datetime.npy: the array is of dates or durations (dtype <M8[D]); save it as int64 or "
        + "float64."
    ),
    Refusal(
      "void.npy", .unsupported,
      "void.npy: the array is of raw or structured records (dtype |V4); save one plain array "
        + "a file."
    ),
    Refusal(
      "cube.npy", .shapeMismatch,
      "cube.npy: the array has 3 dimensions, shape (2, 3, 4); it needs rows, or rows x "
        + "columns, so flatten it to (2, -1) first."
    ),
    Refusal(
      "scalar.npy", .shapeMismatch,
      "scalar.npy: the array has shape (); it needs rows, or rows x columns, at least one of "
        + "each."),
    Refusal(
      "no-rows.npy", .shapeMismatch,
      "no-rows.npy: the array has shape (0, 3); it needs rows, or rows x columns, at least "
        + "one of each."
    ),
    Refusal(
      "nan.npy", .nonFinite,
      "nan.npy: row 1, column 1 (counted from 0) is nan; every number must be finite."),
    Refusal(
      "nan.npy", .shapeMismatch,
      "nan.npy: the float32 values have shape (2, 2); labels need one column; if these are "
        + "numbers, ask for continuous.",
      reading: .discrete),
    Refusal(
      "infinite.npy", .nonFinite,
      "infinite.npy: row 1, column 0 (counted from 0) is -inf; every number must be finite."),
    Refusal(
      "infinite.npy", .nonFinite,
      "infinite.npy: row 1, column 0 (counted from 0) is -inf; every number must be finite.",
      reading: .discrete),
    Refusal(
      "integer-matrix.npy", .shapeMismatch,
      "integer-matrix.npy: the int64 values have shape (3, 2); labels need one column; if "
        + "these are numbers, ask for continuous."
    ),
    Refusal(
      "f4-big-C.npy", .shapeMismatch,
      "f4-big-C.npy: the float32 values have shape (4, 3); labels need one column; if these "
        + "are numbers, ask for continuous.",
      reading: .discrete),
    Refusal(
      "empty-label.npy", .missingValue,
      "empty-label.npy: the label of row 1 (counted from 0) is empty; name it or remove the row."),
    Refusal(
      "bytes.npy", .wrongReading,
      "bytes.npy: the array holds strings, which cannot be taken as continuous.",
      reading: .continuous),
    Refusal(
      "i8-big.npy", .wrongReading,
      "i8-big.npy: row 0, column 0 (counted from 0) is 9223372036854775807; as a continuous "
        + "number it must be within 2^53, or it would be rounded.",
      reading: .continuous),
    Refusal(
      "u8-big.npy", .wrongReading,
      "u8-big.npy: row 0, column 0 (counted from 0) is 18446744073709551615; as a continuous "
        + "number it must be within 2^53, or it would be rounded.",
      reading: .continuous),
    Refusal("absent.npy", .missingFile, "absent.npy: there is no such file."),
    Refusal("absent.npz:x", .missingFile, "absent.npz: there is no such file."),
    Refusal(
      "make.py", .unsupported,
      "make.py: the name must end in .npy, .npz, .csv, .tsv, .safetensors, .h5, .hdf5, .h5ad or "
        + ".mat."),
    Refusal(
      "bool.npy:x", .notFound, "bool.npy: a .npy file has one array, so \":x\" names nothing."),
    Refusal(
      "stored.npz", .ambiguous,
      "stored.npz: the file has 3 arrays, so name one, as in stored.npz:x; it has x, labels, "
        + "constant."
    ),
    Refusal(
      "stored.npz:y", .notFound,
      "stored.npz: there is no array \"y\"; it has x, labels, "
        + "constant."),
    Refusal(
      "tensors.safetensors:y", .notFound,
      "tensors.safetensors: there is no array \"y\"; it has half, labels, single, small, wide."),
    Refusal(
      "table.csv", .wrongReading,
      "table.csv: column \"name\" is text; several columns together must be numbers, so name "
        + "the columns to take."
    ),
    Refusal(
      "table.csv:height,width", .notFound,
      "table.csv: there is no column \"width\"; it has \"height\", \"count\", \"weight, kg\", "
        + "\"name\"."
    ),
    Refusal(
      "table.csv:height,height", .ambiguous, "table.csv: column \"height\" is asked for twice."),
    Refusal(
      "table.csv:name", .wrongReading,
      "table.csv, line 2, column \"name\": \"plain\" is not a number.", reading: .continuous),
    Refusal(
      "index.csv", .ambiguous,
      "index.csv: column 1 has no name (a row index?), so name the columns to take, as in "
        + "index.csv:height."
    ),
    Refusal(
      "gap.csv", .missingValue,
      "gap.csv, line 3, column \"gap\": the cell is empty; every row needs a value."),
    Refusal(
      "numbers.csv", .shapeMismatch,
      "numbers.csv: the csv number values have shape (4, 2); labels need one column; if these "
        + "are numbers, ask for continuous.",
      reading: .discrete),
  ])
  func saysWhy(refusal: Refusal) {
    let error = loadingError(DataGolden.path(refusal.file), refusal.reading)
    #expect(error?.code == refusal.code)
    #expect(error?.description == refusal.sentence)
  }

  @Test func aFolderIsNoFile() throws {
    let error = loadingError(FileManager.default.temporaryDirectory.path)
    #expect(error?.code == .unreadable)
    #expect(error?.description.hasSuffix("is not a regular file.") == true)
  }
}
