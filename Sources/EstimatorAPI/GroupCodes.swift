// SPDX-License-Identifier: MIT

extension [Int] {
  /// Groups numbered from 0 in the order of their first rows.
  package var numbered: [Int] {
    var numbers: [Int: Int] = [:]
    return map { group in
      let number = numbers[group, default: numbers.count]
      numbers[group] = number
      return number
    }
  }
}

extension Labels {
  /// Groups of rows as labels; the name of each is its number, from 0 in the order of first rows.
  ///
  /// - Throws: `invalidLabel`, which cannot be here.
  package init(groups: [Int]) throws(EstimatorError) {
    let codes = groups.numbered
    let count = (codes.max() ?? -1) + 1
    try self.init(codes: codes.map { Int32($0) }, names: (0..<count).map { "\($0)" })
  }
}
