// SPDX-License-Identifier: MIT

import EstimatorAPI
import Foundation
import Harness
import Testing

/// Files that h5py and anndata wrote (Golden/data/make_hdf5.py), and what is in them.
@Suite struct HDF5ReadingTests {
  static let rows = DataGolden.rows(of: "expected-hdf5.json")

  @Test(arguments: rows) func equalsWhatWasWritten(row: DataGolden.Row) throws {
    _ = try DataGolden.expectLoads(row)
  }

  @Test func aCodeBelowZeroIsAMissingCategory() throws {
    let found = try loadVariablesDroppingMissing([
      (name: "x", file: DataGolden.path("cells.h5ad:/obs/gap"), reading: .automatic)
    ])
    #expect(found.kept == [0, 2, 3, 4, 5])
    #expect(found.variables[0].variable.labels?.names == ["u", "v"])
    #expect(loadingError(DataGolden.path("cells.h5ad:/obs/gap"))?.code == .missingValue)
  }

  @Test(arguments: [
    (
      "arrays.h5", DataError.Code.ambiguous,
      "arrays.h5: the file has 17 arrays, so name one, as in arrays.h5:/bool; it has /bool, /claim, "
        + "/column, /complex, /deep/big, /deep/er/f4, /fixed, /half, /i8, /lzf, /nan, /none, /text, "
        + "/u1, /u8, /with:colon, /x."
    ),
    (
      "matlab.mat:/y2", .notFound,
      "matlab.mat: \"/y2\" is not in the file; it has /features, /flag, /sparse, /y."
    ),
    (
      "matlab.mat:/#refs#", .notFound,
      "matlab.mat: \"/#refs#\" is a group, no array; it has /features, /flag, /sparse, /y."
    ),
    (
      "arrays.h5:/cube", .shapeMismatch,
      "arrays.h5:/cube: the array has 3 dimensions, shape (2, 3, 4); it needs rows, or rows x "
        + "columns, so flatten it to (2, -1) first."
    ),
    (
      "arrays.h5:/none", .shapeMismatch,
      "arrays.h5:/none: the array has shape (0, 3); it needs rows, or rows x columns, at least one "
        + "of each."
    ),
    (
      "arrays.h5:/complex", .unsupported,
      "arrays.h5:/complex: the dataset is neither of numbers of at most 64 bits nor of texts; save "
        + "one plain array (of a table of fields, one field; of complex numbers, both parts as "
        + "columns)."
    ),
    (
      "arrays.h5:/claim", .unsupported,
      "arrays.h5:/claim: an array of shape (1099511627776, 8) does not fit this machine's memory; "
        + "of a sparse matrix name the columns to take, as in arrays.h5:/claim:#1..#50."
    ),
    (
      "arrays.h5:/nan", .nonFinite,
      "arrays.h5:/nan: row 1, column 0 (counted from 0) is nan; every number must be finite."
    ),
    (
      "arrays.h5:/x:#4", .notFound,
      "arrays.h5:/x: there is no column #4; columns go from #1 to #3."
    ),
    (
      "arrays.h5:/x:a", .notFound,
      "arrays.h5:/x: there is no column \"a\"; its columns have no names, so count them, as in "
        + "#1..#3."
    ),
    (
      "cells.h5ad:/X:CD4", .notFound,
      "cells.h5ad:/X: there is no column \"CD4\"; it has \"CD3E\", \"CD19\", \"A,B\", \"GNLY\"."
    ),
    (
      "old.mat:w", .unsupported,
      "old.mat: an old .mat file (before version 7.3) is not read here; this makes old.npy of it: "
        + "python3 -c \"import numpy, scipy.io; numpy.save('old.npy', "
        + "scipy.io.loadmat('old.mat')['w'])\""
    ),
  ])
  func refusals(file: String, code: DataError.Code, sentence: String) {
    let error = loadingError(DataGolden.path(file))
    #expect(error?.code == code)
    #expect(error?.description == sentence)
  }

  /// Each byte of the structures of a small file is changed in turn: an error or an array, and never
  /// an array of more than there is.
  @Test func damageIsAnErrorOrAnArray() throws {
    let bytes = [UInt8](try DataGolden.data("one.hdf5"))
    for offset in stride(from: 8, to: min(bytes.count, 900), by: 7) {
      var damaged = bytes
      damaged[offset] ^= 0x5A
      try withTemporaryFile("d.hdf5", damaged) { path in
        if let loaded = try? loadVariable(path) { #expect(loaded.variable.count <= 6) }
      }
    }
  }

  @Test func anotherFormatUnderTheNameIsRefused() throws {
    try withTemporaryFile("x.h5", "a,b\n1,2\n".utf8) { path in
      #expect(loadingError(path)?.code == .malformed)
    }
  }
}
