// SPDX-License-Identifier: MIT

import ArgumentParser
import Harness

/// Writes the contribution of each row: a .npy file of one number a row of the data, NaN where there is none,
/// or a .csv file of the rows that have one, counted from 0, in nats.
func writePointwise(_ values: [Double]?, to path: String, estimator: String) throws {
  guard let values else {
    throw ValidationError(
      "Estimator \(estimator) has no pointwise values with these parameters; ksg-1 has them, and discrete with correction=none."
    )
  }
  if path.hasSuffix(".npy") { return try writeNpy(values, shape: [values.count], to: path) }
  let sink = try TextSink(path)
  var text = "row,nats\n"
  for (row, value) in values.enumerated() where !value.isNaN { text += "\(row),\(value)\n" }
  try sink.write(text)
}

/// Refuses a file of pointwise values of another kind, before there is any work.
func checkPointwise(_ path: String?) throws {
  guard let path, !path.hasSuffix(".npy"), !path.hasSuffix(".csv") else { return }
  throw ValidationError("--pointwise is \(path); it needs a name that ends in .npy or .csv.")
}
