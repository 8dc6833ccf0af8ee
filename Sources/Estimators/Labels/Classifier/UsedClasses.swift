// SPDX-License-Identifier: MIT

import EstimatorAPI

/// The classes that have rows, numbered anew.
struct UsedClasses: Sendable {
  /// The class of each row.
  let codes: [Int]
  /// The number of rows of each class, at least 1.
  let sizes: [Int]
  /// The names.
  let names: [String]

  /// - Throws: `constantColumn` where there is one class only.
  init(_ labels: Labels) throws(EstimatorError) {
    let all = labels.classSizes
    let used = all.indices.filter { all[$0] > 0 }
    guard used.count > 1 else {
      throw EstimatorError(
        .constantColumn,
        "The label is \"\(labels.names[used[0]])\" in all \(labels.count) rows; it must vary.")
    }
    var number = [Int](repeating: 0, count: all.count)
    for (position, code) in used.enumerated() { number[code] = position }
    codes = labels.codes.map { number[Int($0)] }
    sizes = used.map { all[$0] }
    names = used.map { labels.names[$0] }
  }

  /// A class's share of the rows.
  func share(_ code: Int) -> Double { Double(sizes[code]) / Double(codes.count) }

  /// - sum p ln p over the shares.
  var entropy: Double {
    sizes.indices.reduce(0) { $0 - share($1) * naturalLogarithm(share($1)) }
  }

  /// Names the classes that cannot be in every fold.
  func warnings(folds: Int) -> [EstimateWarning] {
    let small = sizes.indices.filter { sizes[$0] < folds }
    guard !small.isEmpty else { return [] }
    let shown = small.prefix(10).map { "\"\(names[$0])\" (\(sizes[$0]))" }
    let rest = small.count - shown.count
    return [
      EstimateWarning(
        code: "smallClasses",
        message: "\(small.count) classes have fewer rows than the \(folds) folds, so models score "
          + "them that saw few or none of them: \(shown.joined(separator: ", "))"
          + (rest > 0 ? " and \(rest) more." : "."))
    ]
  }
}
