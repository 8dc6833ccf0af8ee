// SPDX-License-Identifier: MIT

import EstimatorAPI

extension KnownPair {
  /// The pair with x and y exchanged.
  var swapped: KnownPair { KnownPair(x: y, y: x, truth: truth) }

  /// The rows at the given indices.
  func selecting(rows: [Int]) -> KnownPair {
    KnownPair(x: x.selecting(rows: rows), y: y.selecting(rows: rows), truth: truth)
  }

  /// The pair with each number of x and of y replaced, given its column.
  func mapping(
    x changeX: (Double, Int) -> Double, y changeY: (Double, Int) -> Double = { value, _ in value }
  ) throws(EstimatorError) -> KnownPair {
    KnownPair(x: try x.mapping(changeX), y: try y.mapping(changeY), truth: truth)
  }

  /// The pair with the classes of both sides in another order, under other names.
  ///
  /// `extra` classes without a row come to it.
  func relabeled(extra: Int = 0) throws(EstimatorError) -> KnownPair {
    KnownPair(
      x: try x.relabeled(extra: extra), y: try y.relabeled(extra: extra), truth: truth)
  }
}

extension Variable {
  /// Each number replaced, given its column; labels stay.
  func mapping(_ change: (Double, Int) -> Double) throws(EstimatorError) -> Variable {
    guard let samples else { return self }
    let dimension = samples.dimension
    let values = samples.values.enumerated().map { change($1, $0 % dimension) }
    return .samples(
      try Samples(rowMajor: values, count: samples.count, dimension: samples.dimension))
  }

  /// Other codes for the classes; samples stay.
  ///
  /// Neither order nor distances survive, so an estimator that took codes as numbers shows.
  fileprivate func relabeled(extra: Int) throws(EstimatorError) -> Variable {
    guard let labels else { return self }
    let count = labels.classCount + extra
    // Of 3 classes: 0, 1, 2 -> 1, 2, 0; the extra ones lie between.
    let codes = labels.codes.map { code in
      code + 1 == labels.classCount ? 0 : code + 1 + Int32(code == 0 ? 0 : extra)
    }
    return .labels(try Labels(codes: codes, names: (0..<count).map { "class \($0)" }))
  }
}
