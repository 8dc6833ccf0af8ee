// SPDX-License-Identifier: MIT

/// The line at the shell that turns a file that is not read here into one that is, with the user's
/// own file name in it.
enum PythonLine {
  /// The refusal of a file by what its ending names; nil where there is no line for it.
  static func refusal(of path: String, key: String?) -> DataError? {
    switch ending(path) {
    case "parquet", "pq": refusal(of: "Parquet", path, key)
    case "feather", "arrow", "ipc": refusal(of: "Feather", path, key)
    case "pt", "pth": refusal(of: "a file of PyTorch", path, key)
    case "pkl", "pickle": refusal(of: "a pickle", path, key)
    case "xlsx", "xls": refusal(of: "Excel", path, key)
    case "rds": refusal(of: "a file of R", path, key)
    default: nil
    }
  }

  /// The refusal of `what`, for the endings above and .mat.
  static func refusal(of what: String, _ path: String, _ key: String?) -> DataError {
    let file = literal(path)
    let npy = literal(stem(path) + ".npy")
    let columns = key.map { key in
      let names = key.split(separator: ",").map { literal(String($0)) }
      return names.count == 1 ? "[\(names[0])]" : "[[\(names.joined(separator: ", "))]]"
    }
    func saved(_ modules: String, _ table: String) -> (line: String, made: String) {
      (python("import numpy, \(modules); numpy.save(\(npy), \(table))"), stem(path) + ".npy")
    }
    var hint = ""
    let made: (line: String, made: String)
    switch ending(path) {
    case "feather", "arrow", "ipc":
      made = saved("pandas", "pandas.read_feather(\(file))\(columns ?? "").to_numpy()")
    case "pt", "pth":
      made = saved(
        "torch",
        "torch.load(\(file), map_location='cpu')\(columns ?? "").detach().numpy()")
      if key == nil { hint = " Where it holds a dict, name the tensor, as in \(path):KEY." }
    case "mat":
      if columns == nil {
        made = (
          python(
            "import numpy, scipy.io; numpy.savez(\(literal(stem(path) + ".npz")), **{k: v for k, v "
              + "in scipy.io.loadmat(\(file)).items() if k[0] != '_'})"), stem(path) + ".npz"
        )
      } else {
        made = saved("scipy.io", "scipy.io.loadmat(\(file))\(columns ?? "")")
      }
    case "pkl", "pickle":
      made = saved("pandas", "numpy.asarray(pandas.read_pickle(\(file))\(columns ?? ""))")
    case "xlsx", "xls":
      let csv = stem(path) + ".csv"
      made = (
        python("import pandas; pandas.read_excel(\(file)).to_csv(\(literal(csv)), index=False)"),
        csv
      )
    case "rds":
      let csv = stem(path) + ".csv"
      let call = "write.csv(readRDS(\(file)), \(literal(csv)), row.names = FALSE)"
      made = ("Rscript -e \"\(shell(call))\"", csv)
    default:
      made = saved("pandas", "pandas.read_parquet(\(file))\(columns ?? "").to_numpy()")
      if key == nil { hint = " For some columns alone, name them, as in \(path):age,price." }
    }
    return DataError(
      .unsupported,
      "\(path): \(what) is not read here; this makes \(made.made) of it: \(made.line)\(hint)")
  }

  /// The line that takes one array out of an HDF5 file.
  static func hdf5(_ path: String, key: String?) -> String {
    python(
      "import h5py, numpy; numpy.save(\(literal(stem(path) + ".npy")), "
        + "h5py.File(\(literal(path)))[\(literal(key.map { "/" + $0 } ?? "/X"))][:])")
  }

  private static func python(_ code: String) -> String { "python3 -c \"\(shell(code))\"" }

  /// Lower case, without the dot.
  private static func ending(_ path: String) -> String {
    path.lastIndex(of: ".").map { path[path.index(after: $0)...].lowercased() } ?? ""
  }

  private static func stem(_ path: String) -> String {
    path.lastIndex(of: ".").map { String(path[..<$0]) } ?? path
  }

  /// A string of Python and of R.
  private static func literal(_ text: String) -> String {
    "'" + text.flatMap { $0 == "'" || $0 == "\\" ? "\\\($0)" : "\($0)" } + "'"
  }

  /// Text between double quotes at a shell.
  private static func shell(_ text: String) -> String {
    String(text.flatMap { "\"\\$`".contains($0) ? "\\\($0)" : "\($0)" })
  }
}
