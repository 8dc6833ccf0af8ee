// SPDX-License-Identifier: MIT

import EstimatorAPI
import Foundation
import Harness
import Testing

/// What is said of files that are not read, and how columns are asked for.
@Suite struct FileAdviceTests {
  @Test(arguments: [
    (
      "x.parquet", "",
      "Parquet is not read here; this makes DIR/x.npy of it: python3 -c \"import numpy, pandas; "
        + "numpy.save('DIR/x.npy', pandas.read_parquet('DIR/x.parquet').to_numpy())\" For some "
        + "columns alone, name them, as in DIR/x.parquet:age,price."
    ),
    (
      "x.feather", ":a,b",
      "Feather is not read here; this makes DIR/x.npy of it: python3 -c \"import numpy, pandas; "
        + "numpy.save('DIR/x.npy', pandas.read_feather('DIR/x.feather')[['a', 'b']].to_numpy())\""
    ),
    (
      "it\"s $x.parquet", ":a",
      "Parquet is not read here; this makes DIR/it\"s $x.npy of it: python3 -c \"import numpy, "
        + "pandas; numpy.save('DIR/it\\\"s \\$x.npy', "
        + "pandas.read_parquet('DIR/it\\\"s \\$x.parquet')['a'].to_numpy())\""
    ),
    (
      "x.pt", ":w",
      "a file of PyTorch is not read here; this makes DIR/x.npy of it: python3 -c \"import numpy, "
        + "torch; numpy.save('DIR/x.npy', torch.load('DIR/x.pt', "
        + "map_location='cpu')['w'].detach().numpy())\""
    ),
    (
      "x.xyz", "",
      "the name must end in .npy, .npz, .csv, .tsv, .safetensors, .h5, .hdf5, .h5ad or .mat."
    ),
  ])
  func oneLineOfPythonWithTheUsersName(file: String, key: String, sentence: String) throws {
    try withTemporaryFile(file, [0, 1, 2]) { path in
      let folder = (path as NSString).deletingLastPathComponent
      let error = loadingError(path + key)
      #expect(error?.code == .unsupported)
      #expect(
        error?.description == "\(path): "
          + sentence.replacingOccurrences(of: "DIR", with: folder))
    }
  }

  private let wide = "id,e0,e1,e2,e3,#2,a..b\n1.5,10,11,12,13,14,15\n2.5,20,21,22,23,24,25\n"

  @Test(arguments: [
    ("e1..e3", [11.0, 12, 13]), ("e2..", [12, 13, 14, 15]), ("..e0", [1.5, 10]),
    ("#3", [11]), ("#3..#4", [11, 12]), ("#2", [14]), ("a..b", [15]), ("e3,e0..e1", [13, 10, 11]),
    ("#7,id", [15, 1.5]),
  ])
  func columnsByRange(selection: String, firstRow: [Double]) throws {
    try withTemporaryFile("t.csv", wide.utf8) { path in
      let loaded = try loadVariable("\(path):\(selection)", reading: .continuous)
      #expect(loaded.variable.samples.map { Array($0.values.prefix($0.dimension)) } == firstRow)
    }
  }

  @Test(arguments: [
    ("e3..e1", "t.csv: e3..e1 runs backward: e3 is column 5, e1 is column 3."),
    ("#8", "t.csv: there is no column #8; columns go from #1 to #7."),
    ("e0..e2,e1", "t.csv: column \"e1\" is asked for twice."),
    (
      "e9..",
      "t.csv: there is no column \"e9\"; it has \"id\", \"e0\", \"e1\", \"e2\", \"e3\", \"#2\", "
        + "\"a..b\"."
    ),
  ])
  func rangesThatAreNone(selection: String, sentence: String) throws {
    try withTemporaryFile("t.csv", wide.utf8) { path in
      #expect(
        loadingError("\(path):\(selection)")?.description
          .hasSuffix(sentence) == true)
    }
  }
}
