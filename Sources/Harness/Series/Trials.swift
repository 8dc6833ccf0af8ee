// SPDX-License-Identifier: MIT

package import EstimatorAPI

/// The stretches of consecutive rows that are one series each: nothing is ever paired across their borders.
package struct Trials: Sendable, Hashable {
  /// The rows of each trial, in order.
  package let ranges: [Range<Int>]

  /// A new trial begins wherever the group of a row is not that of the row before it; a group that comes
  /// back later is another trial.
  package init(count: Int, groups: [Int]?) {
    var ranges: [Range<Int>] = []
    var start = 0
    for end in 1...max(count, 1) where end == count || groups.map({ $0[end] != $0[start] }) == true
    {
      ranges.append(start..<end)
      start = end
    }
    self.ranges = ranges
  }

  /// The rows that have `before` rows before them and `after` rows after them in their trial.
  package func rows(before: Int, after: Int) -> [Int] {
    ranges.flatMap { range -> Range<Int> in
      let (first, end) = (range.lowerBound + before, range.upperBound - after)
      return first..<max(first, end)
    }
  }

  /// The trials that have no such row.
  package func tooShort(before: Int, after: Int) -> Int {
    ranges.count { $0.count <= before + after }
  }

  /// The number of the trial of each row.
  package var ofRows: [Int] {
    ranges.enumerated().flatMap { trial, range in range.map { _ in trial } }
  }

  /// Refuses where no row has its neighbors in time.
  ///
  /// - Throws: `tooFewSamples` with the longest trial.
  func check(before: Int, after: Int) throws(EstimatorError) {
    let longest = ranges.map(\.count).max() ?? 0
    guard longest > before + after + 1 else {
      throw EstimatorError(
        .tooFewSamples,
        "Lags and histories that reach over \(before + after) rows need a series of at least "
          + "\(before + after + 2) rows; the longest here has \(longest).")
    }
  }
}

extension Trials {
  /// Groups that end wherever rows were left out, so that nothing is paired across a gap.
  ///
  /// - Parameters:
  ///   - groups: the group of each row kept; nil where rows are one series.
  ///   - kept: the rows kept, counted from 0 in the data as they were; nil where all are.
  /// - Returns: a number for each row kept; `groups` where all are.
  package static func groups(_ groups: [Int]?, brokenAtGapsOf kept: [Int]?) -> [Int]? {
    guard let kept else { return groups }
    var number = 0
    return kept.indices.map { place in
      guard place > 0 else { return number }
      let isNext = kept[place] == kept[place - 1] + 1
      let isSame = groups.map { $0[place] == $0[place - 1] } ?? true
      if !(isNext && isSame) { number += 1 }
      return number
    }
  }

  /// Arrays of trials x time as one column each, one trial after the other, and the trial of each row.
  ///
  /// - Throws: `invalidOption` beside groups, `unsupportedKinds` for labels, `rowsDiffer` for different shapes.
  package static func unfolded(
    _ arrays: [(name: String, variable: Variable)], groups: [Int]?
  ) throws(EstimatorError) -> (variables: [Variable], groups: [Int]) {
    guard groups == nil else {
      throw EstimatorError(
        .invalidOption, "Arrays of trials x time say which rows belong together; leave out groups.")
    }
    var variables: [Variable] = []
    var shape: (Int, Int)?
    for (name, variable) in arrays {
      guard let samples = variable.samples else {
        throw EstimatorError(
          .unsupportedKinds,
          "\(name) holds labels; an array of trials x time needs numbers. For labels pass one row for each "
            + "moment, with groups.")
      }
      let found = (samples.count, samples.dimension)
      guard shape.map({ $0 == found }) ?? true else {
        throw EstimatorError(
          .rowsDiffer,
          "\(name) is \(found.0) trials x \(found.1) moments, and \(arrays[0].name) "
            + "\(shape?.0 ?? 0) x \(shape?.1 ?? 0); they must be equal.")
      }
      shape = found
      variables.append(
        .samples(
          try Samples(rowMajor: samples.values, count: found.0 * found.1, dimension: 1)))
    }
    let (count, length) = shape ?? (0, 0)
    return (variables, (0..<count * length).map { $0 / length })
  }
}
