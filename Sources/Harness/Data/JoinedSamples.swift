// SPDX-License-Identifier: MIT

import EstimatorAPI

/// The columns of several views of the same rows, side by side.
func concatenated(_ views: [Samples]) throws(EstimatorError) -> Samples {
  var values: [Double] = []
  let width = views.map(\.dimension).reduce(0, +)
  values.reserveCapacity(views[0].count * width)
  for row in 0..<views[0].count {
    for view in views {
      values += view.values[row * view.dimension..<(row + 1) * view.dimension]
    }
  }
  return try Samples(rowMajor: values, count: views[0].count, dimension: width)
}
