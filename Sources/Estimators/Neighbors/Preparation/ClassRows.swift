// SPDX-License-Identifier: MIT

import EstimatorAPI

/// The rows of each class, with the classes of one row set aside.
package struct ClassRows: Sendable {
  /// Classes of one row.
  let singletons: [(name: String, size: Int)]
  /// Classes of two rows or more.
  let used: [(name: String, size: Int)]
  /// The rows of the used classes, ascending.
  let usedRows: [Int32]
  /// For each used class, the positions of its rows in ``usedRows``.
  let positions: [[Int32]]
  /// The size of the class of each of ``usedRows``.
  let sizes: [Int]

  init(_ labels: Labels) {
    let classSizes = labels.classSizes
    let named = zip(labels.names, classSizes).map { (name: $0, size: $1) }
    singletons = named.filter { $0.size == 1 }
    used = named.filter { $0.size > 1 }
    var positions = [[Int32]](repeating: [], count: labels.classCount)
    var rows: [Int32] = []
    var sizes: [Int] = []
    for (row, code) in labels.codes.enumerated() where classSizes[Int(code)] > 1 {
      positions[Int(code)].append(Int32(rows.count))
      rows.append(Int32(row))
      sizes.append(classSizes[Int(code)])
    }
    usedRows = rows
    self.sizes = sizes
    self.positions = positions.filter { !$0.isEmpty }
  }

  /// Used classes in which k neighbors do not exist.
  private func small(k: Int) -> [(name: String, size: Int)] { used.filter { $0.size <= k } }

  func diagnostics(k: Int) -> [String: DiagnosticValue] {
    [
      "rowsUsed": .integer(usedRows.count),
      "singletonRows": .integer(singletons.count),
      "smallClasses": .integer(small(k: k).count),
    ]
  }

  func warnings(k: Int) -> [EstimateWarning] {
    var warnings: [EstimateWarning] = []
    if !singletons.isEmpty {
      warnings.append(
        EstimateWarning(
          code: "singletonClasses",
          message: "\(singletons.count) rows are the only one of their class and were set aside: "
            + "\(Self.list(singletons)). The estimate is of the other \(usedRows.count) rows."))
    }
    let small = small(k: k)
    if !small.isEmpty {
      warnings.append(
        EstimateWarning(
          code: "smallClasses",
          message: "\(small.count) classes have no more than k = \(k) rows and use all their "
            + "neighbors instead: \(Self.list(small))."))
    }
    return warnings
  }

  /// Up to ten classes by name and size.
  private static func list(_ classes: [(name: String, size: Int)]) -> String {
    let shown = classes.prefix(10).map { "\"\($0.name)\" (\($0.size))" }
    let rest = classes.count - shown.count
    return shown.joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
  }
}
